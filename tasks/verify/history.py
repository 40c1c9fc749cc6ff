"""From one manifest to the next: what was received is never said otherwise, goes, or comes in later."""

from collections.abc import Iterator
from itertools import pairwise

from schemas.manifest import Manifest, SourceFile
from tasks.checkup_result import Check
from tasks.verify.said import FROM_BACKUP, altered, notice

# What was seen when a file was taken in: no program and no rebuild sees it otherwise.
_OF_ARRIVAL = {"submission_id", "district_code", "sha256", "size_bytes", "received_at", "known_at"}


def check_history(manifests: list[Manifest]) -> Iterator[Check]:
    """What of the files that one manifest names the next one does not, or says otherwise.

    A file that another program or a rebuild judged anew is no fault: a person should know of it.
    """
    for former, later in pairwise(manifests):
        then = {source.submission_id: source for source in former.sources}
        now = {source.submission_id: source for source in later.sources}
        yield from _gone(former, later, then, now)
        yield from _came_later(former, later, then, now)
        for submission_id in sorted(then.keys() & now.keys()):
            yield from _difference(former, later, then[submission_id], now[submission_id])


def _gone(
    former: Manifest, later: Manifest, then: dict[str, SourceFile], now: dict[str, SourceFile]
) -> Iterator[Check]:
    for submission_id in sorted(then.keys() - now.keys()):
        if then[submission_id].known_at <= later.as_known_at:
            saw = (
                f"có trong bản kê {former.sequence}, không còn trong {later.sequence} / "
                f"was in manifest {former.sequence}, is gone from {later.sequence}"
            )
            yield altered(_place(submission_id), saw, FROM_BACKUP)


def _came_later(
    former: Manifest, later: Manifest, then: dict[str, SourceFile], now: dict[str, SourceFile]
) -> Iterator[Check]:
    for submission_id in sorted(now.keys() - then.keys()):
        # At the very moment of a release a copy may still come that changes no table.
        if now[submission_id].known_at < former.as_known_at:
            saw = (
                f"ghi là đã nhận trước bản kê {former.sequence}, mà chỉ có từ {later.sequence} / "
                f"said to be known before manifest {former.sequence}, and only {later.sequence} names it"
            )
            yield altered(_place(submission_id), saw, FROM_BACKUP)


def _difference(former: Manifest, later: Manifest, then: SourceFile, now: SourceFile) -> Iterator[Check]:
    differing = [name for name in SourceFile.model_fields if getattr(then, name) != getattr(now, name)]
    if not differing:
        return
    saw = (
        f"bản kê {former.sequence} và {later.sequence} ghi khác nhau / "
        f"manifests {former.sequence} and {later.sequence} differ on it: {', '.join(differing)}"
    )
    judged_anew = (former.program.sha256, former.rebuild) != (later.program.sha256, later.rebuild)
    if judged_anew and _OF_ARRIVAL.isdisjoint(differing):
        yield notice(_place(now.submission_id), f"{saw}; {_why(former, later)}")
    else:
        yield altered(_place(now.submission_id), saw, FROM_BACKUP)


def _why(former: Manifest, later: Manifest) -> str:
    if former.rebuild != later.rebuild:
        return f"giữa đó kho được dựng lại / the warehouse was made anew in between: {later.rebuild}"
    return f"giữa đó chương trình đổi / the program changed in between: {later.program.version}"


def _place(submission_id: str) -> str:
    return f"báo cáo / return {submission_id}"
