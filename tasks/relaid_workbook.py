"""A file that is no .xlsx, laid out anew as one: the same sheets, the same values in the same cells."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain, count
from math import isfinite

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tasks.cell_marks import clean, write_text
from tasks.cells import Cell, text_of
from tasks.read import Grid

_NOT_IN_A_NAME = re.compile(r"[\\/*?:\[\]']")
_LONGEST_NAME = 31  # characters; Excel refuses longer ones
_NARROWEST, _WIDEST = 9, 44
_TEXT, _DAY, _MOMENT = "@", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


def lay_out(grids: Iterable[Grid]) -> tuple[Workbook, dict[str, Worksheet]]:
    """A new workbook with the grids as its sheets, and each sheet by the name that the file gave it."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    sheets: dict[str, Worksheet] = {}
    for grid in grids:
        sheet = workbook.create_sheet(_free_name(grid.name, workbook))
        for r, row in enumerate(grid.rows, 1):
            for c, value in enumerate(row, 1):
                if value != "":
                    _write(sheet, r, c, value)
        _fit(sheet, grid)
        sheets.setdefault(grid.name, sheet)
    return workbook, sheets


def _free_name(wanted: str, workbook: Workbook) -> str:
    plain = clean(_NOT_IN_A_NAME.sub("_", wanted)).strip()[:_LONGEST_NAME] or "Trang"
    taken = {name.casefold() for name in workbook.sheetnames}
    numbered = (f"{plain[: _LONGEST_NAME - 5]} {n}" for n in count(2))
    return next(name for name in chain([plain], numbered) if name.casefold() not in taken)


def _write(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, str) or (isinstance(value, float) and not isfinite(value)):
        write_text(cell, str(value))
        cell.number_format = _TEXT
        return
    cell.value = value
    if isinstance(value, date):
        has_time = isinstance(value, datetime) and value.time() != datetime.min.time()
        cell.number_format = _MOMENT if has_time else _DAY


def _fit(sheet: Worksheet, grid: Grid) -> None:
    for c in range(max(map(len, grid.rows), default=0)):
        longest = max((len(text_of(row[c])) for row in grid.rows if c < len(row)), default=0)
        width = min(max(longest + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(c + 1)].width = width
