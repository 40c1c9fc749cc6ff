"""The bytes of one file of the landing place, of what was listed and no more."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import PurePath
from typing import BinaryIO, cast

import fsspec
from fsspec.implementations.local import LocalFileSystem

from tasks.landing import Landed

_CHUNK_BYTES = 1 << 20
_THERE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
# What one file's place on a disk or a share says of that file; anything else is about the machine.
_REASONS = {
    **dict.fromkeys((errno.ELOOP, errno.ENOTDIR), "link"),
    **dict.fromkeys((errno.ENXIO, errno.ENODEV), "special"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE), "unreadable"),
}


class NotReadError(Exception):
    """The landing place does not give the file; `reason` is a code of NOT_TAKEN."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def chunks(store: fsspec.AbstractFileSystem, root: str, file: Landed, most: int) -> Iterator[bytes]:
    """The first `most` bytes of a listed file, and one more where it has grown since: never an endless read.

    Raises NotReadError when it is gone, changed, no regular file any more or cannot be read.
    """
    left = min(file.size_bytes + 1, most)
    with _opened(store, root, file) as source:
        while left and (chunk := _read(source, min(left, _CHUNK_BYTES))):
            left -= len(chunk)
            yield chunk


def _opened(store: fsspec.AbstractFileSystem, root: str, file: Landed) -> BinaryIO:
    try:
        if isinstance(store, LocalFileSystem):
            return _opened_here(root, file)
        return cast(BinaryIO, store.open(file.path, "rb"))
    except OSError as error:
        raise _reason(error) from error


def _read(source: BinaryIO, size: int) -> bytes:
    try:
        return source.read(size)
    except OSError as error:
        raise _reason(error) from error


def _reason(error: OSError) -> Exception:
    if isinstance(error, FileNotFoundError):  # a remote store gives no number
        return NotReadError("gone")
    if isinstance(error, PermissionError):
        return NotReadError("unreadable")
    return NotReadError(_REASONS[error.errno]) if error.errno in _REASONS else error


def _opened_here(root: str, file: Landed) -> BinaryIO:
    """The very file that was listed.

    Between the look and now somebody may have put a link to any file of the machine there, in the place of a
    folder too, or a pipe, at which opening would wait.
    """
    *folders, name = PurePath(file.path).relative_to(root).parts
    with ExitStack() as held:
        place = _open(root, os.O_RDONLY | os.O_DIRECTORY, None, held)
        for folder in folders:
            place = _open(folder, _THERE | os.O_DIRECTORY, place, held)
        opened = os.fdopen(os.open(name, _THERE, dir_fd=place), "rb")
    try:
        _refuse_another(os.fstat(opened.fileno()), file)
    except NotReadError:
        opened.close()
        raise
    return opened


def _open(path: str, flags: int, place: int | None, held: ExitStack) -> int:
    opened = os.open(path, flags, dir_fd=place)
    held.callback(os.close, opened)
    return opened


def _refuse_another(seen: os.stat_result, file: Landed) -> None:
    if not stat.S_ISREG(seen.st_mode):
        raise NotReadError("special")
    modified_at = datetime.fromtimestamp(seen.st_mtime, UTC)
    if (seen.st_size, modified_at) != (file.size_bytes, file.received_at):
        raise NotReadError("growing")
