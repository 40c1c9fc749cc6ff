"""Granting exceptions: what a person asks for is held against register, calendar and gate, then recorded."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Literal

from schemas.calendar import Calendar, Period
from schemas.exceptions import PeriodException, Revocation, Waiver
from schemas.expectations import contract_of, expectations
from schemas.published.tables import TABLES
from schemas.settings import Settings
from tasks.exceptions import listed_exceptions, record_exception
from tasks.sharing import open_for_reading
from warehouse.connection import query
from warehouse.known_register import know_register

_VILLAGE_ID = re.compile(r"(?<=^[0-9]{5})-[0-9]+$")
# A commune that bears the code of another before it is told from that by its first day.
_COMMUNE_ID = re.compile(r"[^-]*(@[0-9]{4}-[0-9]{2}-[0-9]{2})?")


class NotGranted(ValueError):  # noqa: N818 - it is what a person asked for, not an error of ours
    """What was asked for cannot be granted; the text names what is wrong and the mend."""


@dataclass(frozen=True)
class Grounds:
    """Who decides, why, from when (the moment of the command) and through when.

    Raises NotGranted when a text is empty or the end has passed.
    """

    reason: str
    granted_by: str
    granted_at: datetime
    expires_at: datetime

    def __post_init__(self) -> None:
        need_words("--reason", self.reason)
        need_words("--by", self.granted_by)
        if self.expires_at <= self.granted_at:
            raise NotGranted(
                f"--until {_day(self.expires_at)}: đã qua, ghi một ngày ở sau / it is past, give a later day"
            )


def exempt(settings: Settings, district_code: str, period: str, grounds: Grounds) -> str:
    """Record that a district owes no return of `period` while this holds; return the exception's id.

    Raises NotGranted: no such district or period, or it would end before the return is due; WarehouseBusy.
    """
    chosen = _owed_period(settings, district_code, period, grounds.granted_at)
    due_at = Calendar(settings).due_at(chosen)
    if grounds.expires_at <= due_at:
        raise NotGranted(
            f"--until: kỳ {period} đến hạn {_day(due_at)}, ghi một ngày ở sau; trước đó không ai phải nộp. / "
            f"{period} is due {due_at:%Y-%m-%d}: give a later day, before it nothing is owed"
        )
    return _grant(settings, "exempt", district_code, chosen, grounds)


def reopen_period(settings: Settings, district_code: str, period: str, grounds: Grounds) -> str:
    """Record that a district's return of `period` is taken after the lock; return the exception's id.

    Raises NotGranted: no such district or period, or it would end before the period locks; WarehouseBusy.
    """
    chosen = _owed_period(settings, district_code, period, grounds.granted_at)
    lock_at = Calendar(settings).lock_at(chosen)
    if grounds.expires_at <= lock_at:
        raise NotGranted(
            f"--until: kỳ {period} khóa lúc {_day(lock_at)}, ghi một ngày ở sau; trước đó vẫn nhận tệp. / "
            f"{period} locks on {lock_at:%Y-%m-%d}: give a later day, before it returns are taken anyway"
        )
    return _grant(settings, "late_return", district_code, chosen, grounds)


def waive(
    settings: Settings, expectation: str, district_code: str | None, unit_id: str | None, grounds: Grounds
) -> str:
    """Record that an expectation of the gate may fail, everywhere or in one place; return the exception's id.

    Raises NotGranted: no such expectation, district or unit, or both a district and a unit; WarehouseBusy.
    """
    names = expectation_names()
    if expectation not in names:
        raise NotGranted(f"{expectation}: không có kỳ vọng này / no such expectation: {', '.join(names)}")
    if district_code is not None and unit_id is not None:
        raise NotGranted("--district, --unit: chỉ ghi một / give one of the two")
    if district_code is not None:
        _need_listed(settings, "district", district_code, grounds.granted_at)
    if unit_id is not None:
        _need_unit(settings, unit_id, grounds.granted_at)
    return record_exception(
        settings,
        Waiver(expectation=expectation, district_code=district_code, unit_id=unit_id, **asdict(grounds)),
    )


def revoke(settings: Settings, exception_id: str, reason: str, revoked_by: str, now: datetime) -> str:
    """Record that an exception ends at `now`; return the id of that record.

    Raises NotGranted: no such exception, or it has ended already.
    """
    need_words("--reason", reason)
    need_words("--by", revoked_by)
    states = {str(row["exception_id"]): row["state"] for row in listed_exceptions(settings, now)}
    if exception_id not in states:
        raise NotGranted(
            f"{exception_id}: không có ngoại lệ này, xem scheme21 exceptions / no such exception"
        )
    if states[exception_id] != "in_force":
        raise NotGranted(f"{exception_id}: đã hết hiệu lực / has ended already ({states[exception_id]})")
    return record_exception(
        settings,
        Revocation(exception_id=exception_id, reason=reason, revoked_by=revoked_by, revoked_at=now),
    )


def need_words(option: str, text: str) -> None:
    """Raise NotGranted when `text` says nothing."""
    if not text.strip():
        raise NotGranted(f"{option}: không được bỏ trống / must not be empty")


def expectation_names() -> list[str]:
    """Every expectation that can be waived, as the quality page names them."""
    return [e.name for e in expectations()] + [contract_of(table.name).name for table in TABLES]


def _grant(
    settings: Settings,
    kind: Literal["exempt", "late_return"],
    district_code: str,
    period: Period,
    grounds: Grounds,
) -> str:
    granted = PeriodException(kind=kind, district_code=district_code, period=str(period), **asdict(grounds))
    return record_exception(settings, granted)


def _owed_period(settings: Settings, district_code: str, text: str, known_at: datetime) -> Period:
    # A period that some district owes and that has a place in the calendar, even if it lies ahead.
    calendar = Calendar(settings)
    try:
        period = calendar.parse(text)
    except ValueError as wrong:
        raise NotGranted(
            f"{text!r}: kỳ viết dạng năm-tháng, ví dụ / a period is like {calendar.baseline}"
        ) from wrong
    if period < calendar.baseline:
        raise NotGranted(f"{text}: trước kỳ gốc / before the baseline {calendar.baseline}")
    _need_listed(settings, "district", district_code, known_at, period.ends_on)
    return period


def _need_unit(settings: Settings, unit_id: str, known_at: datetime) -> None:
    # A village's id begins with the code of its first commune; one not reported yet may be named too.
    commune = _VILLAGE_ID.sub("", unit_id)
    if not _COMMUNE_ID.fullmatch(commune):
        raise NotGranted(f"{unit_id}: mã viết như / an id is like 00091 or 00091-002")
    _need_listed(settings, "commune", commune, known_at)


def _need_listed(
    settings: Settings, level: str, code: str, known_at: datetime, day: date | None = None
) -> None:
    with open_for_reading(settings, "exceptions") as warehouse:
        know_register(warehouse, known_at, settings)
        spans = warehouse.execute(query(f"registered_{level}"), [code]).fetchall()
    if not spans:
        raise NotGranted(f"{code}: không có mã này trong danh mục / no such {level} in the register")
    if day is not None and not any(first <= day <= last for first, last in spans):
        raise NotGranted(
            f"{code}: không có trong danh mục ngày {_day(day)} / not in the register on that day"
        )


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
