"""The checks of `scheme21 doctor` on alerts: whether one can reach anyone, does, and is looked for at all."""

from datetime import datetime, timedelta

import duckdb

from schemas.settings import CHANNELS, Settings
from tasks.alert.ledger import AlertsBusy
from tasks.alert.standing import standing
from tasks.checkup_result import Check, Level

_UNWATCHED = timedelta(hours=1)  # the watchman comes every ten minutes


def check_channels(settings: Settings) -> Check:
    """Whether an alert can reach anyone."""
    name = "kênh báo / alerts"
    missing = [f"SCHEME21_{field.upper()}" for field in CHANNELS if getattr(settings, field) is None]
    if not missing:
        return Check(name, Level.OK, "đã đặt / set")
    return Check(name, Level.WARNING, f"chưa đặt / not set: {', '.join(missing)}", "đặt biến / set them")


def check_messages(settings: Settings, clock: datetime) -> Check:
    """Whether the ledger of alerts can be read, and what has waited in it for more than a day."""
    name = "thông báo / messages"
    try:
        found = standing(settings, clock)
    except AlertsBusy:
        return Check(name, Level.OK, "đang gửi / being sent")
    except duckdb.Error as unreadable:
        mend = "khôi phục từ bản sao lưu / restore it from the backup: docs/operations.md"
        return Check(name, Level.CRITICAL, f"{settings.alerts}: {unreadable}", mend)
    if found is None:
        return Check(name, Level.OK, "chưa có / none yet")
    if found.waiting:
        saw = f"chưa gửi được quá một ngày / not sent for over a day: {found.waiting}"
        return Check(
            name, Level.WARNING, saw, "xem lý do, sửa kênh / see why, mend the channel: scheme21 alerts"
        )
    return Check(name, Level.OK, "không có gì chờ lâu / nothing waits for long")


def check_watch(settings: Settings, clock: datetime) -> Check:
    """When the watchman last came: without one nobody is told of a cycle that is stuck or never ran."""
    name = "canh chừng / watch"
    try:
        found = standing(settings, clock)
    except (AlertsBusy, duckdb.Error):
        return Check(name, Level.OK, "xem thông báo / see messages")
    last = found.watched_at if found is not None else None
    saw = f"lần cuối / last: {last:%d/%m/%Y %H:%M}" if last else "chưa từng / never"
    if last is None or clock - last > _UNWATCHED:
        mend = "đặt lịch scheme21 watch mỗi 10 phút / schedule it every ten minutes: docs/operations.md"
        return Check(name, Level.WARNING, saw, mend)
    return Check(name, Level.OK, saw)
