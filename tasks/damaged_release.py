"""A published release that is not as it was released: kept aside, and readers led to one that is."""

import errno
import logging
from pathlib import Path

from schemas.file_hash import sha256_of
from schemas.manifest import MANIFEST, DamagedManifest
from schemas.settings import Settings
from tasks.chain import read_manifest
from tasks.damage import keep_aside, keep_journal_aside
from tasks.former_release import former_files, is_former
from tasks.release import show

_log = logging.getLogger(__name__)
# The machine's own want, which says nothing of a file.
_WANTS = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM)


def settle_published(settings: Settings) -> list[Path]:
    """Keep the published release aside when any file of it is not as released; return where it lies then.

    Readers are led to the newest earlier release that is whole, also when the published one is gone; where
    there is none nothing is published until the next one. A journal beside the tables would be replayed into
    them by every reader: it is kept aside as well. Only for the holder of the writer lock.
    """
    if not settings.published.is_symlink():
        return []
    folder = settings.published.resolve()
    if not folder.exists():
        _log.warning("the published release is gone: %s", folder)
        _lead_elsewhere(settings, folder)
        return []
    kept = keep_journal_aside(settings, folder / settings.snapshot.name)
    if is_whole(folder):
        return kept
    _lead_elsewhere(settings, folder)
    return [*kept, keep_aside(settings, folder)]


def is_whole(folder: Path) -> bool:
    """Whether every file of which the release wrote down a hash can be read and has it.

    Raises OSError when this machine is short of something, which is no fault of the release.
    """
    try:
        files = former_files(folder) if is_former(folder) else read_manifest(folder / MANIFEST)[0].files
        return all(sha256_of(folder / name) == sha256 for name, sha256 in files.items())
    except (DamagedManifest, ValueError, KeyError):
        return False
    except OSError as error:
        if error.errno in _WANTS:
            raise
        return False


def _lead_elsewhere(settings: Settings, folder: Path) -> None:
    others = [path for path in settings.releases.glob(f"*/{MANIFEST}") if path.parent.resolve() != folder]
    for record in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True):
        if is_whole(record.parent):
            show(record.parent, settings)
            return
    settings.published.unlink()
