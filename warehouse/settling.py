"""What earlier builds of the cycle settled: the next one computes only what is new, and keeps that in turn.

It is a memory of results, not a source: nothing is in it that a build from nothing would not give. Only
`warehouse.runner` reads it, and only for a cycle's own picture.
"""

import hashlib
from functools import cache
from pathlib import Path

import duckdb

from schemas.settings import Settings
from warehouse.transaction import one_transaction

_HERE = Path(__file__).parent
# Rows by district and period: those of the periods that were computed take the place of the former ones.
_BY_PERIOD = (
    *("unit_status", "district_state", "unit_step", "promise_held", "backlog", "obstacle", "due_date"),
    *("post_status", "district_post", "petition_sum"),
)
_WHOLE = ("accepted_submission", "open_period", "unit_span", "row_count")


def lay_empty(warehouse: duckdb.DuckDBPyConnection, catalog: str) -> None:
    """Make the tables of `settled` in `catalog`, without a row: a build on them is one from nothing."""
    home = _home(warehouse)
    warehouse.execute(f'USE "{catalog}"')
    warehouse.execute(_sql("tables"))
    warehouse.execute(f'USE "{home}"')


def recall(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> bool:
    """Whether the next build may go on from what is settled; what does not hold any more is forgotten first.

    The register as known must have been built. Not, where districts hang on each other: while a change of
    units is known, or a return speaks of another district's communes.
    """
    if not _holds(warehouse, settings):
        forget(warehouse)
        lay_empty(warehouse, _home(warehouse))
    if _hang_on_each_other(warehouse):
        forget(warehouse)
        return False
    return True


def forget(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Take away all that is settled, if anything is."""
    warehouse.execute("DROP SCHEMA IF EXISTS settled CASCADE")


def settle(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Keep what was just computed, at once: a process that is killed leaves all of it or nothing of it."""
    warehouse.execute("SET VARIABLE fresh_position = (SELECT min(position) FROM intermediate.fresh_from)")
    with one_transaction(warehouse):
        for name in _BY_PERIOD:
            _keep_fresh(warehouse, name)
        for name in _WHOLE:
            _keep_whole(warehouse, name)
        warehouse.execute("DELETE FROM settled.stamp")
        warehouse.execute("INSERT INTO settled.stamp VALUES ($1)", [_fingerprint(warehouse, settings)])


def _keep_fresh(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    # The variable says once more where to begin: DuckDB then leaves the blocks of earlier periods unread.
    warehouse.execute(
        f"DELETE FROM settled.{name} AS former USING intermediate.fresh_from AS fresh "  # noqa: S608 - names of our own
        "WHERE former.district_code = fresh.district_code AND former.position >= fresh.position "
        "AND former.position >= getvariable('fresh_position')"
    )
    warehouse.execute(
        f"INSERT INTO settled.{name} BY NAME SELECT computed.* FROM intermediate.{name} AS computed "  # noqa: S608
        "JOIN intermediate.fresh_from AS fresh "
        "ON fresh.district_code = computed.district_code AND computed.position >= fresh.position "
        "ORDER BY computed.position"
    )


def _keep_whole(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    warehouse.execute(f"DELETE FROM settled.{name}")  # noqa: S608 - names of our own
    warehouse.execute(f"INSERT INTO settled.{name} BY NAME FROM intermediate.{name}")


def _holds(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> bool:
    try:
        stamp = warehouse.execute("SELECT fingerprint FROM settled.stamp").fetchall()
    except duckdb.CatalogException:
        return False
    return stamp == [(_fingerprint(warehouse, settings),)]


def _hang_on_each_other(warehouse: duckdb.DuckDBPyConnection) -> bool:
    [(is_changed,)] = warehouse.execute("SELECT count(*) > 0 FROM register.unit_change").fetchall()
    [(is_stray,)] = warehouse.execute(_sql("stray")).fetchall()
    return bool(is_changed or is_stray)


def _fingerprint(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> str:
    """Of all that the tables rest on beside returns and the villages they register."""
    chosen = (settings.baseline_period, settings.baseline_as_of, settings.time_zone)
    tables = warehouse.execute(_sql("reference_table")).fetchall()
    reference = [warehouse.execute(_sql("content"), [f"reference.{name}"]).fetchall() for (name,) in tables]
    said = repr((duckdb.__version__, _program(), chosen, tables, reference))
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def _program() -> str:
    files = sorted(path for kind in ("*.py", "*.sql") for path in _HERE.rglob(kind))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _home(warehouse: duckdb.DuckDBPyConnection) -> str:
    [(home,)] = warehouse.execute("SELECT current_database()").fetchall()
    return str(home)


def _sql(name: str) -> str:
    return (_HERE / "settled" / f"{name}.sql").read_text(encoding="utf-8")
