"""Who remembers: each receipt says what a file was, and names the release that was the latest then."""

from collections.abc import Iterator
from pathlib import Path

from schemas.manifest import Link, Manifest, SourceFile
from schemas.settings import Settings
from tasks.checkup_result import Check, Level
from tasks.verify.chain import Chain
from tasks.verify.not_released import NotAReceipt
from tasks.verify.receipt import check_against_manifest
from tasks.verify.receipt_file import KeptReceipt, read_receipt
from tasks.verify.said import FROM_BACKUP, altered, sound

_ANSWER_AGAIN = "lấy lại từ bản sao lưu / restore it from the backup; scheme21 run writes a lost text again"
_FORMS = (".json", ".txt")


def check_receipts(settings: Settings, chain: Chain) -> list[Check]:
    """Whether every receipt in the answers says what the first manifest that names its file says.

    The release it names is one of the chain, and no file of the chain is without a receipt.
    """
    released = _first_named(chain)
    links = {link.sequence: link for _, link in chain.values()}
    paths = [path for form in _FORMS for path in sorted(settings.answers.glob(f"*/[!.]*{form}"))]
    faults = [fault for path in paths for fault in _faults(path, settings, released, links)]
    faults += _lost(settings, released, set(paths))
    saw = f"{len(paths) // len(_FORMS)} giấy biên nhận khớp với chuỗi / receipts agree with the chain"
    return faults or [sound("giấy biên nhận / receipts", saw)]


def _first_named(chain: Chain) -> dict[str, tuple[SourceFile, Manifest]]:
    named: dict[str, tuple[SourceFile, Manifest]] = {}
    for _, (manifest, _) in sorted(chain.items()):
        for source in manifest.sources:
            named.setdefault(source.submission_id, (source, manifest))
    return named


def _faults(
    path: Path,
    settings: Settings,
    released: dict[str, tuple[SourceFile, Manifest]],
    links: dict[int, Link],
) -> Iterator[Check]:
    place = path.relative_to(settings.home).as_posix()
    try:
        kept = read_receipt(str(path))
    except NotAReceipt as damaged:
        yield altered(place, str(damaged), FROM_BACKUP)
        return
    if kept.submission_id != path.stem:
        yield altered(place, f"là của / is of {kept.submission_id}", FROM_BACKUP)
    latest = kept.latest_release
    if latest is not None and links.get(latest.sequence) != latest:
        saw = "ghi một bản phát hành không có trong chuỗi / names a release that is not in the chain"
        yield altered(place, saw, FROM_BACKUP)
    if path.stem in released:  # one that is not was taken in since the last release
        yield from _differences(place, kept, *released[path.stem])


def _differences(place: str, kept: KeptReceipt, source: SourceFile, manifest: Manifest) -> Iterator[Check]:
    for check in check_against_manifest(kept, source, manifest):
        if check.level == Level.CRITICAL:
            yield altered(place, f"{check.name}: {check.saw}", FROM_BACKUP)


def _lost(
    settings: Settings, released: dict[str, tuple[SourceFile, Manifest]], paths: set[Path]
) -> Iterator[Check]:
    for submission_id, (source, _) in released.items():
        for form in _FORMS:
            path = settings.answers / source.district_code / f"{submission_id}{form}"
            if path not in paths:
                saw = "giấy biên nhận không còn / the receipt is gone"
                yield altered(path.relative_to(settings.home).as_posix(), saw, _ANSWER_AGAIN)
