"""The watchman: gives up runs whose process is gone, tells of cycles that failed, are stuck or never ran."""

from datetime import datetime
from pathlib import Path

from prefect import flow, get_run_logger
from prefect.client.orchestration import get_client

from flows.alerting import show, with_secrets
from flows.given import settings_for
from flows.schedules import cycle_schedules, last_due
from flows.stale_flow_runs import give_up_stale_runs
from tasks.watch import Seen, look


@flow(name="watch", persist_result=False, timeout_seconds=300)
async def watch(home: Path | None = None) -> Seen:
    """Mark stale runs as crashed, raise or close the alerts of operation, write the metrics; say what is.

    Needs no lock and no warehouse, so that a cycle that is stuck cannot keep it from saying so.
    """
    settings = await with_secrets(settings_for(home))
    clock = datetime.now(settings.zone)
    for run in await give_up_stale_runs(clock):
        get_run_logger().warning("%s: marked as crashed", run.name)
    async with get_client() as client:
        due = last_due(await cycle_schedules(client), clock)
    seen = look(settings, clock, due)
    for condition in seen.conditions:
        get_run_logger().warning("%s: %s", condition.cause, condition.facts["detail_en"])
    show(seen.raised)
    return seen
