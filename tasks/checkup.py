"""The checks of `scheme21 doctor` that need no server: each says what it saw and how to mend it."""

import os
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
from pydantic import ValidationError

from schemas.published.snapshot import reading
from schemas.run_outcomes import BROKEN, REFUSED
from schemas.settings import Settings
from tasks.checkup_access import check_access
from tasks.checkup_alerts import check_channels, check_messages, check_watch
from tasks.checkup_damage import check_damaged
from tasks.checkup_result import Check, Level
from tasks.heartbeat import HeartbeatDamaged, read_heartbeat, sound_heartbeat
from tasks.lock import living_holder
from tasks.receive import archived_arrivals
from tasks.waiting import waiting
from tasks.watch import cycle_never_ran, cycle_stuck, outcome_of_last

_PREFIX = "SCHEME21_"
_SETTINGS = "cấu hình / settings"
CLOCKS_APART = timedelta(minutes=2)
SET_CLOCK = "bật đồng bộ giờ / synchronise the clock: timedatectl set-ntp true"
_OLD = timedelta(days=45)  # returns are monthly: by then something new was due
_GIGABYTE = 1_000_000_000
_MEND_DISK = "sửa quyền hoặc đĩa / mend its rights or disk"


def local_checks(settings: Settings, clock: datetime) -> list[Check]:
    """Every check that files, disk and environment can answer, in the order in which to read them."""
    checks = [check_settings()]
    home = check_home(settings)
    if home.level is Level.CRITICAL:
        return [*checks, home]
    return [
        *checks,
        home,
        check_access(settings),
        check_disk(settings),
        check_clock(settings, clock),
        check_inbox(settings, clock),
        check_archive(settings),
        check_damaged(settings),
        check_lock(settings, clock),
        check_last_cycle(settings),
        check_schedule(settings, clock),
        check_release(settings, clock),
        check_channels(settings),
        check_messages(settings, clock),
        check_watch(settings, clock),
    ]


def misread_settings(wrong: ValidationError) -> Check:
    """Settings that cannot be read leave nothing else to look at."""
    said = "; ".join(
        f"{_PREFIX}{'.'.join(map(str, error['loc'])).upper()}: {error['msg']}" for error in wrong.errors()
    )
    return Check(_SETTINGS, Level.CRITICAL, said, "sửa biến hoặc tệp .env / mend the variable or the .env")


def check_settings() -> Check:
    """A variable with our prefix that no setting has is a slip of the pen: it would be passed over."""
    known = {f"{_PREFIX}{name}".upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith(_PREFIX) and name not in known)
    if not unknown:
        return Check(_SETTINGS, Level.OK, "đọc được / read")
    return Check(
        _SETTINGS,
        Level.WARNING,
        f"biến không có trong cấu hình / no such setting: {', '.join(unknown)}",
        "sửa hoặc bỏ biến; danh sách ở / the list is in schemas/settings.py",
    )


def check_home(settings: Settings) -> Check:
    """The home must exist and take files."""
    name, home = "thư mục dữ liệu / home", settings.home.absolute()
    if not home.is_dir():
        return Check(
            name, Level.CRITICAL, f"không có / none: {home}", "đặt SCHEME21_HOME hoặc --home / set it"
        )
    return _writable(name, home)


def check_disk(settings: Settings) -> Check:
    """A cycle needs room for a candidate beside the release, and a rebuild for a second warehouse."""
    name, free = "đĩa / disk", shutil.disk_usage(settings.home).free
    needed = 2 * settings.warehouse.stat().st_size if settings.warehouse.exists() else 0
    saw = f"còn trống / free: {free / _GIGABYTE:.1f} GB"
    mend = "dọn đĩa hoặc giảm SCHEME21_RELEASES_KEPT / free some space or keep fewer releases"
    if free < needed:
        return Check(name, Level.CRITICAL, f"{saw}; cần / needed: {needed / _GIGABYTE:.1f} GB", mend)
    if free < settings.min_free_bytes:
        return Check(name, Level.WARNING, saw, mend)
    return Check(name, Level.OK, saw)


def check_clock(settings: Settings, clock: datetime) -> Check:
    """Deadlines hang on the clock: it must agree with the disk's, and nothing may have arrived after now."""
    name = "đồng hồ / clock"
    saw = f"{clock:%d/%m/%Y %H:%M:%S} {settings.time_zone}"
    try:
        of_disk = _time_of_disk(settings)
    except OSError as refused:
        return Check(name, Level.CRITICAL, f"{saw}; {settings.home}: {refused}", _MEND_DISK)
    if abs(of_disk - datetime.now(settings.zone)) > CLOCKS_APART:
        return Check(name, Level.CRITICAL, f"{saw}; đĩa / disk {of_disk:%d/%m/%Y %H:%M:%S}", SET_CLOCK)
    last = max((arrival.received_at for arrival in archived_arrivals(settings)), default=clock)
    if last > clock + CLOCKS_APART:
        late = f"{last:%d/%m/%Y %H:%M}"
        return Check(
            name, Level.WARNING, f"{saw}; có tệp đến sau giờ này / a file came later: {late}", SET_CLOCK
        )
    return Check(name, Level.OK, saw)


