"""The landing place: what lies there, what of it is a file to take, and why the rest is not.

Only regular files are opened: a link would let whoever may write there have any file of the machine read, and
a pipe would keep the cycle waiting for ever.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

import fsspec

from schemas.settings import Settings
from schemas.vocabularies import NOT_TAKEN
from tasks.stores import named, open_store

# Office programs and transfers leave these beside a workbook while it is open or under way.
_TEMPORARY_PREFIXES = ("~$", ".")
# A folder's name goes into paths and ids of ours; of a store without folders it may be anything, `..` too.
_DISTRICT_FOLDER = re.compile(r"[0-9A-Za-z_-]{1,20}")
# What the clocks of landing place and machine may be apart.
_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class Landed:
    """One file of the landing place, unread; `path` is the store's, `received_at` its modification time."""

    path: str
    district_code: str
    file_name: str
    received_at: datetime
    size_bytes: int


@dataclass(frozen=True)
class NotTaken:
    """What lies at `name` below the landing place and was not taken; `reason` is a code of NOT_TAKEN."""

    name: str
    reason: str

    @property
    def is_lasting(self) -> bool:
        """Whether it stays so until someone mends it; the rest a later cycle takes, or it is no return."""
        return self.reason in ("link", "special", "unreadable", "future")

    @property
    def vi(self) -> str:
        """Why, for the office."""
        return NOT_TAKEN.label(self.reason)

    @property
    def en(self) -> str:
        """Why, for engineers."""
        return NOT_TAKEN.english(self.reason)


@dataclass
class Landing:
    """One look at the landing place: `files` with `received_at <= now`, by path, and what is none."""

    files: list[Landed] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)


def look(settings: Settings, now: datetime) -> Landing:
    """List the landing place; nothing is opened.

    Raises FileNotFoundError when the landing place does not exist, OSError when it cannot be listed,
    NotInstalled without its store's driver.
    """
    store, root = open_store(settings.inbox_url)
    store.invalidate_cache()
    seen = Landing()
    with named(settings.inbox_url):
        if not store.exists(root):
            raise FileNotFoundError(
                f"The landing place {root} does not exist; create it or set SCHEME21_INBOX"
            )
        for info in sorted(_entries(store, root, seen), key=lambda info: str(info["name"])):
            _sort_in(store, root, info, settings, now, seen)
    return seen


def below(root: str, path: str) -> str:
    """The name of `path` below the landing place; a byte of it that is no UTF-8 is written `\\xe1`."""
    name = path.removeprefix(root).strip("/")
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _entries(store: fsspec.AbstractFileSystem, root: str, seen: Landing) -> Iterator[dict[str, Any]]:
    """Everything below `root` that is no folder; links are not followed."""
    folders = [root]
    while folders:
        folder = folders.pop()
        for info in _listed(store, root, folder, seen):
            if info["type"] == "directory" and info["name"].rstrip("/") != folder.rstrip("/"):
                folders.append(info["name"])
            elif info["type"] != "directory":
                yield info


def _listed(store: fsspec.AbstractFileSystem, root: str, folder: str, seen: Landing) -> list[dict[str, Any]]:
    try:
        return list(store.ls(folder, detail=True))
    except (FileNotFoundError, PermissionError) as shut:
        if folder == root:
            raise
        reason = "gone" if isinstance(shut, FileNotFoundError) else "unreadable"
        seen.not_taken.append(NotTaken(below(root, folder), reason))
        return []


def _sort_in(
    store: fsspec.AbstractFileSystem,
    root: str,
    info: dict[str, Any],
    settings: Settings,
    now: datetime,
    seen: Landing,
) -> None:
    name = below(root, info["name"])
    if reason := _no_file(info, PurePosixPath(name).name):
        seen.not_taken.append(NotTaken(name, reason))
        return
    try:
        received_at = store.modified(info["name"]).astimezone(settings.zone)
    except FileNotFoundError:
        seen.not_taken.append(NotTaken(name, "gone"))
        return
    if received_at <= now:
        district, file_name = _district_and_name(name)
        seen.files.append(Landed(info["name"], district, file_name, received_at, int(info["size"])))
    elif received_at > datetime.now(settings.zone) + _TOLERANCE:
        seen.not_taken.append(NotTaken(name, "future"))


def _no_file(info: dict[str, Any], file_name: str) -> str | None:
    if info.get("islink") or info["type"] == "link":
        return "link"
    if info["type"] != "file":
        return "special"
    return "temporary" if file_name.startswith(_TEMPORARY_PREFIXES) else None


def _district_and_name(name: str) -> tuple[str, str]:
    # A file in no district's folder is nobody's; a folder within a district's is part of the file's name.
    district, slash, file_name = name.partition("/")
    return (district, file_name) if slash and _DISTRICT_FOLDER.fullmatch(district) else ("", name)
