"""dlt and dbt-duckdb: landing with a frozen contract, then `dbt build` of checks, facts, marts and tests.

One process, as one would deploy it. The project was parsed once before; telemetry is off.
"""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dlt
import python_calamine
from dbt.cli.main import dbtRunner

from tests.bench.subjects.loading import file_row, landed
from tests.bench.subjects.subject import Given, repeated

_FIRST_ROW = 4
_TOTAL, _NOTHING = "Tổng cộng", "Không phát sinh"
_TYPES = {"VARCHAR": "text", "BIGINT": "bigint", "DOUBLE": "double", "DATE": "date"}
_CONTRACT = {"tables": "evolve", "columns": "freeze", "data_type": "freeze"}
_PLACE = {"submission_id": "text", "source_row": "bigint"}
_FILE = {
    **dict.fromkeys(("submission_id", "district_code", "file_name", "sha256", "verdict", "period"), "text"),
    **dict.fromkeys(("doc_no", "prepared_by", "contact_email", "signed_by"), "text"),
    **dict.fromkeys(("size_bytes", "seq"), "bigint"),
    **{"received_at": "timestamp", "as_of_date": "date", "has_declared_no_petitions": "bool"},
}
_TOTALS = {**_PLACE, "sheet": "text", "column_name": "text", "figure": "bigint"}


def run(given: Given) -> None:
    """Build <home>/published.duckdb. Raises RuntimeError when a model or a test fails."""
    plan = json.loads(given.plan.read_bytes())
    given.home.mkdir(parents=True)
    database = given.home / "published.duckdb"
    shutil.copyfile(plan["base"], database)
    _land(given, plan, database)
    os.environ["STACK_DATABASE"] = str(database)
    project = given.plan.parent / "dbt"
    arguments = ["build", "--project-dir", str(project), "--profiles-dir", str(project), "--quiet"]
    done = dbtRunner().invoke([*arguments, "--vars", (project / "vars.json").read_text(encoding="utf-8")])
    if not done.success:
        raise RuntimeError(f"dbt build: {done.exception or done.result}")


def _land(given: Given, plan: dict[str, Any], database: Path) -> None:
    pipeline = dlt.pipeline(
        "returns",
        destination=dlt.destinations.duckdb(str(database)),
        dataset_name="landing",
        pipelines_dir=str(given.home / "dlt"),
    )
    tables = {
        table: {**_PLACE, **{n: _TYPES[t] for n, t in form["types"].items()}}
        for table, form in plan["sheets"].items()
    }
    rows: dict[str, list[dict[str, Any]]] = {"file": [], "total": [], **{table: [] for table in tables}}
    for path in landed(given.inbox):
        for table, row in _rows(path, plan):
            rows[table].append(row)
    hints = {"file": _FILE, "total": _TOTALS, **tables}
    resources = [_resource(name, hints[name], found) for name, found in rows.items()]
    # Parquet lands in half the time of the INSERTs that dlt writes for DuckDB by default.
    pipeline.run(resources, loader_file_format="parquet").raise_on_failed_jobs()


def _resource(name: str, types: dict[str, str], rows: list[dict[str, Any]]) -> Any:
    columns = {column: {"data_type": kind} for column, kind in types.items()}
    landing = rows or [dlt.mark.materialize_table_schema()]
    return dlt.resource(
        landing, name=name, columns=columns, schema_contract=_CONTRACT, write_disposition="append"
    )


def _rows(path: Path, plan: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    with python_calamine.load_workbook(str(path)) as workbook:
        sheets = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
    labels = {row[0]: row[1] for row in sheets["00_ThongTin"]}
    info = {name: labels[header] for header, name in plan["labels"].items() if name in plan["info"]}
    declares = sheets["05_DonThu"][-1][0] == _NOTHING
    yield "file", {**info, **file_row(path), "seq": _cell(info["seq"]), "has_declared_no_petitions": declares}
    for table, form in plan["sheets"].items():
        yield from _of_sheet(path.stem, table, form, sheets[form["name"]])


def _of_sheet(
    name: str, table: str, form: dict[str, Any], grid: list[list[Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, row in enumerate(grid[_FIRST_ROW - 1 :], _FIRST_ROW):
        cells = dict(zip(form["types"], map(_cell, row), strict=True))
        place = {"submission_id": name, "source_row": number}
        if row[0] == _TOTAL:
            for column, kind in form["types"].items():
                if kind == "BIGINT" and cells[column] is not None:
                    yield (
                        "total",
                        {**place, "sheet": form["name"], "column_name": column, "figure": cells[column]},
                    )
        elif row[0] != _NOTHING:
            yield table, {**place, **cells}


def _cell(cell: Any) -> Any:
    if cell == "":
        return None
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


if __name__ == "__main__":
    repeated(run)
