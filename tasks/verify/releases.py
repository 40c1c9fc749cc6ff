"""The releases of a home: each that is kept is sound, and none between them is gone."""

from collections.abc import Iterator
from pathlib import Path

from schemas.manifest import MANIFEST, DamagedManifest
from schemas.settings import Settings
from tasks.chain import read_manifest
from tasks.checkup_result import Check
from tasks.former_release import is_former
from tasks.verify.chain import Chain
from tasks.verify.release_folder import check_former_release, check_release
from tasks.verify.said import FROM_BACKUP, RELEASE_ANEW, altered, notice, sound


def check_releases(settings: Settings, chain: Chain) -> Iterator[Check]:
    """Every release that is there, the first one first; then those that should be.

    The oldest go by themselves (SCHEME21_RELEASES_KEPT); one that is gone while an older one is there was
    removed by somebody.
    """
    folders = {folder: _number(folder) for folder in settings.releases.glob("*") if folder.is_dir()}
    for folder in sorted(folders, key=lambda folder: (folders[folder] or 0, folder.name)):
        yield from _check(folder, folders[folder], chain)
    numbers = set(folders.values())
    last = max(chain, default=0)
    oldest = min((number for number in numbers if number in chain), default=last)
    for number in range(oldest, last + 1):
        if number in chain and number not in numbers:
            run_id = chain[number][0].run_id
            saw = f"bản số {number} ({run_id}) đã bị xóa / release {number} was removed"
            yield altered("releases", saw, RELEASE_ANEW)
    if oldest > 1:
        yield _no_longer_here(settings, oldest, len(numbers & chain.keys()))


def _check(folder: Path, number: int | None, chain: Chain) -> list[Check]:
    if number is None and not _is_of_chain(folder, chain):
        if is_former(folder):
            return check_former_release(folder)
        saw = "dựng dở, lần chạy sau sẽ xóa / half-built and never shown; the next run sweeps it"
        return [notice(folder.name, saw)]
    if number is None or number in chain:
        return check_release(folder, chain.get(number) if number else None)
    if number > max(chain, default=0) + 1:
        saw = f"bản kê {number} không có trong chuỗi / manifest {number} is not in the chain"
        return [altered(folder.name, saw, FROM_BACKUP)]
    saw = f"bản số {number} chưa từng công bố, lần chạy sau sẽ xóa / was never shown; the next run sweeps it"
    return [notice(folder.name, saw)]


def _is_of_chain(folder: Path, chain: Chain) -> bool:
    # A bulletin written anew lies beside: run-1 is followed by run-1.2.
    runs = {manifest.run_id for manifest, _ in chain.values()}
    return folder.name in runs or folder.stem in runs


def _no_longer_here(settings: Settings, oldest: int, kept: int) -> Check:
    saw = f"1 – {oldest - 1} không còn ở đây / are no longer here"
    if kept > settings.releases_kept:
        return sound("bản phát hành / releases", saw)
    kept_then = f"SCHEME21_RELEASES_KEPT={settings.releases_kept}, còn / here are {kept}"
    return notice("bản phát hành / releases", f"{saw} ({kept_then})")


def _number(folder: Path) -> int | None:
    try:
        return read_manifest(folder / MANIFEST)[0].sequence
    except DamagedManifest:
        return None
