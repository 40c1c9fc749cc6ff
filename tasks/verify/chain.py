"""The chain of manifests: whole, each naming the one before it, its end the release that readers see."""

from collections.abc import Iterator
from itertools import pairwise

from schemas.manifest import MANIFEST, DamagedManifest, Link, Manifest
from schemas.settings import Settings
from tasks.chain import kept_path, kept_paths, read_manifest
from tasks.checkup_result import Check, Level
from tasks.verify.history import check_history
from tasks.verify.said import FROM_BACKUP, altered, notice, sound

Chain = dict[int, tuple[Manifest, Link]]


def read_chain(settings: Settings) -> tuple[Chain, list[Check]]:
    """Every manifest of the archive by its number, with what is wrong with those that cannot be read.

    The one that readers see is part of it before the archive has it: whatever it says is verified as well.
    """
    chain: Chain = {}
    faults: list[Check] = []
    for path in kept_paths(settings):
        try:
            manifest, link = read_manifest(path)
        except DamagedManifest as damaged:
            faults.append(altered(f"archive/manifests/{path.name}", str(damaged), FROM_BACKUP))
            continue
        chain[link.sequence] = (manifest, link)
        if path != kept_path(settings, link.sequence):
            saw = f"mang số / carries the number {link.sequence}"
            faults.append(altered(f"archive/manifests/{path.name}", saw, FROM_BACKUP))
    return chain, [*faults, *_add_shown(chain, settings)]


def check_chain(chain: Chain, settings: Settings) -> list[Check]:
    """What is wrong with the manifests and from one to the next; one line when nothing is."""
    numbers = range(1, max(chain, default=0) + 1)
    missing = [_missing(settings, number) for number in numbers if number not in chain]
    broken = [fault for pair in pairwise(sorted(chain)) for fault in _breaks(chain, *pair)]
    manifests = [chain[number][0] for number in sorted(chain)]
    told = [*missing, *broken, *check_history(manifests)]
    if not chain or any(check.level == Level.CRITICAL for check in told):
        return told
    last = chain[max(chain)][1]
    saw = (
        f"{len(chain)} bản kê nối liền / manifests, each naming the last: 1 – {last.sequence}, {last.sha256}"
    )
    return [*told, sound("chuỗi / chain", saw)]


def check_known_head(chain: Chain, known: str) -> Check:
    """Whether the hash that somebody kept on paper is that of a manifest of the chain."""
    found = next((link for _, link in chain.values() if link.sha256 == known.lower()), None)
    if found is not None:
        saw = f"là bản kê số / is manifest number {found.sequence}"
        return sound(f"mã băm / hash {known}", saw)
    saw = "không có trong chuỗi: chuỗi đã bị viết lại / not in the chain: the chain was written anew"
    return altered(f"mã băm / hash {known}", saw, FROM_BACKUP)


def _add_shown(chain: Chain, settings: Settings) -> Iterator[Check]:
    try:
        manifest, link = read_manifest(settings.published / MANIFEST)
    except DamagedManifest:
        return  # tasks.verify.published names it
    if link.sequence > max(chain, default=0):
        chain[link.sequence] = (manifest, link)
        saw = "đang công bố, chưa có trong kho lưu / is shown and not in the archive yet"
        yield notice(f"archive/manifests/{kept_path(settings, link.sequence).name}", saw)


def _missing(settings: Settings, number: int) -> Check:
    place = f"archive/manifests/{kept_path(settings, number).name}"
    return altered(place, f"bản kê số {number} không còn / manifest {number} is gone", FROM_BACKUP)


def _breaks(chain: Chain, before: int, after: int) -> Iterator[Check]:
    named, link = chain[after][0].previous, chain[before][1]
    if after == before + 1 and named != link:
        saw = (
            f"bản kê số {before} không còn là bản mà số {after} ghi: một trong hai bị sửa / "
            f"manifest {before} is not what number {after} names: one of them was altered"
        )
        yield altered(f"chuỗi / chain {before} → {after}", saw, FROM_BACKUP)
