"""The runner: builds every SELECT of intermediate/ and marts/ in the order of their dependencies."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from schemas.published.tables import TABLES
from schemas.settings import Settings
from schemas.sql_text import quoted
from warehouse.descriptions import comments_on
from warehouse.known_register import know_register
from warehouse.picture import Picture
from warehouse.settling import lay_empty, recall, settle

_HERE = Path(__file__).parent
_BUILT_IN = {"intermediate": "scratch", "marts": "candidate"}
# Every build, the quality page and the dictionary ask after the same SELECTs: each is parsed once a process.
_PARSED: dict[tuple[str, str], set[str]] = {}


def build(
    warehouse: duckdb.DuckDBPyConnection, candidate: Path, picture: Picture, settings: Settings
) -> list[str]:
    """Build every table of `picture` into the new file `candidate`; return their names in order.

    They are built from nothing. `candidate` must not exist yet. The SQL sees the picture and the settings of
    the baseline as variables.
    Raises ValueError when a published table and its description in schemas.published differ.
    """
    _begin(warehouse, picture, settings)
    with _attached(warehouse, candidate, is_memory_used=False):
        return _build_all(warehouse)


def build_onward(
    warehouse: duckdb.DuckDBPyConnection, candidate: Path, picture: Picture, settings: Settings
) -> list[str]:
    """Build the tables that `build` gives, computing only what is new since the last time; keep it in turn.

    For the cycle's own picture alone: `settled` is its memory. Raises ValueError as `build` does.
    """
    _begin(warehouse, picture, settings)
    is_memory_used = recall(warehouse, settings)
    with _attached(warehouse, candidate, is_memory_used=is_memory_used):
        order = _build_all(warehouse)
        if is_memory_used:
            settle(warehouse, settings)
    return order


def _begin(warehouse: duckdb.DuckDBPyConnection, picture: Picture, settings: Settings) -> None:
    for name, value in asdict(picture).items():
        warehouse.execute(f"SET VARIABLE {name} = ?", [value])
    know_register(warehouse, picture.known_at, settings)


def _build_all(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    selects = read_selects()
    needs = TopologicalSorter(dependencies(warehouse, selects))
    order = [name for name in needs.static_order() if name in selects]
    for name in order:
        catalog = _BUILT_IN[name.split(".")[0]]
        warehouse.execute(f"CREATE TABLE {catalog}.{name} AS {selects[name]}")
    _describe(warehouse)
    warehouse.execute("CHECKPOINT candidate")
    return order


def read_selects() -> dict[str, str]:
    """Table name, as `marts.countdown`, → its SELECT; the file's path is the name."""
    files = sorted(file for schema in _BUILT_IN for file in (_HERE / schema).glob("*.sql"))
    return {f"{file.parent.name}.{file.stem}": file.read_text(encoding="utf-8") for file in files}


def dependencies(warehouse: duckdb.DuckDBPyConnection, selects: dict[str, str]) -> dict[str, set[str]]:
    """Table name → the tables its SELECT reads, as DuckDB's own parser sees them.

    Raises ValueError when a file is not exactly one SELECT.
    """
    for name, select in selects.items():
        if (name, select) not in _PARSED:
            _PARSED[name, select] = _tables_read(warehouse, name, select)
    return {name: set(_PARSED[name, select]) for name, select in selects.items()}


def _tables_read(warehouse: duckdb.DuckDBPyConnection, name: str, select: str) -> set[str]:
    [(parsed,)] = warehouse.execute("SELECT json_serialize_sql(?)", [select]).fetchall()
    tree = json.loads(parsed)
    if tree.get("error") or len(tree["statements"]) != 1:
        raise ValueError(f"{name}: the file must be exactly one SELECT: {tree.get('error_message', '')}")
    tables = ((node["schema_name"], node["table_name"]) for node in _base_tables(tree))
    return {f"{schema}.{table}" for schema, table in tables if schema}


def _base_tables(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        if tree.get("type") == "BASE_TABLE":
            yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for branch in tree:
            yield from _base_tables(branch)


@contextmanager
def _attached(
    warehouse: duckdb.DuckDBPyConnection, candidate: Path, *, is_memory_used: bool
) -> Iterator[None]:
    # The path of a file cannot be a parameter of ATTACH, so its quotes are doubled.
    warehouse.execute(f"ATTACH {quoted(str(candidate))} AS candidate")
    warehouse.execute("ATTACH ':memory:' AS scratch")
    try:
        for schema, catalog in _BUILT_IN.items():
            warehouse.execute(f"CREATE SCHEMA {catalog}.{schema}")
        [(home,)] = warehouse.execute("SELECT current_database()").fetchall()
        # A schema is looked for in the catalog that lists it here, else in the first.
        path = f'"{home}".core,candidate.marts,scratch.intermediate'
        if not is_memory_used:
            lay_empty(warehouse, "scratch")
            path += ",scratch.settled"
        warehouse.execute(f"SET search_path = {quoted(path)}")
        yield
    finally:
        warehouse.execute("RESET search_path")
        warehouse.execute("DETACH scratch")
        warehouse.execute("DETACH candidate")


def _describe(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = (
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = 'candidate'"
    )
    built = set(warehouse.execute(columns).fetchall())
    described = {(table.name, name, sql_type) for table in TABLES for name, sql_type in table.types}
    if built != described:
        raise ValueError(
            "Published tables and schemas.published differ. "
            f"Built only: {sorted(built - described)}; described only: {sorted(described - built)}"
        )
    comments = "; ".join(comment for table in TABLES for comment in comments_on("candidate", table))
    # One transaction: two hundred commits would take longer than the build.
    warehouse.execute(f"BEGIN; {comments}; COMMIT")
