"""The checks of one workbook: the form's pandera contracts; its sheets against each other, with pandas."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from schemas.form.sheet import Reader, Sheet
from schemas.form.sheets import COMMUNE, POST, TABLE_SHEETS, VILLAGE
from tests.bench.subjects.per_file_reading import Workbook

_EARLIEST = pd.Timestamp("2019-05-01")
_SHEET_OF = {sheet.table: sheet for sheet in TABLE_SHEETS}
_OPEN = ["in_progress", "not_started"]
Limits = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Finding:
    """A fault and its cell; `row` is the sheet's own number."""

    sheet: str
    row: int
    column: str
    fault: str

    @property
    def cell(self) -> str:
        """In A1 notation; no sheet of the form has more than 26 columns."""
        form = next(sheet for sheet in TABLE_SHEETS if sheet.name == self.sheet)
        letter = chr(ord("A") + [c.name for c in form.columns].index(self.column))
        return f"{letter}{self.row}"


def findings_of(workbook: Workbook, district: str, limits: Limits, communes: pd.DataFrame) -> list[Finding]:
    """Every finding of a return."""
    tables = workbook.tables
    register = set(communes.loc[communes["district_code"] == district, "commune_code"])
    return [
        *(finding for sheet in TABLE_SHEETS for finding in _contract(sheet, tables[sheet.table])),
        *(finding for sheet in TABLE_SHEETS for finding in _totals(sheet, workbook)),
        *_completion_dates(tables, workbook.info["as_of_date"]),
        *_over_cap(tables, limits),
        *_unknown_communes(tables, register),
        *_duplicates(tables),
        *_village_counts(tables),
        *_people(tables),
        *_backlog(tables),
    ]


def _marked(sheet: Sheet, rows: pd.DataFrame, column: str, fault: str) -> Iterator[Finding]:
    for number in rows["source_row"]:
        yield Finding(sheet.name, int(number), column, fault)


def _contract(sheet: Sheet, rows: pd.DataFrame) -> Iterator[Finding]:
    numbers = dict(rows["source_row"])
    lines = sheet.breaches(rows)[["row", "column", "fault"]]
    for index, column, fault in lines.itertuples(index=False, name=None):
        yield Finding(sheet.name, int(numbers[index]), str(column), str(fault))


def _totals(sheet: Sheet, workbook: Workbook) -> Iterator[Finding]:
    totals, rows = workbook.totals[sheet.table], workbook.tables[sheet.table]
    for column in (c.name for c in sheet.columns if c.reader is Reader.COUNT):
        stated = totals[column].astype("Int64")
        if rows[column].notna().all():
            yield from _marked(sheet, totals[stated != rows[column].sum()], column, "control_total_mismatch")


def _completion_dates(tables: dict[str, pd.DataFrame], as_of: Any) -> Iterator[Finding]:
    for sheet in (COMMUNE, VILLAGE):
        rows = tables[sheet.table]
        is_out = rows["completed_on"].notna() & ~rows["completed_on"].between(_EARLIEST, pd.Timestamp(as_of))
        yield from _marked(sheet, rows[is_out], "completed_on", "completion_date_out_of_range")


def _over_cap(tables: dict[str, pd.DataFrame], limits: Limits) -> Iterator[Finding]:
    for sheet, rule, by in (
        (COMMUNE, "commune_people_max", "commune_class"),
        (VILLAGE, "village_people_max", "village_kind"),
    ):
        rows = tables[sheet.table]
        most = rows[by].map({to: int(value) for name, to, value in limits if name == rule})
        yield from _marked(sheet, rows[(rows["people_now"] > most).fillna(False)], "people_now", "over_cap")


def _unknown_communes(tables: dict[str, pd.DataFrame], register: set[str]) -> Iterator[Finding]:
    for table in ("commune", "village", "post", "petition"):
        rows = tables[table]
        unknown = rows[rows["commune_code"].notna() & ~rows["commune_code"].isin(register)]
        yield from _marked(_SHEET_OF[table], unknown, "commune_code", "unknown_unit")


def _duplicates(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    keys = {
        "commune": ["commune_code"],
        "village": ["commune_code", "village_kind", "village_name"],
        "post": ["commune_code", "post_code"],
        "petition": ["commune_code", "petition_kind"],
    }
    for table, key in keys.items():
        rows = tables[table].dropna(subset=key)
        yield from _marked(
            _SHEET_OF[table], rows[rows.duplicated(key, keep=False)], key[-1], "duplicate_unit"
        )


def _village_counts(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    communes = tables["commune"]
    listed = communes["commune_code"].map(tables["village"]["commune_code"].value_counts()).fillna(0)
    yield from _marked(
        COMMUNE, communes[communes["villages_now"] != listed], "villages_now", "village_count_mismatch"
    )


def _people(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    communes, villages, posts = tables["commune"], tables[VILLAGE.table], tables[POST.table]
    in_villages = villages.groupby("commune_code")["people_now"].sum()
    filled = (posts["posts_filled"] - posts["posts_combined"]).groupby(posts["commune_code"]).sum()
    people = communes["people_now"] + communes["commune_code"].map(in_villages).fillna(0)
    differs = people != communes["commune_code"].map(filled).fillna(0)
    yield from _marked(COMMUNE, communes[differs], "people_now", "people_mismatch")


def _backlog(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    listed = tables["outstanding"]
    named = set(zip(listed["unit_level"], listed["unit_ref"], listed["unit_name"], strict=True))
    by_id = set(listed["unit_ref"])
    for sheet, name in ((COMMUNE, "commune_name"), (VILLAGE, "village_name")):
        rows = tables[sheet.table]
        levels = rows["village_kind"] if sheet is VILLAGE else pd.Series("commune", index=rows.index)
        keys = zip(levels, rows["commune_code"], rows[name], strict=True)
        ids = rows["village_id"] if sheet is VILLAGE else rows["commune_code"]
        is_listed = [key in named or unit in by_id for key, unit in zip(keys, ids, strict=True)]
        missing = rows[rows["status"].isin(_OPEN) & ~pd.Series(is_listed, index=rows.index, dtype=bool)]
        yield from _marked(sheet, missing, "status", "backlog_missing")
