"""Reading a file of published tables: read-only, from a connection of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from schemas.sql_text import quoted


def attach_read_only(connection: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    """Attach the DuckDB file as `name`. Raises duckdb.IOException when it cannot be read."""
    connection.execute(f"ATTACH {quoted(str(file))} AS {name} (READ_ONLY)")


@contextmanager
def reading(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open `file` for reading: its tables are `marts.<table>`.

    The connection is fresh and in memory: a process that connects to the same path twice may be given the
    old file.
    """
    with duckdb.connect(config={"autoload_known_extensions": False}) as reader:
        # The release itself, not the link to it, which may be swapped meanwhile.
        attach_read_only(reader, file.resolve(), "snapshot")
        reader.execute("USE snapshot.marts")
        yield reader


def tables_of(reader: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """Names of the tables in schema marts of an attached database, in alphabetical order."""
    found = reader.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'marts' ORDER BY 1",
        [database],
    )
    return [str(name) for (name,) in found.fetchall()]
