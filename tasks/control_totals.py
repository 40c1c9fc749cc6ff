"""Control totals: every total row of a sheet is held against the sums of the rows it may cover."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from schemas.form.sheet import Reader, Sheet
from tasks.repair import TypedSheet, repair

_SHEET = ["submission_id", "source_sheet"]
_BELOW_ALL = 2**31


def total_breaches(sheet: Sheet, typed: TypedSheet, raw_totals: pd.DataFrame) -> pd.DataFrame:
    """One line a total cell that equals no sum it could stand for.

    Columns: submission_id, source_sheet, source_row, column_name, value, expected. A total may cover the
    whole sheet, the rows since the total before it, or the rows up to the total after it. A sum over an
    unreadable cell cannot be judged; that cell has its own finding.
    """
    columns = [c.name for c in sheet.columns if c.reader is Reader.COUNT]
    totals = repair(sheet, raw_totals).rows if len(raw_totals) else raw_totals
    rows = dict(list(typed.rows.groupby(_SHEET, sort=False))) if len(totals) else {}
    breaches = [
        breach
        for place, group in totals.groupby(_SHEET, sort=False)
        for breach in _sheet_breaches(group, rows.get(place, typed.rows.iloc[:0]), columns)
    ]
    return pd.DataFrame(
        breaches, columns=[*_SHEET, "source_row", "column_name", "value", "expected"], dtype=object
    )


def _sheet_breaches(
    totals: pd.DataFrame, rows: pd.DataFrame, columns: list[str]
) -> Iterator[tuple[object, ...]]:
    sums = _Sums(rows["source_row"].to_numpy("int64"), rows[columns].to_numpy("float64", na_value=np.nan))
    borders = [0, *totals["source_row"].astype(int), _BELOW_ALL]
    stated = totals[columns].to_numpy("float64", na_value=np.nan)
    for n, place in enumerate(totals[[*_SHEET, "source_row"]].itertuples(index=False, name=None)):
        above, at, below = borders[n : n + 3]
        covered = np.stack([sums.between(*span) for span in ((0, _BELOW_ALL), (above, at), (at, below))])
        agrees = np.isnan(stated[n]) | np.isnan(covered[0]) | (covered == stated[n]).any(axis=0)
        for c in np.flatnonzero(~agrees):
            yield *place, columns[c], str(int(stated[n, c])), str(int(covered[0, c]))


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
