"""Files of the home that are not what was written: found out before a cycle rests on them, and kept aside.

What is kept aside lies in `<home>/damaged/` under its name and the moment it was found; the cycle goes on
without it. The warehouse is filled again from the archive, the ledger of alerts begins anew, readers get the
newest earlier release that is whole until the next one.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from schemas.access import OWNERS_FOLDER, make_folder
from schemas.settings import Settings
from warehouse.connection import journal_of
from warehouse.soundness import damage_of, is_damage

_FOLDER = "damaged"
_OF_A_BLOCK = "in block at location"


class WarehouseDamaged(duckdb.IOException):
    """The warehouse turned out to be damaged while a cycle worked on it; it lies aside at `kept` now."""

    def __init__(self, kept: Path, reason: str) -> None:
        super().__init__(
            f"Kho dữ liệu bị hỏng, đã cất sang {kept}; bản đã phát hành giữ nguyên. Hãy chạy lại: "
            "kho được nạp lại từ kho lưu.\n"
            f"The warehouse is damaged and was put aside as {kept}; what is published stays. Run again: "
            f"it is filled from the archive.\n{reason}"
        )


def kept_aside(settings: Settings) -> list[Path]:
    """Everything damaged that still lies aside, by name."""
    return sorted((settings.home / _FOLDER).glob("*"))


def keep_aside(settings: Settings, path: Path) -> Path:
    """Move what is damaged, with the journal beside it, out of the way; return where it lies now.

    Of a journal whose database is gone that is the journal's place.
    """
    folder = settings.home / _FOLDER
    make_folder(folder, OWNERS_FOLDER)
    kept = folder / f"{path.stem}-{datetime.now(settings.zone):%Y%m%dT%H%M%S}{path.suffix}"
    moves = ((path, kept), (journal_of(path), journal_of(kept)))
    moved = [Path(shutil.move(found, place)) for found, place in moves if found.exists()]
    return moved[0]


def keep_journal_aside(settings: Settings, database: Path) -> list[Path]:
    """Move a journal that is nobody's away from a database; return where it lies now, if there was one."""
    journal = journal_of(database)
    return [keep_aside(settings, journal)] if journal.exists() else []


def settle_database(settings: Settings, database: Path) -> list[Path]:
    """Keep the database aside when it cannot be read to the last row; return where it lies then, if so.

    A journal without its database would be replayed into the new one: it is kept aside as well. Only for who
    holds the database's lock. Raises duckdb.IOException for what is no damage.
    """
    is_damaged = damage_of(database) is not None if database.exists() else journal_of(database).exists()
    return [keep_aside(settings, database)] if is_damaged else []


@contextmanager
def warehouse_made_sound(settings: Settings) -> Iterator[list[Path]]:
    """Hand out what had to be kept aside before the warehouse may be opened in the block.

    Only for the holder of the writer lock. Raises WarehouseDamaged when the block, which has closed the
    warehouse by then, came upon damage of it all the same: parts of a file are only read when they are
    needed. Damage of another database, such as the published tables, leaves the warehouse where it is.
    """
    try:
        yield settle_database(settings, settings.warehouse)
    except duckdb.Error as error:
        if not (is_damage(error) and _is_of_the_warehouse(settings, error)):
            raise
        raise WarehouseDamaged(keep_aside(settings, settings.warehouse), str(error)) from error


def _is_of_the_warehouse(settings: Settings, error: duckdb.Error) -> bool:
    if isinstance(error, duckdb.DataError):  # it quotes what a clerk wrote
        return False
    if str(settings.warehouse) in str(error) or damage_of(settings.warehouse) is not None:
        return True
    # Damage of an index shows only to who looks something up, and then DuckDB names a block and no file.
    published = settings.snapshot
    return _OF_A_BLOCK in str(error) and not (published.exists() and damage_of(published) is not None)
