"""The returns on which all must find the same: a few districts of the sample, faults planted cell by cell.

Only faults that every stack checks, each where nothing else follows from it but what is meant to.
"""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from schemas.form.sheets import COMMUNE, OUTSTANDING, POST, TABLE_SHEETS, VILLAGE
from tests.bench.inboxes import files_of

_FIRST_ROW = 4
_TOTAL = "Tổng cộng"
_COLUMNS = {sheet.name: [column.name for column in sheet.columns] for sheet in TABLE_SHEETS}


def plant(landed: Path, target: Path) -> Path:
    """Copy the first file of as many districts as there are faults, smallest first, and spoil each."""
    shutil.rmtree(target, ignore_errors=True)
    firsts = sorted((f for f in files_of(landed) if f.stem.endswith("lan1")), key=lambda f: f.stat().st_size)
    for original, spoil in zip(firsts, _FAULTS, strict=False):
        book = openpyxl.load_workbook(original, data_only=True)
        spoil(book)
        copy = target / original.parent.name / original.name
        copy.parent.mkdir(parents=True)
        book.save(copy)
        arrived = original.stat().st_mtime
        os.utime(copy, (arrived, arrived))
    return target


def _at(page: Worksheet, row: int, column: str) -> Any:
    return page.cell(row, _COLUMNS[page.title].index(column) + 1)


def _last_row(page: Worksheet) -> int:
    # The last village is spoilt: those above it keep their numbers in the register.
    totals = [row for row in range(_FIRST_ROW, page.max_row + 1) if page.cell(row, 1).value == _TOTAL]
    return (totals[0] if totals else page.max_row + 1) - 1


def _last(sheet: str, column: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def spoil(book: openpyxl.Workbook) -> None:
        page = book[sheet]
        _at(page, _last_row(page), column).value = value

    return spoil


def _counted(
    sheet: str, column: str, value: int, *, is_totalled: bool = True
) -> Callable[[openpyxl.Workbook], None]:
    def spoil(book: openpyxl.Workbook) -> None:
        page, row = book[sheet], _last_row(book[sheet])
        before = int(_at(page, row, column).value)
        _at(page, row, column).value = value
        if is_totalled:
            total = _at(page, row + 1, column)
            total.value = int(total.value) + value - before

    return spoil


def _without_last_outstanding(book: openpyxl.Workbook) -> None:
    page = book[OUTSTANDING.name]
    page.delete_rows(_last_row(page))


_FAULTS: tuple[Callable[[openpyxl.Workbook], None], ...] = (
    _last(VILLAGE.name, "status", "Xong rồi đấy"),
    _last(VILLAGE.name, "decision_no", None),
    _last(VILLAGE.name, "completed_on", date(2021, 12, 1)),
    _last(VILLAGE.name, "village_name", None),
    _counted(VILLAGE.name, "people_now", 9),
    _counted(VILLAGE.name, "households", -5),
    _counted(POST.name, "posts_required", 0),
    _counted(POST.name, "posts_filled", 0, is_totalled=False),
    _counted(COMMUNE.name, "villages_now", 1),
    _without_last_outstanding,
)
