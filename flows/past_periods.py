"""The past periods of a backfill, each with the moment at which the monthly cycle would have taken it."""

from datetime import datetime, timedelta

from flows.published import open_published
from flows.wording import moment as in_words
from schemas.calendar import Calendar, Period
from schemas.rows import rows_of
from schemas.settings import Settings

_AFTER_DUE = timedelta(hours=6, seconds=1)  # 06:00 on the next day: `after-due-date` in prefect.yaml


class NotToBeTaken(ValueError):  # noqa: N818 - a judgement on what was asked for
    """The periods asked for cannot be taken one after another; the message says why and what to do."""


def usual_moments(
    settings: Settings, first: str, last: str, clock: datetime
) -> list[tuple[Period, datetime]]:
    """Each period from `first` to `last` and when its monthly cycle runs: 06:00 on the day after it was due.

    Periods that an earlier backfill of the same has released are left out.

    Raises NotToBeTaken when one of them is no period, when they are in the wrong order, before the baseline
    or not over at `clock`, or when what is published is already later: a release never goes back.
    """
    calendar = Calendar(settings)
    try:
        begin, end = calendar.parse(first), calendar.parse(last)
    except ValueError as wrong:
        raise NotToBeTaken(f"{wrong} (kỳ báo cáo không đúng dạng)") from wrong
    if end < begin:
        raise NotToBeTaken(f"{first}..{last}: kỳ cuối trước kỳ đầu / the last period lies before the first")
    if begin < calendar.baseline:
        raise NotToBeTaken(f"{first}: trước kỳ gốc {calendar.baseline} / before the baseline period")
    periods = [Period(ordinal, begin.months) for ordinal in range(begin.ordinal, end.ordinal + 1)]
    moments = [(period, calendar.due_at(period) + _AFTER_DUE) for period in periods]
    if moments[-1][1] > clock:
        raise NotToBeTaken(
            f"{end}: đến {in_words(moments[-1][1])} mới chạy được kỳ này / this period is not due before then"
        )
    return _not_taken_yet(settings, moments)


def _not_taken_yet(
    settings: Settings, moments: list[tuple[Period, datetime]]
) -> list[tuple[Period, datetime]]:
    if not settings.snapshot.exists():
        return moments
    with open_published(settings.snapshot) as reader:
        (release,) = rows_of(reader, "SELECT as_known_at FROM release")
    known_at: datetime = release["as_known_at"].replace(tzinfo=settings.zone)
    if known_at in [moment for _, moment in moments]:
        # A backfill that was broken off goes on where it was.
        return [(period, moment) for period, moment in moments if moment > known_at]
    period, first = moments[0]
    if known_at > first:
        raise NotToBeTaken(
            f"{period}: bản đã phát hành có số liệu đến {in_words(known_at)}, không được lùi lại trước đó; "
            "hãy chạy vào một thư mục khác bằng --home\n"
            f"What is published knows more than {in_words(first)} and never goes back: choose another --home"
        )
    return moments
