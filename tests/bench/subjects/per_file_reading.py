"""One workbook by pandas and openpyxl: a frame a sheet, typed, and the figures of its total rows."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from schemas.form.sheet import DTYPE, Reader, Sheet
from schemas.form.sheets import INFO, TABLE_SHEETS

_HEADER = 2  # below title and mark
_TOTAL, _NOTHING = "Tổng cộng", "Không phát sinh"


@dataclass(frozen=True)
class Workbook:
    """One return: `info` by column; `as_written` and, with codes for words and types, `tables`; `totals`.

    Each frame has the columns of its sheet after `source_row`, the sheet's own row number from 1.
    """

    info: dict[str, Any]
    as_written: dict[str, pd.DataFrame]
    tables: dict[str, pd.DataFrame]
    totals: dict[str, pd.DataFrame]


def read_workbook(path: Path) -> Workbook:
    """Read every sheet of a return as the form lays it out."""
    with pd.ExcelFile(path, engine="openpyxl") as book:
        labels = book.parse(INFO.name, header=None).set_index(0)[1]
        frames = {sheet.table: _parsed(book, sheet) for sheet in TABLE_SHEETS}
    info = {column.name: labels[column.header] for column in INFO.columns}
    written, totals = {}, {}
    for sheet in TABLE_SHEETS:
        frame = frames[sheet.table]
        first = frame[sheet.columns[0].name]
        totals[sheet.table] = frame[first == _TOTAL]
        written[sheet.table] = frame[~first.isin([_TOTAL, _NOTHING])].reset_index(drop=True)
    tables = {sheet.table: _typed(sheet, written[sheet.table]) for sheet in TABLE_SHEETS}
    return Workbook(info, written, tables, totals)


def _parsed(book: pd.ExcelFile, sheet: Sheet) -> pd.DataFrame:
    frame = book.parse(sheet.name, header=_HEADER, dtype=object, keep_default_na=False, na_values=[""])
    frame = frame.rename(columns={column.header: column.name for column in sheet.columns})
    frame.insert(0, "source_row", range(_HEADER + 2, _HEADER + 2 + len(frame)))
    return frame


def _typed(sheet: Sheet, written: pd.DataFrame) -> pd.DataFrame:
    typed = written[["source_row"]].copy()
    for column in sheet.columns:
        cells = written[column.name]
        if column.vocabulary is not None and column.reader is Reader.TERM:
            codes = {term.vi: term.code for term in column.vocabulary.terms}
            cells = cells.map(lambda cell, codes=codes: codes.get(cell, cell))
        typed[column.name] = cells.astype(DTYPE[column.reader])
    return typed
