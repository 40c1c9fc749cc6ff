"""Control totals: every total row of a sheet is held against the sums of the rows it may cover."""

from collections.abc import Iterator

import pandas as pd

from schemas.form.sheet import Reader, Sheet
from tasks.repair import TypedSheet, repair

_SHEET = ["submission_id", "source_sheet"]


def total_breaches(sheet: Sheet, typed: TypedSheet, raw_totals: pd.DataFrame) -> pd.DataFrame:
    """One line a total cell that equals no sum it could stand for.

    Columns: submission_id, source_sheet, source_row, column_name, value, expected. A total may cover the whole
    sheet, the rows since the total before it, or the rows up to the total after it. A sum over an unreadable
    cell cannot be judged; that cell has its own finding.
    """
    columns = [c.name for c in sheet.columns if c.reader is Reader.COUNT]
    totals = repair(sheet, raw_totals).rows
    breaches = [
        breach
        for place, group in totals.groupby(_SHEET, sort=False)
        for breach in _sheet_breaches(group, _rows_of(typed.rows, place), columns)
    ]
    return pd.DataFrame(
        breaches, columns=[*_SHEET, "source_row", "column_name", "value", "expected"], dtype=object
    )


def _rows_of(rows: pd.DataFrame, place: object) -> pd.DataFrame:
    submission_id, source_sheet = place  # type: ignore[misc]
    return rows[(rows["submission_id"] == submission_id) & (rows["source_sheet"] == source_sheet)]


def _sheet_breaches(totals: pd.DataFrame, rows: pd.DataFrame, columns: list[str]) -> Iterator[tuple[object, ...]]:
    at = [0, *totals["source_row"].astype(int), 10**9]
    for n, (_, total) in enumerate(totals.iterrows(), 1):
        spans = [(0, 10**9), (at[n - 1], at[n]), (at[n], at[n + 1])]
        covered = [rows[rows["source_row"].astype(int).between(low, high)] for low, high in spans]
        for column in columns:
            sums = [part[column].sum() if part[column].notna().all() else None for part in covered]
            stated = total[column]
            if pd.isna(stated) or sums[0] is None or stated in sums:
                continue
            place = total["submission_id"], total["source_sheet"], total["source_row"]
            yield *place, column, str(stated), str(sums[0])
