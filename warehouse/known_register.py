"""The dated register: which units there were on which day, as known at a moment."""

from datetime import datetime
from pathlib import Path

import duckdb

from schemas.settings import Settings

_REGISTER_SQL = Path(__file__).parent / "register"
# Each may read those before it.
_TABLES = (
    *[
        "unit_change",
        "change_version",
        "district",
        "commune",
        "commune_succession",
        "village_place",
        "village",
    ],
    *["succession", "spell", "spell_origin", "spell_change", "reported_unit"],
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
    warehouse.execute("SET VARIABLE known_at = ?", [known_at])
    warehouse.execute("SET VARIABLE baseline_period = ?", [settings.baseline_period])
    warehouse.execute("SET VARIABLE baseline_as_of = ?", [settings.baseline_as_of])
    warehouse.execute("SET VARIABLE document_left_out = ?", [without_document])
    warehouse.execute("ATTACH IF NOT EXISTS ':memory:' AS register")
    for name in _TABLES:
        select = (_REGISTER_SQL / f"{name}.sql").read_text(encoding="utf-8")
        warehouse.execute(f"CREATE OR REPLACE TABLE register.{name} AS {select}")
