"""Checking a batch at once: every rule of `schemas/`, every finding, then one verdict a submission."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

import schemas
import warehouse as warehouse_package
from schemas.faults import catalogue
from schemas.form.form import RETURN, UNIT_CHANGES, all_sheets
from schemas.form.sheet import Reader, Sheet
from schemas.form.sheets import NOTHING_AROSE, OUTSTANDING, VILLAGE
from schemas.form.unit_changes import UNIT_CHANGE_INFO
from schemas.names import village_key
from schemas.settings import Settings
from tasks.batch import FINDING_COLUMNS, PLACE, Batch
from tasks.examine import Examined, examine
from tasks.findings import assemble
from warehouse.known_register import know_open_petitions, know_register

_CHECKS = Path(schemas.__file__).parent / "checks"
_BATCH_SQL = Path(warehouse_package.__file__).parent / "batch"
# By form; each may read the tables before it.
_RESOLVED = {
    RETURN: (
        *["declared", "district_commune", "former_unit", "known_village", "village_unit", "outstanding_unit"],
        *["reported_unit", "concerned_unit", "accepted_report", "prior_report", "taken_over", "divided"],
    ),
    UNIT_CHANGES: ("change",),
}
_MISPLACED = ("wrong_district", "missing_sheet", "missing_column")
_REGISTER_FAULTS = frozenset(path.name.split(".")[0] for path in (_CHECKS / RETURN.name).glob("*.sql"))
_NAME_OF = {VILLAGE.table: "village_name", OUTSTANDING.table: "unit_name"}


@dataclass(frozen=True)
class CheckedBatch:
    """A batch after all checks; its typed rows and resolved units stay in the attached `batch` database.

    `findings`: FINDING_COLUMNS, severity, remedy_vi, remedy_en, source. `verdicts`: submission_id, verdict.
    `repairs`: submission_id, source_sheet, cell, method, original, result. `repeats`: the place of each row
    that repeats another.
    """

    findings: pd.DataFrame
    verdicts: pd.DataFrame
    repairs: pd.DataFrame
    repeats: pd.DataFrame


@contextmanager
def checked(warehouse: duckdb.DuckDBPyConnection, batch: Batch, settings: Settings) -> Iterator[CheckedBatch]:
    """Check a batch against its form, the register and what was accepted before; nothing is written."""
    with checked_by_register(warehouse, examine(batch), settings) as result:
        yield result


@contextmanager
def checked_by_register(
    warehouse: duckdb.DuckDBPyConnection, examined: Examined, settings: Settings
) -> Iterator[CheckedBatch]:
    """Check what was examined against the register and what was accepted before; nothing is written."""
    batch = examined.batch
    typed = {sheet.table: _repeats_marked(sheet, examined.typed[sheet.table]) for sheet in batch.form.sheets}
    warehouse.execute("ATTACH ':memory:' AS batch")
    try:
        _stage(warehouse, batch, typed, settings)
        findings = assemble(batch, _all_findings(warehouse, examined))
        repeats = pd.concat([rows.loc[rows["is_repeat"], PLACE] for rows in typed.values()])
        yield CheckedBatch(findings, _verdicts(batch, findings), examined.repairs, repeats)
    finally:
        warehouse.execute("DETACH batch")


def _stage(
    warehouse: duckdb.DuckDBPyConnection, batch: Batch, typed: dict[str, pd.DataFrame], settings: Settings
) -> None:
    moments = ", ".join(f"{name}::TIMESTAMPTZ AS {name}" for name in ("received_at", "known_at"))
    _stage_frame(warehouse, "submission", batch.submissions, f"* REPLACE ({moments})")
    _stage_frame(warehouse, "sheet", batch.sheets.astype({"form_sheet": "str", "hidden": "str"}), "*")
    for sheet in batch.form.sheets:
        _stage_sheet(warehouse, sheet, typed[sheet.table])
    known_at = max(datetime.fromisoformat(at) for at in batch.submissions["known_at"])
    know_register(warehouse, known_at, settings, without_document=_corrected(typed))
    know_open_petitions(warehouse)
    for name in ("unusual_share", "unusual_people", "baseline_period"):
        warehouse.execute(f"SET VARIABLE {name} = $1", [getattr(settings, name)])
    warehouse.execute("SET VARIABLE nothing_arose = $1", [NOTHING_AROSE])
    for name in _RESOLVED[batch.form]:
        select = (_BATCH_SQL / f"{name}.sql").read_text(encoding="utf-8")
        warehouse.execute(f"CREATE TABLE batch.{name} AS {select}")


def _corrected(typed: dict[str, pd.DataFrame]) -> str | None:
    """The document that a unit change file corrects: it is judged as if that were not known."""
    if UNIT_CHANGE_INFO.table not in typed:
        return None
    documents = typed[UNIT_CHANGE_INFO.table]["doc_no"].dropna()
    return str(documents.iloc[0]) if len(documents) else None


def _stage_sheet(warehouse: duckdb.DuckDBPyConnection, sheet: Sheet, rows: pd.DataFrame) -> None:
    staged = rows.astype({"submission_id": "str", "source_sheet": "str", "source_row": "Int64"})
    if sheet.table in _NAME_OF:
        names = rows[_NAME_OF[sheet.table]]
        staged["name_key"] = names.map(village_key, na_action="ignore").astype("str")
    days = ", ".join(f"{c.name}::DATE AS {c.name}" for c in sheet.columns if c.reader is Reader.DATE)
    _stage_frame(warehouse, sheet.table, staged, f"* REPLACE ({days})" if days else "*")


def _repeats_marked(sheet: Sheet, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `is_repeat`: whether one says again what an earlier one of its submission said.

    Two equal activities of one sheet may both have taken place; a copy of the sheet says nothing new.
    """
    content = ["submission_id", *(c.name for c in sheet.columns)]
    is_repeat = rows.duplicated(content)
    if not sheet.key and is_repeat.any():
        first_said_in = rows.groupby(content, dropna=False)["source_sheet"].transform("first")
        is_repeat &= first_said_in != rows["source_sheet"]
    return rows.assign(is_repeat=is_repeat)


