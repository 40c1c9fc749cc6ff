"""What the others are given beforehand, unmeasured: the form, a warehouse ready to load, the marts.

All of it is derived from the project's own definitions, so that all compute what the project does.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

import warehouse as warehouse_package
from schemas.form.sheet import Reader, Sheet
from schemas.form.sheets import INFO, SHEETS, TABLE_SHEETS
from schemas.settings import Settings
from tasks.obligations import open_obligations
from warehouse.connection import open_warehouse
from warehouse.picture import Picture
from warehouse.runner import dependencies, read_selects
from warehouse.settling import lay_empty

LOAD = Path(__file__).parent / "load"
_REGISTER = Path(warehouse_package.__file__).parent / "register"
# What the marts ask of the register by a macro, and of which returns; what only the checks of returns ask.
_MACRO, _RETURNS, _ONLY_CHECKED = "reported_unit", "intermediate.fresh_submission", "petition_closing"
_SQL_TYPE = {Reader.COUNT: "BIGINT", Reader.DECIMAL: "DOUBLE", Reader.DATE: "DATE"}
_FILE_COLUMNS = """
submission_id VARCHAR, district_code VARCHAR, file_name VARCHAR, received_at TIMESTAMPTZ, sha256 VARCHAR,
size_bytes BIGINT, verdict VARCHAR, has_declared_no_petitions BOOLEAN, period VARCHAR, as_of_date DATE,
seq BIGINT, doc_no VARCHAR, prepared_by VARCHAR, contact_email VARCHAR, signed_by VARCHAR
"""


def write_plan(folder: Path, now: datetime) -> Path:
    """Write plan.json and base.duckdb into `folder`; return the plan's path.

    The base holds the warehouse's own DDL and reference data, what is owed at `now`, nothing settled, and
    empty tables `raw.…` of the form's columns. The plan holds, as `sheets`, where the form's columns stand;
    as `load`, the SELECTs from raw to ledger and core; as `marts`, the statements that build the dated
    register and the published tables; as `variables`, those that both need before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    base = folder / "base.duckdb"
    base.unlink(missing_ok=True)
    settings = Settings(home=folder, _env_file=None)
    with open_warehouse(base, settings.time_zone) as warehouse:
        open_obligations(warehouse, settings, now)
        lay_empty(warehouse, base.stem)
        _create_raw(warehouse)
        marts = list(_mart_statements(warehouse))
    zone = [f"SET TimeZone = '{settings.time_zone}'"]
    plan: dict[str, Any] = {
        "base": str(base),
        "labels": {column.header: column.name for column in INFO.columns},
        "info": ["period", "as_of_date", "seq", "doc_no", "prepared_by", "contact_email", "signed_by"],
        "sheets": {sheet.table: _form(sheet) for sheet in TABLE_SHEETS},
        "load": {_target(path): path.read_text(encoding="utf-8") for path in load_files()},
        "variables": zone + [f"SET VARIABLE {name} = {value}" for name, value in sql_variables(now).items()],
        "marts": marts,
    }
    path = folder / "plan.json"
    path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return path


def load_files() -> list[Path]:
    """The SELECTs from raw to ledger and core, in the order in which they may run."""
    return [*sorted((LOAD / "ledger").glob("*.sql")), *sorted((LOAD / "core").glob("*.sql"))]


def register_selects() -> dict[str, str]:
    """Table of the dated register, as `register.commune`, → its SELECT; the marts read them."""
    files = [path for path in _REGISTER.glob("*.sql") if path.stem not in (_MACRO, _ONLY_CHECKED)]
    return {f"register.{path.stem}": path.read_text(encoding="utf-8") for path in files}


def mart_selects() -> dict[str, str]:
    """Table of intermediate and marts → its SELECT, what is a macro in ours written out."""
    macro = (_REGISTER / f"{_MACRO}.sql").read_text(encoding="utf-8")
    called = f"register.{_MACRO}('{_RETURNS}')"
    written_out = "(" + macro.replace("query_table(returns)", _RETURNS) + ")"
    return {name: select.replace(called, written_out) for name, select in read_selects().items()}


def build_order(warehouse: duckdb.DuckDBPyConnection, selects: dict[str, str]) -> list[str]:
    """The names of the tables to build, each after those it reads."""
    needs = TopologicalSorter(dependencies(warehouse, selects))
    return [name for name in needs.static_order() if name in selects]


def _target(path: Path) -> str:
    return f"{path.parent.name}.{path.stem.lstrip('0123456789_')}"


def _form(sheet: Sheet) -> dict[str, Any]:
    types = {c.name: _SQL_TYPE.get(c.reader, "VARCHAR") for c in sheet.columns}
    headers = {c.name: c.header for c in sheet.columns}
    return {"name": sheet.name, "types": types, "headers": headers}


def _create_raw(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("CREATE SCHEMA raw")
    warehouse.execute(f"CREATE TABLE raw.file ({_FILE_COLUMNS})")
    warehouse.execute(
        "CREATE TABLE raw.held (submission_id VARCHAR, source_sheet VARCHAR, source_row BIGINT)"
    )
    warehouse.execute("CREATE TABLE raw.finding AS FROM ledger.finding")
    warehouse.execute("CREATE TABLE raw.sheet (name VARCHAR)")
    warehouse.executemany("INSERT INTO raw.sheet VALUES (?)", [[sheet.name] for sheet in SHEETS])
    warehouse.execute("CREATE TABLE raw.term (vocabulary VARCHAR, label VARCHAR, code VARCHAR)")
    warehouse.executemany("INSERT INTO raw.term VALUES (?, ?, ?)", [*_terms()])
    for sheet in TABLE_SHEETS:
        columns = ", ".join(f"{name} {kind}" for name, kind in _form(sheet)["types"].items())
        warehouse.execute(
            f"CREATE TABLE raw.{sheet.table} (submission_id VARCHAR, source_row BIGINT, {columns})"
        )


def _terms() -> Iterator[tuple[str, str, str]]:
    found = {
        (column.vocabulary.name, spelling, term.code)
        for sheet in TABLE_SHEETS
        for column in sheet.columns
        if column.vocabulary is not None
        for term in column.vocabulary.terms
        for spelling in (term.vi, term.code)
    }
    yield from sorted(found)


def sql_variables(now: datetime) -> dict[str, str]:
    """The variables that the SQL sees in a cycle at `now`, as literals of SQL."""
    settings = Settings(_env_file=None)
    baseline = {name: getattr(settings, name) for name in ("baseline_period", "baseline_as_of")}
    values = asdict(Picture.at(now)) | baseline | {"run_id": "bench", "document_left_out": None}
    return {name: _literal(value) for name, value in values.items()}


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, datetime):
        return f"TIMESTAMPTZ '{value.isoformat()}'"
    return f"DATE '{value}'" if isinstance(value, date) else f"'{value}'"


def _mart_statements(warehouse: duckdb.DuckDBPyConnection) -> Iterator[str]:
    registers, selects = register_selects(), mart_selects()
    home = {"intermediate": "scratch", "marts": "candidate"}
    yield "ATTACH ':memory:' AS register"
    for name in build_order(warehouse, registers):
        yield f"CREATE TABLE {name} AS {registers[name]}"
    yield "CREATE SCHEMA scratch.intermediate"
    yield "CREATE SCHEMA candidate.marts"
    yield "SET search_path = 'work.core,candidate.marts,scratch.intermediate'"
    for name in build_order(warehouse, selects):
        yield f"CREATE TABLE {home[name.split('.')[0]]}.{name} AS {selects[name]}"
