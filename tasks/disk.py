"""A disk that is full: said in one way, wherever in a cycle it was noticed."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from schemas.settings import Settings
from tasks.companion import CompanionFailed

_FULL = (errno.ENOSPC, errno.EDQUOT)
# What DuckDB says of it; of a file, of its temporary folder.
_SAID = ("No space left on device", "Disk quota exceeded", "max_temp_directory_size")


class DiskFull(OSError):  # noqa: N818 - a state of the world
    """The disk of the home is full. Nothing is lost: the next cycle takes up what this one left."""

    def __init__(self, home: Path, reason: str) -> None:
        free = shutil.disk_usage(home).free / 1e6
        super().__init__(
            f"Đĩa chứa {home} đã đầy (còn {free:.0f} MB); bản đã phát hành giữ nguyên. Dọn bớt runs/, giảm "
            "SCHEME21_RELEASES_KEPT hoặc thêm đĩa, không xóa gì trong archive/; rồi chạy lại.\n"
            f"The disk of {home} is full ({free:.0f} MB free); what is published stays. Make room, never in "
            f"archive/, and run again.\n{reason}"
        )


@contextmanager
def disk_full_named(settings: Settings) -> Iterator[None]:
    """Turn whatever a full disk made of the block into DiskFull."""
    try:
        yield
    except (OSError, duckdb.Error, CompanionFailed) as error:
        if not is_full(error):
            raise
        raise DiskFull(settings.home, str(error)) from error


def is_full(error: BaseException) -> bool:
    """Whether a full disk is what is complained of, or what went before the complaint."""
    is_named = isinstance(error, OSError) and error.errno in _FULL
    if is_named or any(words in str(error) for words in _SAID):
        return True
    return error.__context__ is not None and is_full(error.__context__)
