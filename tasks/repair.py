"""Repair: raw cells → typed values, with every repair recorded and every unreadable cell named."""

from dataclasses import dataclass
from functools import lru_cache, partial

import pandas as pd

from schemas.form.sheet import DTYPE, FormColumn, Reader, Sheet
from tasks.values import read_value


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
    values = {c.name: _typed(readings[c.name], c) for c in sheet.columns}
    return TypedSheet(
        rows=raw.assign(**values),
        repairs=pd.concat([_repairs(raw[c.name], readings[c.name], c) for c in sheet.columns]),
        refused=pd.concat([_refused(readings[c.name], c) for c in sheet.columns]),
    )


def _read_column(raw: pd.Series, column: FormColumn) -> pd.Series:
    # Office columns repeat few values: each distinct one is read once.
    read = lru_cache(maxsize=None, typed=True)(partial(read_value, column=column))
    return pd.Series([read(cell) for cell in raw], index=raw.index, dtype=object)


def _typed(readings: pd.Series, column: FormColumn) -> pd.Series:
    values = [r.value for r in readings]
    if column.reader is Reader.DATE:
        return pd.Series(pd.to_datetime(values), index=readings.index).astype("datetime64[us]")
    return pd.Series(pd.array(values, dtype=DTYPE[column.reader]), index=readings.index)


def _repairs(raw: pd.Series, readings: pd.Series, column: FormColumn) -> pd.DataFrame:
    mended = [(i, r) for i, r in readings.items() if r.method is not None]
    return pd.DataFrame(
        {
            "row": [i for i, _ in mended],
            "column": column.name,
            "method": [r.method for _, r in mended],
            "original": [str(raw.at[i]) for i, _ in mended],
            "result": [str(r.value) for _, r in mended],
        }
    )


def _refused(readings: pd.Series, column: FormColumn) -> pd.DataFrame:
    refused = [(i, r.fault) for i, r in readings.items() if r.fault is not None]
    return pd.DataFrame(
        {
            "row": [i for i, _ in refused],
            "column": column.name,
            "fault": [fault for _, fault in refused],
            "expected": column.expected,
        }
    )
