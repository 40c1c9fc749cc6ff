"""What floor and per-file stack do alike: rows into a copy of the prepared warehouse, facts, marts."""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

Row = tuple[Any, ...]
Plan = dict[str, Any]
_ARROW = {"VARCHAR": pa.string(), "BIGINT": pa.float64(), "DOUBLE": pa.float64(), "DATE": pa.date32()}


@contextmanager
def work_copy(plan: Plan, home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a copy of the prepared warehouse in `home`; when the block ends, build <home>/published.duckdb."""
    home.mkdir(parents=True)
    shutil.copyfile(plan["base"], home / "work.duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{home}/work.duckdb' AS work")
        connection.execute("USE work")
        for statement in plan["variables"]:
            connection.execute(statement)
        yield connection
        connection.execute(f"ATTACH '{home}/published.duckdb' AS candidate")
        connection.execute("ATTACH ':memory:' AS scratch")
        for statement in plan["marts"]:
            connection.execute(statement)
        connection.execute("CHECKPOINT candidate")


def landed(inbox: Path) -> list[Path]:
    """The workbooks in the order of their arrival."""
    return sorted(inbox.glob("*/*.xlsx"), key=lambda path: path.stat().st_mtime)


def file_row(path: Path) -> dict[str, Any]:
    """What the ledger knows of a file without looking into it."""
    content = path.read_bytes()
    return {
        "submission_id": path.stem,
        "district_code": path.parent.name,
        "file_name": path.name,
        "received_at": datetime.fromtimestamp(path.stat().st_mtime, UTC),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
        "verdict": "accepted",
    }


def insert_rows(
    connection: duckdb.DuckDBPyConnection, table: str, types: dict[str, str], rows: Sequence[Row]
) -> None:
    """Insert rows (submission_id, source_row, then the columns of `types`) into raw.<table>."""
    if not rows:
        return
    kinds = [pa.string(), pa.int64(), *(_ARROW[kind] for kind in types.values())]
    columns = [pa.array(values, kind) for values, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
    connection.register(
        "cells", pa.table(dict(zip(["submission_id", "source_row", *types], columns, strict=True)))
    )
    connection.execute(f"INSERT INTO raw.{table} BY NAME FROM cells")


def load_facts(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Take what lies in raw over into ledger and core, and empty raw."""
    for target, select in plan["load"].items():
        connection.execute(f"INSERT INTO {target} BY NAME {select}")
    for table in (*plan["sheets"], "file", "held", "finding"):
        connection.execute(f"TRUNCATE raw.{table}")
