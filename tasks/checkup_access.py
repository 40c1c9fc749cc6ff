"""The check of `scheme21 doctor` on who may look into a home: what is personal is the service's alone."""

import stat
from collections.abc import Iterator
from pathlib import Path

from schemas.access import owners_folders, readers_folders
from schemas.settings import Settings
from tasks.checkup_result import Check, Level

# What lies loose in the home and holds names, addresses or whole returns.
_OWNERS = ("warehouse*.duckdb*", "alerts*.duckdb*", "contacts.csv", "damaged", "prefect", "rebuild", "inbox")
_SECRETS = Path(".env")
_OTHERS, _GROUP_AND_OTHERS = 0o007, 0o077


def check_access(settings: Settings) -> Check:
    """Whether anyone may look into the home who should not: others anywhere, its group where it is private.

    The inbox is the office's own to open to whoever delivers there, and a `.env` of the working folder to its
    engineers: only others are kept out of these.
    """
    name = "quyền xem / access"
    wide = list(_too_open(settings))
    if not wide:
        return Check(name, Level.OK, "chỉ người được phép / only who may")
    saw = ", ".join(f"{path} {stat.S_IMODE(path.stat().st_mode):04o}" for path in wide)
    mend = "; ".join(f"chmod {_taken(path, settings)} {path}" for path in wide)
    return Check(name, Level.WARNING, f"mở quá rộng / too open: {saw}", mend)


def _too_open(settings: Settings) -> Iterator[Path]:
    loose = [path for pattern in _OWNERS for path in sorted(settings.home.glob(pattern))]
    for path in (*readers_folders(settings), *owners_folders(settings), *loose, _SECRETS):
        if path.exists() and path.stat().st_mode & _forbidden(path, settings):
            yield path


def _forbidden(path: Path, settings: Settings) -> int:
    shared = (*readers_folders(settings), settings.home / "inbox", _SECRETS)
    return _OTHERS if path in shared else _GROUP_AND_OTHERS


def _taken(path: Path, settings: Settings) -> str:
    return "o=" if _forbidden(path, settings) == _OTHERS else "go="
