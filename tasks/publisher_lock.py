"""The lake has one publisher: an advisory lock of PostgreSQL, between machines, that says who holds it."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import duckdb

from schemas.settings import LAKE_CATALOG, Settings
from schemas.sharing import PublisherLost
from schemas.sql_text import quoted
from tasks.lock import Holder, WarehouseBusy
from warehouse.extensions import load_extensions
from warehouse.transaction import let_go

# Of our own choice: PostgreSQL knows an advisory lock by its number, within one database.
_LOCK = 2021_0324
_HOLDER = (
    "SELECT application_name, xact_start::text FROM pg_stat_activity JOIN pg_locks USING (pid) "  # noqa: S608
    f"WHERE locktype = 'advisory' AND objid = {_LOCK} AND granted AND datname = current_database() "
    "AND xact_start IS NOT NULL"  # of another role it is not told
)


class PublisherLock:
    """The lock while it is held."""

    def __init__(self, session: duckdb.DuckDBPyConnection) -> None:
        self._session = session

    def assert_held(self) -> None:
        """Raise PublisherLost when the connection that holds the lock is gone."""
        try:
            _ask(self._session, "SELECT 1 AS one")
        except duckdb.Error as gone:
            raise PublisherLost(gone) from gone


@contextmanager
def publisher_lock(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, what: str
) -> Iterator[PublisherLock]:
    """Be the only publisher of the lake of SCHEME21_WAREHOUSE for the length of the block.

    PostgreSQL frees the lock of a process that is lost. Waits up to settings.lock_wait seconds, then raises
    WarehouseBusy; raises ValueError without a lake, NotInstalled, and duckdb.Error without PostgreSQL.
    """
    if settings.lake is None:
        raise ValueError("there is no lake to publish to: SCHEME21_WAREHOUSE is not set")
    # PostgreSQL keeps 63 letters of it.
    signed = f"scheme21|{os.getpid()}|{socket.gethostname()[:30]}|{what}"[:63]
    server = settings.lake.removeprefix(LAKE_CATALOG)
    libpq = f"{server} application_name={quoted(signed)}"
    load_extensions(warehouse)
    with warehouse.cursor() as session:
        session.execute(f"ATTACH {quoted(libpq)} AS publisher (TYPE postgres)")
        # Of the transaction, not of the session: DuckDB keeps a pool of sessions.
        session.execute("BEGIN")
        try:
            _acquire(session, settings)
            yield PublisherLock(session)
        finally:
            # DuckDB ends the whole process when it closes over a transaction of a lost PostgreSQL.
            let_go(session, "ROLLBACK")
            let_go(session, "DETACH publisher")


def _acquire(session: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    milliseconds = max(1, round(settings.lock_wait * 1000))  # 0 would be for ever
    try:
        _ask(session, f"SELECT set_config('lock_timeout', '{milliseconds}', true)")
        _ask(session, f"SELECT pg_advisory_xact_lock({_LOCK})::text")
    except duckdb.Error as busy:
        if "lock timeout" not in str(busy):
            raise
        let_go(session, "ROLLBACK")
        raise WarehouseBusy(settings.home, settings.lock_wait, _holder(session, settings)) from busy


def _holder(session: duckdb.DuckDBPyConnection, settings: Settings) -> Holder | None:
    for signed, since in _ask(session, _HOLDER):
        _, pid, host, what = str(signed).split("|")
        return Holder(int(pid), host, datetime.fromisoformat(str(since)).astimezone(settings.zone), what)
    return None


def _ask(session: duckdb.DuckDBPyConnection, select: str) -> list[tuple[object, ...]]:
    return session.execute("FROM postgres_query('publisher', ?)", [select]).fetchall()
