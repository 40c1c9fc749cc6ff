"""Ingest on arrival: a light look at the landing place that starts a cycle when something new lies there."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from prefect import flow, get_run_logger
from prefect.deployments import arun_deployment

from flows.given import moment_of, settings_for
from flows.schedules import CYCLE, WHILE_WAITING, set_schedule
from tasks.waiting import waiting


@flow(name="ingest-on-arrival", persist_result=False, timeout_seconds=300)
async def ingest_on_arrival(
    home: Path | None = None, inbox: str | None = None, now: datetime | None = None
) -> UUID | None:
    """Start a cycle when the landing place holds files that are not archived; return its flow run's id.

    No file is opened and no lock taken. The same new files start one cycle, however often one looks. While
    anything is unanswered the hourly schedule of the cycle is awake: it takes what a cycle that failed left.
    Raises FileNotFoundError when the landing place does not exist, OSError when it cannot be listed.
    """
    settings = settings_for(home, inbox)
    found = waiting(settings, moment_of(now, settings))
    get_run_logger().info("%d new, %d without a receipt", len(found.new), len(found.unanswered))
    await set_schedule(WHILE_WAITING, active=bool(found))
    if not found.new:
        return None
    given = {"home": str(home) if home else None, "inbox": inbox, "now": now and now.isoformat()}
    started = await arun_deployment(
        CYCLE, parameters=given, timeout=0, as_subflow=False, idempotency_key=f"arrival-{found.key}"
    )
    return started.id
