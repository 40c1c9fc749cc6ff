"""The schedules of the deployed cycle: which of them rest or wake, when one was due and when one is next."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim
from prefect import get_run_logger
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.objects import DeploymentSchedule
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectNotFound

CYCLE = "cycle/cycle"
# Slugs of prefect.yaml: the daily catch-up while something remains, the hourly one while submissions wait.
CATCH_UP, WHILE_WAITING = "catch-up", "while-waiting"


async def set_schedule(slug: str, *, active: bool) -> None:
    """Wake or rest one schedule of the cycle; nothing happens where it is not deployed."""
    async with get_client() as client:
        for schedule in await cycle_schedules(client):
            if schedule.slug == slug and schedule.active != active and schedule.deployment_id is not None:
                await client.update_deployment_schedule(schedule.deployment_id, schedule.id, active=active)
                get_run_logger().info("%s: %s %s", CYCLE, slug, "resumed" if active else "paused")


async def next_cycle_due(clock: datetime) -> datetime | None:
    """When the deployed cycle is started next by the calendar; None where no schedule does.

    The hourly schedule is left out: it rests as soon as nothing waits.
    """
    async with get_client() as client:
        schedules = await cycle_schedules(client)
    return next_due([schedule for schedule in schedules if schedule.slug != WHILE_WAITING], clock)


async def cycle_schedules(client: PrefectClient) -> list[DeploymentSchedule]:
    """The schedules of the deployed cycle; none where it is not deployed."""
    try:
        deployment = await client.read_deployment_by_name(CYCLE)
    except ObjectNotFound:
        return []
    return list(deployment.schedules)


def next_due(schedules: list[DeploymentSchedule], clock: datetime) -> datetime | None:
    """When the first active cron schedule starts a cycle after `clock`; None when none does."""
    return min((next(ticks) for _, ticks in _active(schedules, clock)), default=None)


def last_due(schedules: list[DeploymentSchedule], clock: datetime) -> datetime | None:
    """When an active cron schedule last started a cycle before `clock`; None when none did.

    What lies before a schedule was made or woken does not count.
    """
    last = ((schedule, next(ticks)) for schedule, ticks in _active(schedules, clock, reverse=True))
    return max((tick for schedule, tick in last if _has_begun(schedule, tick)), default=None)


def _active(
    schedules: list[DeploymentSchedule], clock: datetime, *, reverse: bool = False
) -> Iterator[tuple[DeploymentSchedule, CronSim]]:
    for schedule in schedules:
        rule = schedule.schedule
        if schedule.active and isinstance(rule, CronSchedule):
            local = clock.astimezone(ZoneInfo(rule.timezone or "UTC"))
            yield schedule, CronSim(rule.cron, local, reverse=reverse)


def _has_begun(schedule: DeploymentSchedule, tick: datetime) -> bool:
    since = schedule.updated or schedule.created
    return since is None or tick >= since
