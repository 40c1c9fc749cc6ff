"""Returns of the sample with wrong cells in them, for checks to find."""

from itertools import islice
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell

from schemas.form.sheets import TABLE_SHEETS

WRONG = "#N/A"  # an error that Excel left: no column of the form takes it
_FIRST_ROW = 4


def with_wrong_cells(original: Path, wrong: int | None, target: Path) -> int:
    """Write `original` to `target` with so many wrong cells, None for every one; return how many they are."""
    book = openpyxl.load_workbook(original, data_only=True)
    sheets = [book[sheet.name] for sheet in TABLE_SHEETS]
    cells = [
        cell
        for sheet in sheets
        for row in sheet.iter_rows(min_row=_FIRST_ROW)
        if row[0].value not in ("Tổng cộng", "Không phát sinh")
        for cell in row
        if isinstance(cell, Cell)
    ]
    spread = max(1, len(cells) // wrong) if wrong else 1
    chosen = cells if wrong is None else list(islice(cells[::spread], wrong))
    for cell in chosen:
        cell.value = WRONG
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return len(chosen)