def check_inbox(settings: Settings, clock: datetime) -> Check:
    """The landing place must answer; what waits there is said."""
    name = "nơi nhận tệp / inbox"
    try:
        found = waiting(settings, clock)
    except (OSError, ImportError, ValueError) as unreachable:
        return Check(
            name,
            Level.CRITICAL,
            f"{settings.inbox_url}: {unreachable}",
            "tạo thư mục, sửa SCHEME21_INBOX hoặc cài trình điều khiển / create, set, or install its driver",
        )
    saw = f"{len(found.new)} tệp mới / new, {len(found.unanswered)} chưa trả lời / without a receipt"
    if found.unanswered:
        return Check(name, Level.WARNING, saw, "scheme21 run")
    return Check(name, Level.OK, saw)


def check_archive(settings: Settings) -> Check:
    """The archive must take files: what is not archived is not looked at."""
    name = "kho lưu / archive"
    if not settings.archive.exists():
        return Check(name, Level.OK, "chưa nhận tệp nào / nothing received yet")
    return _writable(name, settings.archive)


def check_lock(settings: Settings, clock: datetime) -> Check:
    """Who writes to the warehouse, and whether it takes too long."""
    name, holder = "khóa / lock", living_holder(settings)
    if holder is None:
        return Check(name, Level.OK, "không ai ghi / nobody writes")
    saw = f"{holder.what}: {holder.pid} @ {holder.host}, {holder.since:%d/%m/%Y %H:%M}"
    if cycle_stuck(settings, clock) is None:
        return Check(name, Level.OK, saw)
    return Check(
        name, Level.CRITICAL, saw, f"xem tiến trình; treo thì dừng / look, then end: kill {holder.pid}"
    )


def check_last_cycle(settings: Settings) -> Check:
    """How the last cycle ended."""
    name = "chu kỳ cuối / last cycle"
    try:
        heartbeat = read_heartbeat(settings)
    except HeartbeatDamaged as damaged:
        return Check(name, Level.CRITICAL, str(damaged), "scheme21 run")
    if heartbeat is None:
        return Check(name, Level.WARNING, "chưa có chu kỳ nào / none yet", "scheme21 run")
    outcome = outcome_of_last(settings, heartbeat)
    saw = f"{heartbeat.run_id}: {outcome or 'đang chạy / at work'}, {heartbeat.started_at:%d/%m/%Y %H:%M}"
    if outcome in BROKEN:
        return Check(
            name, Level.CRITICAL, saw, "xem nhật ký trong Prefect / read its log there, scheme21 run"
        )
    if outcome == REFUSED:
        quality = settings.runs / heartbeat.run_id / "quality.html"
        return Check(name, Level.CRITICAL, saw, f"cửa kiểm soát không cho / the gate refused: {quality}")
    return Check(name, Level.OK, saw)


def check_schedule(settings: Settings, clock: datetime) -> Check:
    """Whether a cycle ran when one was to be expected, and when the next one is."""
    name = "lịch / schedule"
    late = cycle_never_ran(settings, clock, None)
    if late is not None:
        return Check(
            name,
            Level.CRITICAL,
            f"không chạy từ / not since: {late.facts['since']}",
            "xem máy chủ Prefect và worker / look at server and worker; scheme21 run",
        )
    heartbeat = sound_heartbeat(settings)
    due = heartbeat.next_due if heartbeat is not None else None
    return Check(name, Level.OK, f"lần tới / next: {due:%d/%m/%Y %H:%M}" if due else "không có lịch / none")


def check_release(settings: Settings, clock: datetime) -> Check:
    """Whether what is published can be read, and how old it is."""
    name = "bản phát hành / release"
    if not settings.snapshot.exists():
        return Check(name, Level.WARNING, "chưa có / none yet", "scheme21 run")
    try:
        with reading(settings.snapshot) as reader:
            [(run_id, released_at, is_complete)] = reader.execute(
                "SELECT run_id, released_at, is_complete FROM release, completion"
            ).fetchall()
    except duckdb.Error as unreadable:
        mend = "khôi phục hoặc / restore it, or: scheme21 rebuild, scheme21 run"
        return Check(name, Level.CRITICAL, f"{settings.snapshot}: {unreadable}", mend)
    age = clock - released_at.replace(tzinfo=settings.zone)
    saw = f"{run_id}, {age.days} ngày trước / days ago"
    if age > _OLD and not is_complete:
        mend = "xem ai chưa nộp / see who has not reported: scheme21 status"
        return Check(name, Level.WARNING, f"{saw}; không có gì mới / nothing new", mend)
    return Check(name, Level.OK, saw)


def _writable(name: str, folder: Path) -> Check:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Check(name, Level.OK, f"{folder}")
    except OSError as refused:
        return Check(name, Level.CRITICAL, f"{folder}: {refused}", _MEND_DISK)


def _time_of_disk(settings: Settings) -> datetime:
    """When a file written now is dated by the disk of the home. Raises OSError when none can be written."""
    with tempfile.TemporaryFile(dir=settings.home) as touched:
        touched.write(b"0")
        touched.flush()
        return datetime.fromtimestamp(os.fstat(touched.fileno()).st_mtime, settings.zone)
