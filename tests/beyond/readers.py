"""Other offices, attached to a lake: one that reads on, one that compares it with a file."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from schemas.sql_text import quoted
from warehouse.extensions import load_extensions

_TORN = """
SELECT (SELECT max(period) FROM lake.marts.countdown) IS DISTINCT FROM (
    SELECT latest_period FROM lake.marts.release
)
"""
_TABLES_OF_FILE = """
SELECT schema_name || '.' || table_name FROM duckdb_tables()
WHERE database_name = 'embedded' AND list_contains(?, schema_name)
"""


@contextmanager
def reading_lake(catalog: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(duckdb.connect(config={"autoload_known_extensions": False})) as reader:
        load_extensions(reader)
        reader.execute(f"ATTACH {quoted(catalog)} AS lake (READ_ONLY)")
        yield reader


@contextmanager
def watched(catalog: str, pause: float = 0.02) -> Iterator[list[bool]]:
    """Read the lake again and again on one connection: for each read, whether it failed or was torn."""
    reads: list[bool] = []
    ended = threading.Event()
    with reading_lake(catalog) as reader:
        thread = threading.Thread(target=_read_on, args=(reader, reads, ended, pause))
        thread.start()
        try:
            yield reads
        finally:
            ended.set()
            thread.join()


def _read_on(
    reader: duckdb.DuckDBPyConnection, reads: list[bool], ended: threading.Event, pause: float
) -> None:
    while not ended.is_set():
        try:
            [(is_torn,)] = reader.execute(_TORN).fetchall()
        except duckdb.Error:
            is_torn = True
        reads.append(bool(is_torn))
        ended.wait(pause)


def differing(catalog: str, file: Path, *schemas: str) -> dict[str, int]:
    """Tables of those schemas of `file`, and in how many rows the lake's differ."""
    with reading_lake(catalog) as reader:
        reader.execute(f"ATTACH {quoted(str(file.resolve()))} AS embedded (READ_ONLY)")
        tables = [str(name) for (name,) in reader.execute(_TABLES_OF_FILE, [schemas]).fetchall()]
        return {table: _rows_apart(reader, f"lake.{table}", f"embedded.{table}") for table in tables}


def published_apart(catalog: str, snapshot: Path) -> dict[str, int]:
    """Published tables of an embedded home, and in how many rows the lake's differ.

    Without `release`: that one names the run itself.
    """
    apart = differing(catalog, snapshot, "marts")
    return {table: rows for table, rows in apart.items() if table != "marts.release"}


def _rows_apart(reader: duckdb.DuckDBPyConnection, ours: str, theirs: str) -> int:
    [(rows,)] = reader.execute(
        f"SELECT count(*) FROM ((FROM {ours} EXCEPT ALL FROM {theirs}) UNION ALL "
        f"(FROM {theirs} EXCEPT ALL FROM {ours}))"
    ).fetchall()
    return int(rows)
