"""What one would write first: a loop over files with pandas, openpyxl, pandera and great_expectations.

Each workbook is read by `pandas.read_excel`, its sheets are validated by the form's pandera contracts, held
against each other with pandas, judged by an expectation suite a sheet, and loaded before the next is read.
"""

import json
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from schemas.faults import catalogue
from schemas.form.sheets import TABLE_SHEETS
from tests.bench.subjects.loading import file_row, insert_rows, landed, load_facts, work_copy
from tests.bench.subjects.per_file_checks import Finding, findings_of
from tests.bench.subjects.per_file_reading import Workbook, read_workbook
from tests.bench.subjects.per_file_suites import Suites
from tests.bench.subjects.subject import Given, repeated


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
    connection: duckdb.DuckDBPyConnection,
    plan: dict[str, Any],
    path: Path,
    workbook: Workbook,
    found: list[Finding],
) -> None:
    levels = {catalogue()[finding.fault].level for finding in found}
    verdict = "rejected" if "fatal" in levels else "partially_accepted" if levels else "accepted"
    info = {name: workbook.info[name] for name in plan["info"]}
    declares = workbook.tables["petition"].empty
    file = {**info, **file_row(path), "verdict": verdict, "has_declared_no_petitions": declares}
    connection.register("files", pd.DataFrame([file]))
    connection.execute("INSERT INTO raw.file BY NAME FROM files")
    _keep_findings(connection, path.stem, found)
    held = {(f.sheet, f.row) for f in found if catalogue()[f.fault].level == "row"}
    for sheet in TABLE_SHEETS:
        rows = workbook.tables[sheet.table]
        is_held = [verdict == "rejected" or (sheet.name, number) in held for number in rows["source_row"]]
        for number in rows["source_row"][is_held]:
            connection.execute("INSERT INTO raw.held VALUES (?, ?, ?)", [path.stem, sheet.name, number])
        _insert(
            connection,
            plan,
            sheet.table,
            path.stem,
            workbook.as_written[sheet.table][~pd.Series(is_held, dtype=bool)],
        )
    load_facts(connection, plan)


def _insert(
    connection: duckdb.DuckDBPyConnection, plan: dict[str, Any], table: str, name: str, rows: pd.DataFrame
) -> None:
    cells = rows.astype(object).where(rows.notna(), None)
    tuples = [(name, *row) for row in cells.itertuples(index=False, name=None)]
    insert_rows(connection, table, plan["sheets"][table]["types"], tuples)


def _keep_findings(connection: duckdb.DuckDBPyConnection, name: str, found: list[Finding]) -> None:
    for number, finding in zip(count(1), found):
        fault = catalogue()[finding.fault]
        connection.execute(
            "INSERT INTO raw.finding BY NAME SELECT ? AS submission_id, ? AS finding_no, ? AS form_sheet, "
            "? AS source_sheet, ? AS source_row, ? AS column_name, ? AS cell, ? AS fault, ? AS severity, "
            "'' AS remedy_vi, '' AS remedy_en",
            [
                name,
                number,
                finding.sheet,
                finding.sheet,
                finding.row,
                finding.column,
                finding.cell,
                fault.name,
                fault.level,
            ],
        )


if __name__ == "__main__":
    repeated(run)
