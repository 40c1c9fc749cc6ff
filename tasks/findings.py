"""Findings: what a check says of a row and column → the cell, its value, and how to mend it."""

from typing import cast

import pandas as pd

from schemas.faults import catalogue
from schemas.form.sheet import Sheet
from schemas.text import tidy
from tasks.batch import Batch
from tasks.cells import Cell, text_of
from tasks.mended import DecodedText, Serial1904, as_written

_ORDER = ["submission_id", "severity_rank", "form_sheet", "source_row", "column_name", "fault"]


def assemble(batch: Batch, found: pd.DataFrame) -> pd.DataFrame:
    """Give every finding its place, the value as written, its severity and its words; one line a finding.

    A finding about a whole sheet points at the header of the column it speaks of.
    """
    faults = catalogue()
    findings = _placed(batch, found.drop_duplicates().reset_index(drop=True))
    findings["value"] = findings["value"].fillna(_raw_values(batch, findings)).fillna("").map(str)
    findings["expected"] = findings["expected"].fillna("").map(str)
    findings["severity"] = findings["fault"].map(lambda name: faults[name].level)
    findings["severity_rank"] = findings["severity"].map(
        {"fatal": 0, "row": 1, "submission": 2, "warning": 3}
    )
    findings["source"] = findings["fault"].map(lambda name: faults[name].source)
    for language in ("vi", "en"):
        findings[f"remedy_{language}"] = [
            faults[fault].remedy(language, value, expected)
            for fault, value, expected in zip(
                findings["fault"], findings["value"], findings["expected"], strict=True
            )
        ]
    ordered = findings.sort_values(_ORDER, kind="stable", na_position="first")
    return ordered.drop(columns="severity_rank").reset_index(drop=True)


def _placed(batch: Batch, found: pd.DataFrame) -> pd.DataFrame:
    findings = found.copy()
    missing_sheet = findings["source_sheet"].isna()
    sheets = batch.source_sheets()
    where = pd.MultiIndex.from_frame(findings.loc[missing_sheet, ["submission_id", "form_sheet"]])
    findings.loc[missing_sheet, "source_sheet"] = sheets.reindex(where).to_numpy()
    cells = batch.cells_of(findings)
    findings["cell"] = findings["cell"].where(findings["cell"].notna(), cells)
    rows = batch.rows_of(findings)
    findings["source_row"] = findings["source_row"].where(findings["source_row"].notna(), rows)
    return findings


def _raw_values(batch: Batch, findings: pd.DataFrame) -> pd.Series:
    values = pd.Series(index=findings.index, dtype=object)
    for sheet in batch.form.sheets:
        of_sheet = findings[(findings["form_sheet"] == sheet.name) & findings["value"].isna()]
        if len(of_sheet):
            values = values.fillna(_raw_values_of(batch, sheet, of_sheet))
    return values


def _raw_values_of(batch: Batch, sheet: Sheet, findings: pd.DataFrame) -> pd.Series:
    key = ["submission_id"] if sheet is batch.form.info else ["submission_id", "source_sheet", "source_row"]
    raw = batch.raw[sheet.table].drop_duplicates(key).set_index(key)
    values = [
        _raw_value(raw, tuple(place), column)
        for *place, column in findings[[*key, "column_name"]].itertuples(index=False, name=None)
    ]
    return pd.Series(values, index=findings.index, dtype=object)


def _raw_value(raw: pd.DataFrame, place: tuple[object, ...], column: str) -> str | None:
    at = place if len(place) > 1 else place[0]
    if column not in raw.columns or at not in raw.index:
        return None
    return as_shown(cast(Cell, raw.at[at, column]))


def as_shown(cell: Cell) -> str:
    """A cell as a finding shows it: what the office wrote, tidied."""
    return tidy(as_written(cell)) if isinstance(cell, DecodedText | Serial1904) else text_of(cell)
