"""The chain of manifests: whole, each naming the one before it, its end the release that readers see."""

from collections.abc import Iterator
from itertools import pairwise

from schemas.manifest import MANIFEST, DamagedManifest, Link, Manifest
from schemas.settings import Settings
from tasks.chain import kept_path, kept_paths, read_manifest
from tasks.checkup_result import Check
from tasks.verify.said import FROM_BACKUP, altered, sound

Chain = dict[int, tuple[Manifest, Link]]
_POINT_AGAIN = "trỏ liên kết published về bản mới nhất / point the link `published` at the latest release"


def read_chain(settings: Settings) -> tuple[Chain, list[Check]]:
    """Every manifest of the archive by its number, with what is wrong with those that cannot be read."""
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
    return chain, faults


def check_chain(chain: Chain, settings: Settings) -> list[Check]:
    """What is wrong with the chain and with the published release's place in it; one line when nothing is."""
    numbers = range(1, max(chain, default=0) + 1)
    missing = [_missing(settings, number) for number in numbers if number not in chain]
    broken = [fault for pair in pairwise(sorted(chain)) for fault in _breaks(chain, *pair)]
    faults = [*missing, *broken, *_changed_sources(chain), *_shown(chain, settings)]
    if faults or not chain:
        return faults
    last = chain[max(chain)][1]
    saw = (
        f"{len(chain)} bản kê nối liền / manifests, each naming the last: 1 – {last.sequence}, {last.sha256}"
    )
    return [sound("chuỗi / chain", saw)]


def check_known_head(chain: Chain, known: str) -> Check:
    """Whether the hash that somebody kept on paper is that of a manifest of the chain."""
    found = next((link for _, link in chain.values() if link.sha256 == known.lower()), None)
    if found is not None:
        saw = f"là bản kê số / is manifest number {found.sequence}"
        return sound(f"mã băm / hash {known}", saw)
    saw = "không có trong chuỗi: chuỗi đã bị viết lại / not in the chain: the chain was written anew"
    return altered(f"mã băm / hash {known}", saw, FROM_BACKUP)


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


def _changed_sources(chain: Chain) -> Iterator[Check]:
    """Files that one manifest says otherwise than the one before, though nothing judged them anew."""
    for before, after in pairwise(sorted(chain)):
        former, later = chain[before][0], chain[after][0]
        if (former.program, former.rebuild) != (later.program, later.rebuild):
            continue
        known = {source.submission_id: source for source in former.sources}
        for source in later.sources:
            if known.get(source.submission_id, source) != source:
                saw = (
                    f"bản kê {before} và {after} ghi khác nhau / manifests {before} and {after} differ on it"
                )
                yield altered(f"báo cáo / return {source.submission_id}", saw, FROM_BACKUP)


def _shown(chain: Chain, settings: Settings) -> Iterator[Check]:
    place = "published"
    try:
        manifest, link = read_manifest(settings.published / MANIFEST)
    except DamagedManifest as damaged:
        yield altered(place, str(damaged), FROM_BACKUP)
        return
    last = max(chain, default=0)
    if link.sequence < last:
        saw = (
            f"trỏ về bản số {link.sequence} ({manifest.run_id}), bản mới nhất là số {last} / "
            f"leads to release {link.sequence}; the latest is {last}"
        )
        yield altered(place, saw, _POINT_AGAIN)
