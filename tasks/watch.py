"""Watching the cycles from outside: what failed, what is stuck, what never ran.

From small files only: a cycle that holds the warehouse cannot keep it from being seen.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.calendar import Calendar, Period
from schemas.run_outcomes import BROKEN, CRASHED, FAILED, UNTOLD
from schemas.settings import Settings
from tasks.alert.condition import Condition, Raised
from tasks.alert.raise_alerts import raise_alerts
from tasks.heartbeat import Heartbeat, HeartbeatDamaged, read_heartbeat, sound_heartbeat
from tasks.lock import living_holder
from tasks.metrics import write_metrics

CAUSES = ("cycle_failed", "cycle_stuck", "cycle_never_ran")
_SUBJECT = "cycle"


@dataclass(frozen=True)
class Seen:
    """What holds, and which alerts that opened, closed or sent."""

    conditions: list[Condition]
    raised: Raised


def conditions(settings: Settings, clock: datetime, last_due: datetime | None) -> list[Condition]:
    """Which of CAUSES hold at `clock`; `last_due` is when a schedule last started a cycle, None: unknown."""
    found = (
        cycle_failed(settings),
        cycle_stuck(settings, clock),
        cycle_never_ran(settings, clock, last_due),
    )
    return [condition for condition in found if condition is not None]


def look(settings: Settings, clock: datetime, last_due: datetime | None) -> Seen:
    """Raise or close the alerts of CAUSES and write the metrics. Raises AlertsBusy."""
    found = conditions(settings, clock, last_due)
    heartbeat = sound_heartbeat(settings)
    has_crashed = heartbeat is not None and outcome_of_last(settings, heartbeat) == CRASHED
    try:
        return Seen(found, raise_alerts(settings, clock, CAUSES, found))
    finally:
        write_metrics(settings, clock, has_crashed=has_crashed)


def outcome_of_last(settings: Settings, heartbeat: Heartbeat) -> str | None:
    """How the last cycle ended: as it said; crashed when it said nothing and nobody writes; None at work."""
    if heartbeat.finished_at is None and living_holder(settings) is None:
        return CRASHED
    return heartbeat.outcome


def cycle_failed(settings: Settings) -> Condition | None:
    """The last cycle ended by an error or was killed, or its heartbeat is damaged, so that nobody can tell.

    A refusal of the gate is a cause of its own.
    """
    try:
        heartbeat = read_heartbeat(settings)
    except HeartbeatDamaged:
        return _damaged(settings)
    outcome = heartbeat and outcome_of_last(settings, heartbeat)
    if heartbeat is None or outcome not in BROKEN:
        return None
    vi, en = {
        FAILED: ("dừng vì lỗi", "ended by an error"),
        UNTOLD: (
            "các bảng đã xử lý xong, nhưng bước gửi thông báo dừng vì lỗi",
            "the tables were dealt with, but the step that alerts ended by an error",
        ),
        CRASHED: ("tiến trình bị tắt giữa chừng", "its process was killed"),
    }[outcome]
    return _condition("cycle_failed", heartbeat.started_at, f"{vi}.", f"{en}.", run_id=heartbeat.run_id)


def cycle_stuck(settings: Settings, clock: datetime) -> Condition | None:
    """Who holds the warehouse has held it for longer than `settings.stuck_after`."""
    holder = living_holder(settings)
    if holder is None or clock - holder.since < timedelta(seconds=settings.stuck_after):
        return None
    return _condition(
        "cycle_stuck",
        holder.since,
        f"tiến trình {holder.pid} trên máy {holder.host} giữ kho dữ liệu ({holder.what}).",
        f"process {holder.pid} on {holder.host} holds the warehouse ({holder.what}).",
    )


def cycle_never_ran(settings: Settings, clock: datetime, last_due: datetime | None) -> Condition | None:
    """No cycle has ended since one was due, `settings.late_after` seconds ago or more, and none is at it."""
    due = last_due or expected_since(settings, clock)
    if due is None or clock - due < timedelta(seconds=settings.late_after) or living_holder(settings):
        return None
    heartbeat = sound_heartbeat(settings)
    ended = heartbeat.last_finished_at if heartbeat is not None else None
    if ended is not None and ended >= due:
        return None
    return _condition(
        "cycle_never_ran",
        due,
        "chưa có chu kỳ nào chạy xong kể từ lịch này.",
        "no cycle has ended since this was due.",
    )


def expected_since(settings: Settings, clock: datetime) -> datetime | None:
    """When a cycle was last to be expected as far as files tell; None before the first one.

    That is what the last one announced, once it has passed; without a schedule the last due date of a return.
    """
    heartbeat = sound_heartbeat(settings)
    if heartbeat is None:
        return None
    if heartbeat.next_due is not None:
        return heartbeat.next_due if heartbeat.next_due <= clock else None
    calendar = Calendar(settings)
    period = Period.of(clock.astimezone(settings.zone).date(), calendar.months)
    dues = [calendar.due_at(Period(period.ordinal - back, period.months)) for back in (1, 2)]
    return max(due for due in dues if due <= clock)


def _damaged(settings: Settings) -> Condition:
    name = settings.heartbeat.name
    touched = datetime.fromtimestamp(settings.heartbeat.stat().st_mtime, settings.zone)
    return _condition(
        "cycle_failed",
        touched,
        f"{name} bị hỏng, không rõ chu kỳ cuối kết thúc ra sao.",
        f"{name} is damaged: how the last cycle ended is not known.",
        run_id="không rõ / unknown",
    )


def _condition(cause: str, since: datetime, vi: str, en: str, **more: str) -> Condition:
    facts = {"since": f"{since:%d/%m/%Y %H:%M}", "detail_vi": vi, "detail_en": en, **more}
    return Condition(cause, _SUBJECT, facts=facts)
