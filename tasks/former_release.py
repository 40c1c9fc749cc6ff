"""Releases made before there were manifests: release.json marks a whole one and has the hash of each file."""

import json
from pathlib import Path

from schemas.manifest import MANIFEST

_MARK = "release.json"


def is_former(folder: Path) -> bool:
    """Whether the release in `folder` is whole by that mark alone; no chain knows it."""
    return (folder / _MARK).is_file() and not (folder / MANIFEST).exists()


def mark_of(folder: Path) -> Path:
    """The file that was written last, as the mark of a whole release."""
    return folder / (_MARK if is_former(folder) else MANIFEST)


def former_files(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of such a release, by its path.

    Raises ValueError or KeyError when the mark is broken.
    """
    recorded: dict[str, str] = json.loads((folder / _MARK).read_bytes())["sha256"]
    return recorded
