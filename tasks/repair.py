"""Repair: raw cells → typed values, with every repair recorded and every unreadable cell named."""

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import pandas as pd

from schemas.form.sheet import DTYPE, FormColumn, Reader, Sheet
from tasks.mended import DecodedText, as_written
from tasks.values import Reading, read_value

# A raw row's index, its column, the raw cell and what was read in it.
_ReadCell = tuple[Any, FormColumn, Any, Reading]


@dataclass(frozen=True)
class TypedSheet:
    """One form sheet of a batch after reading its values; all three share the index of the raw rows.

    `rows`: typed columns plus the place columns; `repairs`: row, column, method, original, result;
    `refused`: row, column, fault, expected.
    """

    rows: pd.DataFrame
    repairs: pd.DataFrame
    refused: pd.DataFrame


def repair(sheet: Sheet, raw: pd.DataFrame) -> TypedSheet:
    """Read every cell of one form sheet as its column wants it."""
    readings = {c.name: _read_column(raw[c.name], c) for c in sheet.columns}
    values = {c.name: _typed(readings[c.name], c, raw.index) for c in sheet.columns}
    cells = [
        (row, column, cell, reading)
        for column in sheet.columns
        for row, cell, reading in zip(raw.index, raw[column.name], readings[column.name], strict=True)
        if reading.method is not None or reading.fault is not None
    ]
    return TypedSheet(rows=raw.assign(**values), repairs=_repairs(cells), refused=_refused(cells))


def _read_column(raw: pd.Series, column: FormColumn) -> list[Reading]:
    # Office columns repeat few values: each distinct one is read once.
    read = lru_cache(maxsize=None, typed=True)(partial(read_value, column=column))
    readings = list(map(read, raw))
    # Equal words may come from files in different fonts: the font is the cell's, not the word's.
    is_any_decoded = DecodedText in set(map(type, raw))
    return list(map(_of_font, readings, raw)) if is_any_decoded else readings


def _of_font(reading: Reading, cell: Any) -> Reading:
    is_decoded = isinstance(cell, DecodedText) and reading.fault is None
    return replace(reading, method=cell.encoding) if is_decoded else reading


def _typed(readings: list[Reading], column: FormColumn, index: pd.Index) -> pd.Series:
    values = [r.value for r in readings]
    if column.reader is Reader.DATE:
        return pd.Series(pd.to_datetime(values), index=index).astype("datetime64[us]")
    return pd.Series(pd.array(values, dtype=DTYPE[column.reader]), index=index)


def _repairs(cells: list[_ReadCell]) -> pd.DataFrame:
    mended = [
        (row, column.name, reading.method, as_written(cell), str(reading.value))
        for row, column, cell, reading in cells
        if reading.method is not None
    ]
    return pd.DataFrame(mended, columns=["row", "column", "method", "original", "result"], dtype=object)


def _refused(cells: list[_ReadCell]) -> pd.DataFrame:
    refused = [
        (row, column.name, reading.fault, column.expected)
        for row, column, _, reading in cells
        if reading.fault is not None
    ]
    return pd.DataFrame(refused, columns=["row", "column", "fault", "expected"], dtype=object)
