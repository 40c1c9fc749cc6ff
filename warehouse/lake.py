"""The lake: DuckLake, its catalog in PostgreSQL and its data on any store DuckDB can write to.

DuckLake knows no key and no CHECK, and DuckDB lets a transaction write to one database only. So a cycle
works in `warehouse.duckdb`, whose own constraints hold, and the lake is given what is new in one
transaction; the file is a copy of the lake, taken anew under all its constraints where it is not of the last
publication.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from schemas.published.snapshot import tables_of
from schemas.published.tables import TABLES
from schemas.sharing import LakeDiffers, LakeMovedOn
from schemas.sql_text import quoted
from warehouse.descriptions import comments_on
from warehouse.extensions import load_extensions
from warehouse.settling import forget
from warehouse.transaction import let_go, one_transaction

AUTHOR = "scheme21"
_CONTENT = ("core", "ledger")
# By table, name and type of each column in order.
Columns = dict[str, list[list[str]]]


@contextmanager
def attached_lake(warehouse: duckdb.DuckDBPyConnection, catalog: str, data: str) -> Iterator[None]:
    """Attach the lake as `lake`: `catalog` is `ducklake:postgres:<libpq>`, `data` the URL of its files.

    Raises NotInstalled, and duckdb.Error when catalog or store cannot be reached.
    """
    load_extensions(warehouse)
    warehouse.execute(f"ATTACH {quoted(catalog)} AS lake (DATA_PATH {quoted(data)})")
    try:
        yield
    finally:
        let_go(warehouse, "DETACH lake")


def bring_up_to_date(warehouse: duckdb.DuckDBPyConnection) -> bool:
    """Take the lake's content over unless the file is of its last publication; return whether it was taken.

    What a killed cycle left in the file and the lake never got goes: the archive has it still.
    Raises LakeDiffers.
    """
    last, copied = last_publication(warehouse), _copied(warehouse)
    if last is None or last == copied:
        return False
    if copied is None:
        _assert_empty(warehouse)
    in_lake = _columns(warehouse, "lake")
    with one_transaction(warehouse):
        forget(warehouse)  # it was settled from rows that go
        for table in _content_tables(warehouse):
            warehouse.execute(f"DELETE FROM {table}")
            if table in in_lake:
                warehouse.execute(f"INSERT INTO {table} BY NAME FROM lake.{table}")
        _note_copied(warehouse, last)
    return True


def _assert_empty(warehouse: duckdb.DuckDBPyConnection) -> None:
    (submissions,) = _one(warehouse, "SELECT count(*) FROM ledger.submission")
    (file,) = _one(warehouse, "SELECT path FROM duckdb_databases() WHERE database_name = current_database()")
    if submissions:
        raise LakeDiffers(str(file))


def publish(warehouse: duckdb.DuckDBPyConnection, message: str, *, has_release: bool) -> None:
    """Give the lake what it lacks, in one transaction: `core`, `ledger` and, with `has_release`, `marts`.

    The release is the file attached as `release`. Of a table with a submission_id the rows of new submissions
    are added; any other is made equal. Raises LakeMovedOn, and duckdb.Error when catalog or store fail: then
    the lake is as it was.
    """
    before = last_publication(warehouse)
    if before is not None and before != _copied(warehouse):
        raise LakeMovedOn
    in_lake = _columns(warehouse, "lake")
    with one_transaction(warehouse):
        for schema in (*_CONTENT, "marts"):
            warehouse.execute(f"CREATE SCHEMA IF NOT EXISTS lake.{schema}")
        _find_unpublished(warehouse, is_first=before is None)
        _publish_content(warehouse, in_lake)
        if has_release:
            _publish_release(warehouse, in_lake)
        warehouse.execute("CALL lake.set_commit_message(?, ?)", [AUTHOR, message])
    _note_copied(warehouse, last_publication(warehouse))


def last_publication(warehouse: duckdb.DuckDBPyConnection) -> tuple[object, ...] | None:
    """Snapshot and time of the lake's last publication; None while nothing was ever published."""
    if "ledger.submission" not in _columns(warehouse, "lake"):
        return None
    return _one(
        warehouse,
        "SELECT max(snapshot_id), max_by(snapshot_time, snapshot_id) FROM lake.snapshots() WHERE author = ?",
        [AUTHOR],
    )


