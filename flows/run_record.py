"""The ledger's line on a run: opened when it starts, closed when it ends, left open when it is killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

import duckdb

from flows.given import period_at
from flows.report import CycleReport
from schemas.settings import Settings


@contextmanager
def recorded_run(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime
) -> Iterator[CycleReport]:
    """Open a run in ledger.run and hand out its report; close both however the block ends."""
    started = datetime.now(settings.zone)
    # The moment it speaks of, then what makes it unique: the engine may run the same flow run again.
    run_id = f"{now:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
    report = CycleReport(run_id, period_at(now, settings), now, started)
    warehouse.execute(
        "INSERT INTO ledger.run (run_id, started_at, as_known_at) VALUES (?, ?, ?)", [run_id, started, now]
    )
    try:
        yield report
    finally:
        _close(warehouse, settings, report)


def _close(warehouse: duckdb.DuckDBPyConnection, settings: Settings, report: CycleReport) -> None:
    report.finished_at = datetime.now(settings.zone)
    warehouse.execute(
        "UPDATE ledger.run SET finished_at = ?, outcome = ?, submissions = ? WHERE run_id = ?",
        [report.finished_at, report.outcome, len(report.outcomes), report.run_id],
    )
    report.write(settings)
