"""The workbook of a release: every cell of every table says what the database says."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from math import isclose
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook

from bulletin.workbook_cells import shown
from bulletin.workbook_totals import HEADER_ROW
from schemas.published.snapshot import reading
from schemas.published.table import PublishedTable
from schemas.published.tables import TABLES
from schemas.rows import Row, rows_of
from tasks.checkup_result import Check
from tasks.verify.said import RELEASE_ANEW, altered

# A spreadsheet keeps a moment as a fraction of days.
_ROUNDING = timedelta(seconds=1)


def check_workbook(folder: Path, sound: set[str]) -> Iterator[Check]:
    """Every cell that differs, by tab and place; a tab that is gone or holds more rows differs too.

    Compared are the `sound` tables: those that the database still holds as they were released.
    """
    path = folder / "scheme21.xlsx"
    try:
        workbook = CalamineWorkbook.from_path(path)
    except CalamineError as unreadable:
        saw = f"không đọc được / unreadable: {unreadable}"
        yield altered(f"{folder.name}/{path.name}", saw, RELEASE_ANEW)
        return
    with reading(folder / "scheme21.duckdb") as reader:
        for table in (table for table in TABLES if table.name in sound):
            place = f"{folder.name}/{path.name}: {table.tab}"
            if table.tab not in workbook.sheet_names:
                yield altered(place, "trang đã bị xóa / sheet was removed", RELEASE_ANEW)
                continue
            sheet = workbook.get_sheet_by_name(table.tab).to_python(skip_empty_area=False)
            yield from _check_sheet(place, table, rows_of(reader, f"FROM {table.name}"), sheet)


def _check_sheet(
    place: str, table: PublishedTable, rows: list[Row], sheet: list[list[Any]]
) -> Iterator[Check]:
    # Below the rows stands an empty line before the totals: a row more would stand there.
    width = len(table.columns)
    expected = [*_cells(table, rows), [None] * width]
    found = sheet[HEADER_ROW + 1 : HEADER_ROW + 1 + len(expected)]
    for below, (ours, theirs) in enumerate(zip_longest(expected, found, fillvalue=()), start=HEADER_ROW + 2):
        for at, (released, seen) in enumerate(zip_longest(ours, theirs[:width]), start=1):
            if not _is_same(released, seen):
                saw = f"«{seen}», trong bảng / in the table: «{released}»"
                yield altered(f"{place}!{get_column_letter(at)}{below}", saw, RELEASE_ANEW)


def _cells(table: PublishedTable, rows: list[Row]) -> list[tuple[Any, ...]]:
    columns = (shown(column, (row[column.name] for row in rows)) for column in table.columns)
    return list(zip(*([cell.content for cell in column] for column in columns), strict=True))


def _is_same(released: Any, seen: Any) -> bool:
    match released:
        case None:
            return seen in (None, "")
        case int() | float():
            return isinstance(seen, float | int) and isclose(released, seen, rel_tol=1e-12)
        case date():
            return isinstance(seen, date) and abs(_moment(released) - _moment(seen)) <= _ROUNDING
        case _:
            return bool(seen == released)


def _moment(day: date) -> datetime:
    # A moment at midnight is read back as the day.
    return day if isinstance(day, datetime) else datetime.combine(day, time())