def _publish_content(warehouse: duckdb.DuckDBPyConnection, in_lake: Columns) -> None:
    (own,) = _one(warehouse, "SELECT current_database()")
    columns = _columns(warehouse, str(own))
    for table in _content_tables(warehouse):
        if columns[table] != in_lake.get(table):
            # New there, or of another version of the program.
            warehouse.execute(f"CREATE OR REPLACE TABLE lake.{table} AS FROM {table}")
        elif "submission_id" in dict(columns[table]):
            new = f"FROM {table} WHERE submission_id IN (FROM unpublished)"
            warehouse.execute(f"INSERT INTO lake.{table} {new}")
        else:
            _make_equal(warehouse, f"lake.{table}", table)


def _make_equal(warehouse: duckdb.DuckDBPyConnection, table: str, wanted: str) -> None:
    (is_more,) = _one(warehouse, f"SELECT count(*) FROM (FROM {table} EXCEPT ALL FROM {wanted})")
    if is_more:
        warehouse.execute(f"DELETE FROM {table}")
    warehouse.execute(f"INSERT INTO {table} FROM {wanted} EXCEPT ALL FROM {table}")


def _publish_release(warehouse: duckdb.DuckDBPyConnection, in_lake: Columns) -> None:
    if "marts.release" in in_lake and (
        _one(warehouse, "SELECT run_id FROM lake.marts.release")
        == _one(warehouse, "SELECT run_id FROM release.marts.release")
    ):
        return
    columns = _columns(warehouse, "release")
    for name in tables_of(warehouse, "release"):
        table = f"marts.{name}"
        if columns[table] == in_lake.get(table):
            _make_equal(warehouse, f"lake.{table}", f"release.{table}")
        else:
            warehouse.execute(f"CREATE OR REPLACE TABLE lake.{table} AS FROM release.{table}")
            _describe(warehouse, name)


def _describe(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    (published,) = (table for table in TABLES if table.name == name)
    for comment in comments_on("lake", published):
        warehouse.execute(comment)


def _find_unpublished(warehouse: duckdb.DuckDBPyConnection, *, is_first: bool) -> None:
    known = "" if is_first else "EXCEPT SELECT submission_id FROM lake.ledger.submission"
    warehouse.execute(
        f"CREATE OR REPLACE TEMP TABLE unpublished AS SELECT submission_id FROM ledger.submission {known}"
    )


def _content_tables(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    found = warehouse.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
        "WHERE database_name = current_database() AND list_contains(?, schema_name) ORDER BY ALL",
        [list(_CONTENT)],
    )
    return [str(name) for (name,) in found.fetchall()]


def _columns(warehouse: duckdb.DuckDBPyConnection, database: str) -> Columns:
    found = warehouse.execute(
        "SELECT schema_name || '.' || table_name, list([column_name, data_type] ORDER BY column_index) "
        "FROM duckdb_columns() WHERE database_name = ? GROUP BY ALL",
        [database],
    )
    return dict(found.fetchall())


def _copied(warehouse: duckdb.DuckDBPyConnection) -> tuple[object, ...] | None:
    return warehouse.execute("SELECT snapshot_id, published_at FROM copied.publication").fetchone()


def _note_copied(warehouse: duckdb.DuckDBPyConnection, publication: tuple[object, ...] | None) -> None:
    warehouse.execute("DELETE FROM copied.publication")
    warehouse.execute("INSERT INTO copied.publication VALUES (?, ?)", publication)


def _one(
    warehouse: duckdb.DuckDBPyConnection, select: str, parameters: list[object] | None = None
) -> tuple[object, ...]:
    [row] = warehouse.execute(select, parameters or []).fetchall()
    return tuple(row)
