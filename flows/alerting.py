"""Alerts as Prefect sees them: the cycle's last step, secrets from blocks, an event for whatever changed."""

import duckdb
from prefect import get_run_logger
from prefect.blocks.system import Secret
from prefect.events import emit_event
from pydantic import SecretStr

from flows.report import CycleReport
from flows.steps import Steps
from schemas.alerts import causes
from schemas.run_outcomes import REFUSED, UNTOLD
from schemas.settings import CHANNELS, Settings
from tasks.alert.condition import Change, Raised
from tasks.alert.ledger import AlertsBusy
from tasks.alert.recipients import SECRET_BLOCK
from tasks.alert.step import alert


async def tell(
    steps: Steps,
    warehouse: duckdb.DuckDBPyConnection,
    settings: Settings,
    report: CycleReport,
    *,
    silent: bool,
) -> None:
    """Tell districts, engineers and the Board what the cycle gives cause for; a silent one only notes it.

    Until that is done the report's outcome is `untold`, so that an error here is seen by whoever watches.
    """
    ended, report.outcome = report.outcome, UNTOLD
    raised: Raised | None = None
    try:
        raised = await steps.run(
            alert,
            warehouse,
            settings if silent else await with_secrets(settings),
            report.as_known_at,
            report.run_id,
            is_refused=ended == REFUSED,
            silent=silent,
            not_taken=report.not_taken,
        )
    except AlertsBusy as busy:
        # What is owed stays owed: the next cycle finds it again.
        get_run_logger().warning("%s", busy)
    report.outcome = ended
    if raised is not None and not silent:
        show(raised)


async def with_secrets(settings: Settings) -> Settings:
    """The settings, with the value of a Prefect Secret block in place of each `secret://<block name>`.

    A block that is not there leaves its audience without a channel, which is logged: it is owed its messages.
    """
    found: dict[str, SecretStr | None] = {}
    for name in CHANNELS:
        given: SecretStr | None = getattr(settings, name)
        if given is not None and given.get_secret_value().startswith(SECRET_BLOCK):
            found[name] = await _secret(name, given.get_secret_value().removeprefix(SECRET_BLOCK))
    return settings.model_copy(update=found)


def show(raised: Raised) -> None:
    """Emit an event for each alert opened or closed; log what was passed over or could not be delivered."""
    if raised.passed_over:
        get_run_logger().warning(
            "Không xét, vì thời điểm chạy ở tương lai hoặc đã xét cho thời điểm sau / "
            "passed over, for the moment is yet to come or a later one was evaluated already: %s",
            ", ".join(raised.passed_over),
        )
    for change in (*raised.of("opened"), *raised.of("closed")):
        emit_event(f"scheme21.alert.{change.change}", resource=_resource(change), payload=_payload(change))
    for sent in raised.sent:
        if sent.error:
            get_run_logger().warning("%s (%s): %s", sent.channel, sent.audience, sent.error)


def _resource(change: Change) -> dict[str, str]:
    cause = causes()[change.cause]
    # An identifier has no blanks; `.` parts what an automation's pattern may leave open.
    subject = change.subject.replace(" ", "-")
    return {
        "prefect.resource.id": f"scheme21.alert.{change.cause}.{subject}",
        "prefect.resource.name": f"{cause.vi} / {cause.en}: {change.subject}",
    }


def _payload(change: Change) -> dict[str, str | None]:
    cause = causes()[change.cause]
    return {
        "alert_id": change.alert_id,
        "cause": change.cause,
        "subject": change.subject,
        "district_code": change.district_code,
        "vi": cause.vi,
        "en": cause.en,
    }


async def _secret(setting: str, block: str) -> SecretStr | None:
    try:
        loaded: Secret[str] = await Secret.aload(block)
    except ValueError as missing:
        get_run_logger().error("SCHEME21_%s: %s", setting.upper(), missing)
        return None
    return SecretStr(loaded.get())
