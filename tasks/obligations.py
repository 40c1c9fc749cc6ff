"""What is owed: one obligation a district and period, opened before any file arrives; and the exceptions."""

from datetime import datetime

import duckdb
import pandas as pd

from schemas.calendar import Calendar
from schemas.settings import Settings
from tasks.exceptions import load_exceptions
from warehouse.connection import query


def open_obligations(warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime) -> int:
    """Open every period from the baseline to `now` and its obligations; return how many are new.

    A row is there for each district that the register has, or by some document had, on the period's last day
    and is never taken away; which of them are owed is told by register.owed, as known at a moment. What was
    excepted by `now` is copied from the archive. Raises DamagedRecord.
    """
    load_exceptions(warehouse, settings, now)
    _open_periods(warehouse, settings, now)
    opened = warehouse.execute(query("open_obligations")).fetchone()
    return int(opened[0]) if opened else 0


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
