"""Examining files: what each says by itself, held against their form alone; no register, no warehouse."""

from dataclasses import dataclass

import pandas as pd

from schemas.form.sheet import Sheet
from tasks.batch import FINDING_COLUMNS, PLACE, Batch
from tasks.control_totals import total_breaches
from tasks.repair import TypedSheet, repair

# Nothing can be told without these: their own checks name the fault of an empty or unreadable cell.
_DECIDING = ("district_code", "period", "as_of_date", "seq")


@dataclass(frozen=True)
class Examined:
    """A batch after all that one file can tell.

    `typed`: by table, the place and the typed values of each data row. `findings`: FINDING_COLUMNS, of
    structure, of the contract and of control totals. `repairs`: submission_id, source_sheet, cell, method,
    original, result.
    """

    batch: Batch
    typed: dict[str, pd.DataFrame]
    findings: pd.DataFrame
    repairs: pd.DataFrame


def examine(batch: Batch) -> Examined:
    """Read and repair every cell of a batch and hold it against its form."""
    form = batch.form
    typed = {sheet.table: repair(sheet, batch.raw[sheet.table]) for sheet in form.sheets}
    found = [
        batch.findings,
        *(_breaches(batch, s, typed[s.table]) for s in form.sheets),
        *(_total_findings(s, typed[s.table], batch.totals[s.table]) for s in form.tables),
    ]
    lines = [f.reindex(columns=FINDING_COLUMNS).astype(object) for f in found if not f.empty]
    findings = pd.concat(lines, ignore_index=True) if lines else batch.findings
    rows = {table: of_sheet.rows for table, of_sheet in typed.items()}
    return Examined(batch, rows, findings, _repairs(batch, typed))


def _breaches(batch: Batch, sheet: Sheet, typed: TypedSheet) -> pd.DataFrame:
    broken = sheet.breaches(typed.rows)
    if broken.empty and typed.refused.empty:
        return pd.DataFrame(columns=FINDING_COLUMNS)
    # An unreadable cell is empty after reading: it is one fault, not two.
    is_refused = pd.MultiIndex.from_frame(broken[["row", "column"]]).isin(
        pd.MultiIndex.from_frame(typed.refused[["row", "column"]])
    )
    lines = pd.concat([broken[~is_refused], typed.refused]).rename(columns={"column": "column_name"})
    if sheet is batch.form.info:
        lines = lines[~lines["column_name"].isin(_DECIDING)]
    place = typed.rows.loc[lines["row"].astype("int64"), PLACE]
    placed = lines.reset_index(drop=True).join(place.reset_index(drop=True)).assign(form_sheet=sheet.name)
    # A column that the file lacks is one missing_column, not an empty cell a row.
    return placed[batch.cells_of(placed).notna()]


def _total_findings(sheet: Sheet, typed: TypedSheet, totals: pd.DataFrame) -> pd.DataFrame:
    breaches = total_breaches(sheet, typed, totals)
    return breaches.assign(form_sheet=sheet.name, fault="control_total_mismatch")


def _repairs(batch: Batch, typed: dict[str, TypedSheet]) -> pd.DataFrame:
    mended = []
    for sheet in batch.form.sheets:
        repairs = typed[sheet.table].repairs
        place = batch.raw[sheet.table].loc[repairs["row"].astype("int64"), PLACE]
        mended.append(repairs.reset_index(drop=True).join(place.reset_index(drop=True)))
    lines = pd.concat(mended).rename(columns={"column": "column_name"})
    lines["cell"] = batch.cells_of(lines)
    return lines[["submission_id", "source_sheet", "cell", "method", "original", "result"]]
