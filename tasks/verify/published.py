"""What readers are led to: the latest release of the chain, in its place among the releases."""

from collections.abc import Iterator

from schemas.manifest import MANIFEST, DamagedManifest
from schemas.settings import Settings
from tasks.chain import read_manifest
from tasks.checkup_result import Check
from tasks.verify.chain import Chain
from tasks.verify.release_folder import check_release
from tasks.verify.said import FROM_BACKUP, altered

_PLACE = "published"
_POINT_AGAIN = "trỏ liên kết published về bản mới nhất / point the link `published` at the latest release"


def check_published(settings: Settings, chain: Chain) -> Iterator[Check]:
    """What is wrong with the link, and all that is wrong behind it where that is no release of this home."""
    try:
        manifest, link = read_manifest(settings.published / MANIFEST)
    except DamagedManifest as damaged:
        yield altered(_PLACE, str(damaged), FROM_BACKUP)
        return
    last = max(chain)
    if link.sequence < last:
        saw = (
            f"trỏ về bản số {link.sequence} ({manifest.run_id}), bản mới nhất là số {last} / "
            f"leads to release {link.sequence}; the latest is {last}"
        )
        yield altered(_PLACE, saw, _POINT_AGAIN)
    folder = settings.published.resolve()
    if folder.parent != settings.releases.resolve():
        saw = f"không nằm trong / is not in releases/: {folder}"
        yield altered(_PLACE, saw, _POINT_AGAIN)
        yield from check_release(folder, chain.get(link.sequence))
