"""The reminding flow: who has not reported is told before and after the due date."""

from datetime import datetime
from pathlib import Path

from prefect import flow, get_run_logger

from flows.alerting import show, with_secrets
from flows.given import moment_of, settings_for
from flows.storage import UNUSED_STORAGE
from schemas.access import owners_files
from tasks.remind import Reminded
from tasks.remind import remind as remind_districts
from tasks.sharing import newest_warehouse


@flow(name="remind", persist_result=False, result_storage=UNUSED_STORAGE)
async def remind(
    home: Path | None = None,
    inbox: str | None = None,
    now: datetime | None = None,
    days_before: int | None = None,
    days_after: int | None = None,
) -> Reminded:
    """Remind whoever has not reported as of `now`; the days stand in place of the settings' where given.

    Raises WarehouseBusy, AlertsBusy, FileNotFoundError when the landing place does not exist.
    """
    settings = await with_secrets(settings_for(home, inbox))
    given = {"remind_days_before": days_before, "remind_days_after": days_after}
    settings = settings.model_copy(update={name: days for name, days in given.items() if days is not None})
    with owners_files(), newest_warehouse(settings, "remind") as warehouse:
        reminded = remind_districts(warehouse, settings, moment_of(now, settings))
    show(reminded.raised)
    get_run_logger().info("unreported: %s; sent: %s", len(reminded.unreported), len(reminded.raised.sent))
    return reminded