def _stage_frame(warehouse: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame, columns: str) -> None:
    warehouse.register("staged_frame", frame)
    warehouse.execute(f"CREATE TABLE batch.{name} AS SELECT {columns} FROM staged_frame")  # noqa: S608
    warehouse.unregister("staged_frame")


def _all_findings(warehouse: duckdb.DuckDBPyConnection, examined: Examined) -> pd.DataFrame:
    checks = sorted((_CHECKS / examined.batch.form.name).glob("*.sql"))
    found = [examined.findings, *(_check(warehouse, path) for path in checks)]
    lines = [f.reindex(columns=FINDING_COLUMNS).astype(object) for f in found if not f.empty]
    return _without_echoes(pd.concat(lines)) if lines else examined.findings


def _without_echoes(found: pd.DataFrame) -> pd.DataFrame:
    # A file of another district, or without a sheet, disagrees with the register everywhere: once is enough.
    misplaced = found.loc[found["fault"].isin(_MISPLACED), "submission_id"]
    levels = found["fault"].map({name: fault.level for name, fault in catalogue().items()})
    is_echo = (
        found["submission_id"].isin(misplaced) & levels.ne("fatal") & found["fault"].isin(_REGISTER_FAULTS)
    )
    return found[~is_echo]


def _check(warehouse: duckdb.DuckDBPyConnection, path: Path) -> pd.DataFrame:
    found = warehouse.execute(path.read_text(encoding="utf-8")).df()
    if found.empty:
        return found
    names = {s.table: s.name for s in all_sheets()}
    return found.assign(form_sheet=found["table_name"].map(names), fault=path.name.split(".")[0])


def _verdicts(batch: Batch, findings: pd.DataFrame) -> pd.DataFrame:
    severities = findings.groupby("submission_id")["severity"].agg(set)
    is_whole = batch.form.is_whole
    return pd.DataFrame(
        {
            "submission_id": batch.submissions["submission_id"],
            "verdict": [
                verdict_of(severities.get(i, set()), is_whole=is_whole)
                for i in batch.submissions["submission_id"]
            ],
        }
    )


def verdict_of(severities: set[str], *, is_whole: bool = False) -> str:
    """The verdict that the worst of a submission's findings asks for; `is_whole`: in part is not at all."""
    is_in_part = bool(severities & {"row", "submission"})
    if "fatal" in severities or (is_in_part and is_whole):
        return "rejected"
    if is_in_part:
        return "partially_accepted"
    return "accepted_with_warnings" if severities else "accepted"
