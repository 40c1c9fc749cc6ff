"""Control totals: every total row of a sheet is held against the sums of the rows it may cover."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from schemas.form.sheet import Reader, Sheet
from tasks.repair import TypedSheet, repair

_SHEET = ["submission_id", "source_sheet"]
_BREACH = [*_SHEET, "source_row", "column_name", "value", "expected"]
_BELOW_ALL = 2**31


def total_breaches(sheet: Sheet, typed: TypedSheet, raw_totals: pd.DataFrame) -> pd.DataFrame:
    """One line a total cell that equals no sum it could stand for.

    Columns: submission_id, source_sheet, source_row, column_name, value, expected. A total may cover the
    whole sheet, the rows since the total before it, or the rows up to the total after it. A sum over an
    unreadable cell cannot be judged; that cell has its own finding.
    """
    if raw_totals.empty:
        return pd.DataFrame(columns=_BREACH, dtype=object)
    totals = repair(sheet, raw_totals).rows
    stated, counted = _Counts.of(sheet, totals), _Counts.of(sheet, typed.rows)
    rows_of = dict(_places(typed.rows))
    breaches = [
        (*place, *breach)
        for place, rows in _places(totals)
        for breach in _sheet_breaches(stated.at(rows), counted.at(rows_of.get(place, ())))
    ]
    return pd.DataFrame(breaches, columns=_BREACH, dtype=object)


@dataclass(frozen=True)
class _Counts:
    """The counts of some rows of a sheet: `values` by row and column, an empty or unreadable one nan."""

    columns: list[str]
    source_rows: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]

    @classmethod
    def of(cls, sheet: Sheet, rows: pd.DataFrame) -> "_Counts":
        columns = [c.name for c in sheet.columns if c.reader is Reader.COUNT]
        values = rows[columns].to_numpy("float64", na_value=np.nan)
        return cls(columns, rows["source_row"].to_numpy("int64"), values)

    def at(self, rows: npt.ArrayLike) -> "_Counts":
        """Of these rows only, by position."""
        chosen = np.asarray(rows, np.intp)
        return _Counts(self.columns, self.source_rows[chosen], self.values[chosen])


def _places(rows: pd.DataFrame) -> Iterator[tuple[tuple[str, str], npt.ArrayLike]]:
    # A frame a sheet would take longer than all sums over it.
    for place, positions in rows.groupby(_SHEET, sort=False).indices.items():
        yield cast(tuple[str, str], place), cast(npt.ArrayLike, positions)


def _sheet_breaches(totals: _Counts, rows: _Counts) -> Iterator[tuple[object, ...]]:
    sums = _Sums(rows.source_rows, rows.values)
    borders = [0, *map(int, totals.source_rows), _BELOW_ALL]
    for n, stated in enumerate(totals.values):
        above, at, below = borders[n : n + 3]
        covered = np.stack([sums.between(*span) for span in ((0, _BELOW_ALL), (above, at), (at, below))])
        agrees = np.isnan(stated) | np.isnan(covered[0]) | (covered == stated).any(axis=0)
        for c in np.flatnonzero(~agrees):
            yield at, totals.columns[c], str(int(stated[c])), str(int(covered[0, c]))


class _Sums:
    """Sums of columns over spans of sheet rows; a span with an unreadable cell sums to nan."""

    def __init__(self, rows: npt.NDArray[np.int64], values: npt.NDArray[np.float64]) -> None:
        self.rows = rows
        self.running = np.vstack([np.zeros(values.shape[1]), np.nancumsum(values, axis=0)])
        self.unreadable = np.vstack([np.zeros(values.shape[1]), np.isnan(values).cumsum(axis=0)])

    def between(self, above: int, below: int) -> npt.NDArray[np.float64]:
        """Sum over rows with above < row < below."""
        low, high = np.searchsorted(self.rows, above, "right"), np.searchsorted(self.rows, below, "left")
        is_whole = self.unreadable[high] == self.unreadable[low]
        return np.where(is_whole, self.running[high] - self.running[low], np.nan)
