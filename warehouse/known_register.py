"""The dated register: which units there were on which day, as known at a moment."""

from datetime import datetime
from pathlib import Path

import duckdb

from schemas.settings import Settings

_REGISTER_SQL = Path(__file__).parent / "register"
# Each may read those before it.
_DISTRICTS = ("unit_change", "district", "district_name", "owed")
_UNITS = (
    *("change_version", "commune", "commune_succession", "commune_heir", "village_place", "village"),
    *("succession", "spell", "spell_origin", "spell_change", "division"),
)


def know_register(
    warehouse: duckdb.DuckDBPyConnection,
    known_at: datetime,
    settings: Settings,
    *,
    without_document: str | None = None,
) -> None:
    """Build the tables of `register` as known at `known_at`: what was accepted later is not there.

    `without_document` leaves one change document out, by its number. The tables lie in memory beside the
    warehouse, until it is closed. Sets the variables known_at, baseline_period and baseline_as_of.
    """
    know_districts(warehouse, known_at, settings, without_document=without_document)
    _create(warehouse, _UNITS)
    # Not a table: of which returns it is asked, whoever asks says; all of them are millions of rows.
    warehouse.execute(
        f"CREATE OR REPLACE MACRO register.reported_unit(returns) AS TABLE {_select('reported_unit')}"
    )


def know_open_petitions(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Build register.petition_closing beside what `know_register` built; it reads all petitions ever told."""
    _create(warehouse, ("petition_closing",))


def know_districts(
    warehouse: duckdb.DuckDBPyConnection,
    known_at: datetime,
    settings: Settings,
    *,
    without_document: str | None = None,
) -> None:
    """Build of the tables of `register` those of the districts only, as `know_register` does."""
    warehouse.execute("SET VARIABLE known_at = ?", [known_at])
    warehouse.execute("SET VARIABLE baseline_period = ?", [settings.baseline_period])
    warehouse.execute("SET VARIABLE baseline_as_of = ?", [settings.baseline_as_of])
    warehouse.execute("SET VARIABLE document_left_out = ?", [without_document])
    warehouse.execute("ATTACH IF NOT EXISTS ':memory:' AS register")
    _create(warehouse, _DISTRICTS)


def _create(warehouse: duckdb.DuckDBPyConnection, tables: tuple[str, ...]) -> None:
    for name in tables:
        warehouse.execute(f"CREATE OR REPLACE TABLE register.{name} AS {_select(name)}")


def _select(name: str) -> str:
    return (_REGISTER_SQL / f"{name}.sql").read_text(encoding="utf-8")
