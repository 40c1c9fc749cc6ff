"""Files through the production way in, and what it made of each: verdict, findings, repairs, loaded rows."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from schemas.form.sheets import TABLE_SHEETS
from schemas.settings import Settings
from tasks.batch import Batch, gather
from tasks.bounded_reading import BoundedReader
from tasks.check import CheckedBatch, checked
from tasks.load import dispositions
from tasks.obligations import open_obligations
from tasks.opening import open_file, register_of
from tasks.receive import Arrival
from tests.gallery.truth import ARRIVED
from tests.intake.returns import DISTRICT, Office, moment
from warehouse.connection import open_warehouse

Table = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Answer:
    """What became of one file.

    `loaded`: table → its loaded rows, columns in the form's order; `states`: (sheet, row) → state and detail.
    """

    verdict: str
    findings: list[tuple[str, str]]
    repairs: dict[str, int]
    loaded: dict[str, Table]
    states: dict[tuple[str, int], tuple[str, str]]
    rows_in_file: dict[str, int]
    unit_ids: Table
    hidden: dict[str, str]

    @property
    def is_accounted(self) -> bool:
        """Whether every row of every sheet has exactly one disposition."""
        return set(self.states) == {(s, r + 1) for s, rows in self.rows_in_file.items() for r in range(rows)}


def answers(
    files: dict[str, bytes],
    district: str | dict[str, str] = DISTRICT,
    office: Office | None = None,
    at: str = ARRIVED,
) -> dict[str, Answer]:
    """Send files of one district, or of one each, on the day `at`; collect the answers.

    They share one batch and nothing is loaded, so that no file sees another: each stands against what
    `office` has accepted, or is the first return of its district.
    """
    settings = office.settings if office else Settings(_env_file=None)
    arrivals = {name: _arrival(name, content, district, at) for name, content in files.items()}
    with open_warehouse(office and settings.warehouse, settings.time_zone) as warehouse:
        register = register_of(warehouse)
        with BoundedReader(settings) as reader:
            opened = [open_file(arrivals[name], file, reader, register) for name, file in files.items()]
        batch = gather(opened)
        open_obligations(warehouse, settings, moment(at))
        with checked(warehouse, batch, settings) as result:
            rows = dispositions(batch, result)
            warehouse.register("disposition", rows)
            return {
                name: _answer(warehouse, batch, result, rows, arrival.submission_id)
                for name, arrival in arrivals.items()
            }


def _arrival(name: str, content: bytes, district: str | dict[str, str], at: str) -> Arrival:
    code = district if isinstance(district, str) else district[name]
    digest = hashlib.sha256(content).hexdigest()
    return Arrival(code, name, moment(at), digest, len(content), moment(at))


def _answer(
    warehouse: duckdb.DuckDBPyConnection,
    batch: Batch,
    result: CheckedBatch,
    rows: pd.DataFrame,
    submission_id: str,
) -> Answer:
    def own(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["submission_id"] == submission_id]

    findings = own(result.findings)[["source_sheet", "cell", "fault"]].fillna("")
    places = (findings["source_sheet"] + "!" + findings["cell"]).where(findings["cell"] != "", "")
    sheets = own(batch.sheets)
    states = own(rows)
    return Answer(
        verdict=str(own(result.verdicts)["verdict"].item()),
        findings=sorted(zip(places, findings["fault"], strict=True)),
        repairs=dict(Counter(own(result.repairs)["method"])),
        loaded={sheet.table: _loaded(warehouse, sheet.table, submission_id) for sheet in TABLE_SHEETS},
        states={
            (sheet, int(row)): (state, detail)
            for sheet, row, state, detail in states[
                ["source_sheet", "source_row", "state", "detail"]
            ].itertuples(index=False, name=None)
        },
        rows_in_file=dict(zip(sheets["source_sheet"], sheets["rows_in_file"], strict=True)),
        unit_ids=warehouse.execute(
            "SELECT unit_id FROM batch.outstanding_unit WHERE submission_id = ? ORDER BY source_row",
            [submission_id],
        ).fetchall(),
        hidden=dict(sheets.dropna(subset="hidden")[["source_sheet", "hidden"]].itertuples(index=False)),
    )


def _loaded(warehouse: duckdb.DuckDBPyConnection, table: str, submission_id: str) -> Table:
    columns = next(sheet.columns for sheet in TABLE_SHEETS if sheet.table == table)
    names = ", ".join(f"entry.{column.name}" for column in columns)
    return warehouse.execute(
        f"SELECT {names} FROM batch.{table} AS entry "
        "JOIN disposition USING (submission_id, source_sheet, source_row) "
        "WHERE disposition.state = 'loaded' AND submission_id = ? ORDER BY source_sheet, source_row",
        [submission_id],
    ).fetchall()
