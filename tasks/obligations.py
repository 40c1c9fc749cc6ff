"""What is owed: one obligation a district and period, opened before any file arrives; and the exceptions."""

from datetime import datetime

import duckdb
import pandas as pd

from schemas.calendar import Calendar
from schemas.settings import Settings
from tasks.exceptions import load_exceptions
from warehouse.known_register import know_register


def open_obligations(warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime) -> int:
    """Open every period from the baseline to `now` and its obligations; return how many are new.

    A district owes a return for each period in which the register knows it; what was excepted by `now` is
    copied from the archive. Raises DamagedRecord.
    """
    load_exceptions(warehouse, settings, now)
    _open_periods(warehouse, settings, now)
    know_register(warehouse, now, settings)
    _drop_what_is_not_owed(warehouse)
    opened = warehouse.execute(
        """
        INSERT OR IGNORE INTO ledger.obligation
        SELECT district.district_code, period.period, period.due_at, period.lock_at
        FROM core.period AS period
        JOIN register.district AS district
          ON period.starts_on BETWEEN district.valid_from AND coalesce(district.valid_to, DATE '9999-12-31')
        """
    ).fetchone()
    return int(opened[0]) if opened else 0


def _drop_what_is_not_owed(warehouse: duckdb.DuckDBPyConnection) -> None:
    # A district that was dissolved owes nothing after that, also where that was only learnt later.
    warehouse.execute(
        """
        DELETE FROM ledger.obligation AS obligation
        USING core.period AS period
        WHERE period.period = obligation.period
          AND NOT EXISTS (
            FROM register.district AS district
            WHERE district.district_code = obligation.district_code
              AND period.starts_on >= district.valid_from
              AND period.starts_on <= coalesce(district.valid_to, DATE '9999-12-31')
          )
        """
    )


def _open_periods(warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime) -> None:
    calendar = Calendar(settings)
    periods = pd.DataFrame(
        [
            (
                str(p),
                n,
                p.starts_on,
                p.ends_on,
                calendar.due_at(p).isoformat(),
                calendar.lock_at(p).isoformat(),
            )
            for n, p in enumerate(calendar.until(now))
        ],
        columns=["period", "position", "starts_on", "ends_on", "due_at", "lock_at"],
    )
    if periods.empty:
        return
    warehouse.register("opened_period", periods)
    warehouse.execute("INSERT OR IGNORE INTO core.period SELECT * FROM opened_period")
    warehouse.unregister("opened_period")
