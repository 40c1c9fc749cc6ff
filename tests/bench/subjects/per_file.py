"""What one would write first: a loop over files with pandas, openpyxl, pandera and great_expectations.

Each workbook is read by `pandas.read_excel`, its sheets are validated by the form's pandera contracts, held
against each other with pandas, judged by an expectation suite a sheet, and loaded before the next is read.
"""

import json
from pathlib import Path

import duckdb
import pandas as pd

from schemas.faults import catalogue
from schemas.form.sheets import TABLE_SHEETS
from tests.bench.subjects.loading import Plan, Row, file_row, insert_rows, landed, load_facts, work_copy
from tests.bench.subjects.per_file_checks import Finding, findings_of
from tests.bench.subjects.per_file_reading import Workbook, read_workbook
from tests.bench.subjects.per_file_suites import Suites
from tests.bench.subjects.subject import Given, repeated

_FINDING = [
    *("submission_id", "finding_no", "form_sheet", "source_sheet", "source_row", "column_name", "cell"),
    *("fault", "severity", "remedy_vi", "remedy_en"),
]


def run(given: Given) -> None:
    """Build <home>/published.duckdb; what the suites found of each file goes to <home>/suites.json."""
    plan = json.loads(given.plan.read_bytes())
    suites = Suites()
    judged = {}
    with work_copy(plan, given.home) as connection:
        limits = connection.execute("SELECT rule, applies_to, value FROM reference.legal_limit").fetchall()
        communes = connection.execute("SELECT district_code, commune_code FROM reference.commune").df()
        for path in landed(given.inbox):
            workbook = read_workbook(path)
            judged[path.name] = suites.judge(workbook.tables)
            found = findings_of(workbook, path.parent.name, limits, communes)
            _load(connection, plan, path, workbook, found)
    (given.home / "suites.json").write_text(json.dumps(judged), encoding="utf-8")


def _load(
    connection: duckdb.DuckDBPyConnection, plan: Plan, path: Path, workbook: Workbook, found: list[Finding]
) -> None:
    levels = {catalogue()[finding.fault].level for finding in found}
    verdict = "rejected" if "fatal" in levels else "partially_accepted" if levels else "accepted"
    info = {name: workbook.info[name] for name in plan["info"]}
    declares = workbook.tables["petition"].empty
    file = {**info, **file_row(path), "verdict": verdict, "has_declared_no_petitions": declares}
    _add(connection, "file", pd.DataFrame([file]))
    _add(connection, "finding", _finding_lines(path.stem, found))
    faulty = {(f.sheet, f.row) for f in found if catalogue()[f.fault].level == "row"}
    for sheet in TABLE_SHEETS:
        rows = workbook.as_written[sheet.table]
        is_held = [verdict == "rejected" or (sheet.name, number) in faulty for number in rows["source_row"]]
        held = pd.Series(is_held, index=rows.index, dtype=bool)
        _add(connection, "held", _held_lines(path.stem, sheet.name, rows[held]))
        types = plan["sheets"][sheet.table]["types"]
        insert_rows(connection, sheet.table, types, _as_tuples(path.stem, rows[~held]))
    load_facts(connection, plan)


def _add(connection: duckdb.DuckDBPyConnection, table: str, lines: pd.DataFrame) -> None:
    connection.register("lines", lines)
    connection.execute(f"INSERT INTO raw.{table} BY NAME FROM lines")


def _as_tuples(name: str, rows: pd.DataFrame) -> list[Row]:
    cells = rows.astype(object).where(rows.notna(), None)
    return [(name, *row) for row in cells.itertuples(index=False, name=None)]


def _held_lines(name: str, sheet: str, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["source_row"]].assign(submission_id=name, source_sheet=sheet)


def _finding_lines(name: str, found: list[Finding]) -> pd.DataFrame:
    lines = [
        {
            "submission_id": name,
            "finding_no": number,
            "form_sheet": finding.sheet,
            "source_sheet": finding.sheet,
            "source_row": finding.row,
            "column_name": finding.column,
            "cell": finding.cell,
            "fault": finding.fault,
            "severity": catalogue()[finding.fault].level,
            "remedy_vi": "",
            "remedy_en": "",
        }
        for number, finding in enumerate(found, 1)
    ]
    return pd.DataFrame(lines, columns=_FINDING)


if __name__ == "__main__":
    repeated(run)
