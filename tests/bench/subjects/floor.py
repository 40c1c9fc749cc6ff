"""The floor: calamine reads, DuckDB inserts the cells and builds the marts; nothing is checked or kept.

It knows where everything stands in the form as the sample writes it, and would load any mistake. Files are
taken thirty at a time, as they arrived.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import python_calamine

from tests.bench.subjects.loading import Plan, Row, file_row, insert_rows, landed, load_facts, work_copy
from tests.bench.subjects.subject import Given, repeated

_AT_ONCE = 30
_FIRST_ROW = 4  # below title, mark and header
_BELOW_THE_ROWS = ("Tổng cộng", "Không phát sinh")


def run(given: Given) -> None:
    """Build <home>/published.duckdb from the files of the inbox."""
    plan = json.loads(given.plan.read_bytes())
    paths = landed(given.inbox)
    with work_copy(plan, given.home) as connection:
        for start in range(0, len(paths), _AT_ONCE):
            _read_files(connection, plan, paths[start : start + _AT_ONCE])
            load_facts(connection, plan)


def _read_files(connection: duckdb.DuckDBPyConnection, plan: Plan, paths: list[Path]) -> None:
    rows: dict[str, list[Row]] = {table: [] for table in plan["sheets"]}
    files = []
    for path in paths:
        with python_calamine.load_workbook(str(path)) as workbook:
            sheets = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
        files.append(_file(path, plan, sheets))
        for table, form in plan["sheets"].items():
            rows[table] += _rows(path.stem, sheets[form["name"]])
    connection.register("files", pa.Table.from_pylist(files))
    connection.execute("INSERT INTO raw.file BY NAME FROM files")
    for table, form in plan["sheets"].items():
        insert_rows(connection, table, form["types"], rows[table])


def _file(path: Path, plan: Plan, sheets: dict[str, list[list[Any]]]) -> dict[str, Any]:
    labels = {row[0]: row[1] for row in sheets["00_ThongTin"]}
    info = {name: labels[header] for header, name in plan["labels"].items() if name in plan["info"]}
    declares = sheets["05_DonThu"][-1][0] == "Không phát sinh"
    return {**info, **file_row(path), "seq": int(info["seq"]), "has_declared_no_petitions": declares}


def _rows(submission_id: str, grid: list[list[Any]]) -> Iterator[Row]:
    for number, row in enumerate(grid[_FIRST_ROW - 1 :], _FIRST_ROW):
        if row[0] not in _BELOW_THE_ROWS:
            yield submission_id, number, *(None if cell == "" else cell for cell in row)


if __name__ == "__main__":
    repeated(run)
