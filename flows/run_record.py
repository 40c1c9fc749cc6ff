"""What is kept of a run: a line in the ledger, the heartbeat, the metrics; closed however the run ends.

A run that is killed leaves them open: the next one marks it as crashed and clears what it left half-built.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

import duckdb

from flows.given import period_at
from flows.report import CycleReport
from schemas.settings import Settings
from tasks.heartbeat import begin_heartbeat, end_heartbeat
from tasks.metrics import write_metrics
from tasks.stale_runs import mark_crashed, sweep_half_built, sweep_old_releases


@contextmanager
def recorded_run(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime
) -> Iterator[CycleReport]:
    """Open a run in ledger.run and hand out its report; close both however the block ends."""
    started = datetime.now(settings.zone)
    # The moment it speaks of, then what makes it unique: the engine may run the same flow run again.
    run_id = f"{now:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
    report = CycleReport(run_id, period_at(now, settings), now, started)
    report.recovered = mark_crashed(warehouse, started)
    sweep_half_built(settings)
    heartbeat = begin_heartbeat(settings, run_id, report.period, now, started)
    warehouse.execute(
        "INSERT INTO ledger.run (run_id, started_at, as_known_at) VALUES (?, ?, ?)", [run_id, started, now]
    )
    try:
        yield report
    finally:
        report.finished_at = datetime.now(settings.zone)
        _close(warehouse, settings, report)
        end_heartbeat(settings, heartbeat, report.finished_at, report.outcome, report.next_due)
        sweep_old_releases(settings, report.finished_at)
        write_metrics(settings, report.finished_at)


def _close(warehouse: duckdb.DuckDBPyConnection, settings: Settings, report: CycleReport) -> None:
    warehouse.execute(
        "UPDATE ledger.run SET finished_at = ?, outcome = ?, submissions = ? WHERE run_id = ?",
        [report.finished_at, report.outcome, len(report.outcomes), report.run_id],
    )
    report.write(settings)
