"""The watchman: gives up runs whose process is gone, tells of cycles that failed, are stuck or never ran."""

from datetime import datetime
from pathlib import Path

from prefect import flow, get_run_logger
from prefect.client.orchestration import get_client

from flows.given import settings_for
from flows.schedules import cycle_schedules, last_due
from flows.stale_flow_runs import give_up_stale_runs
from tasks.alert.condition import Condition
from tasks.watch import look


@flow(name="watch", persist_result=False, timeout_seconds=300)
async def watch(home: Path | None = None) -> list[Condition]:
    """Mark stale runs as crashed, raise or close the alerts of operation, write the metrics; say what holds.

    Needs no lock and no warehouse, so that a cycle that is stuck cannot keep it from saying so.
    """
    settings = settings_for(home)
    clock = datetime.now(settings.zone)
    for run in await give_up_stale_runs(clock):
        get_run_logger().warning("%s: marked as crashed", run.name)
    async with get_client() as client:
        due = last_due(await cycle_schedules(client), clock)
    return look(settings, clock, due)
