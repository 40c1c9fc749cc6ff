"""Who may look where in a home: its group into what is published, the service alone into all else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.settings import Settings

OWNERS_FOLDER, OWNERS_FILE = 0o700, 0o600
READERS_FOLDER, READERS_FILE = 0o750, 0o640
_OTHERS = 0o077


def readers_folders(settings: Settings) -> list[Path]:
    """Folders of a home that its group may look into; the home itself is one, or nothing in it is reached."""
    return [settings.home, settings.releases, settings.metrics.parent]


def owners_folders(settings: Settings) -> list[Path]:
    """Folders of a home that hold what offices and people wrote."""
    return [settings.archive, settings.answers, settings.runs, settings.reminders]


def make_home(settings: Settings) -> None:
    """Make the home and those of its folders that are missing; what is there keeps the mode it was given."""
    for folder in readers_folders(settings):
        make_folder(folder, READERS_FOLDER)
    for folder in owners_folders(settings):
        make_folder(folder, OWNERS_FOLDER)


def make_folder(folder: Path, mode: int) -> None:
    """Make `folder` with exactly this mode, whatever the umask, unless it is there."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(mode)


def show_to_readers(folder: Path) -> None:
    """Let the group read `folder` and all that is in it, and nobody write."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(READERS_FOLDER if path.is_dir() else READERS_FILE)


@contextmanager
def owners_files() -> Iterator[None]:
    """What the block creates is the service's alone, the journals that DuckDB lays beside its files too."""
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)
