"""When the returns arrive: on time, late, again after a correction, or not at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from tasks.sample.chance import stream
from tasks.sample.city import City
from tasks.sample.countdown import Countdown
from tasks.sample.span import Span

_WORKING_HOURS = (8, 17)


@dataclass(frozen=True)
class Delivery:
    """One file to arrive: the return of a district for the period `index`.

    `occasion` is on_time, late, draft (a return that is soon corrected) or resubmission.
    """

    district_code: str
    index: int
    seq: int
    received_at: datetime
    occasion: str


@dataclass(frozen=True)
class Arrivals:
    """Every delivery, in the order of arrival, and the one return that never came."""

    deliveries: list[Delivery]
    missing: tuple[str, int] | None


def plan_arrivals(seed: int, city: City, countdown: Countdown, span: Span) -> Arrivals:
    """Plan the deliveries: every district reports every period, but for one in one middle period.

    About one return in fifty is late but before the lock; three are corrected by a second one. The first and
    the last period are complete.
    """
    chance = stream(seed, "arrivals")
    missing = _choose_missing(chance, countdown, span)
    codes = list(city.districts["district_code"])
    returns = [(code, index) for index in range(len(span)) for code in codes if (code, index) != missing]
    corrected = [_choose(chance, returns, index) for index in sorted({0, span.last // 2, span.last})]
    rest = [one for one in returns if one not in corrected]
    late = {_choose(chance, rest, index) for index in range(0, len(span), 2)} | {_choose(chance, rest, None)}
    planned = []
    for code, index in returns:
        occasion = "late" if (code, index) in late else "draft" if (code, index) in corrected else "on_time"
        planned += _deliver(chance, code, index, occasion, span)
    return Arrivals(sorted(planned, key=lambda d: (d.received_at, d.district_code)), missing)


def _choose_missing(chance: np.random.Generator, countdown: Countdown, span: Span) -> tuple[str, int] | None:
    """A district with something outstanding in a middle period, but not one whose unit opens again."""
    if span.last < 2:
        return None
    index = min(span.last // 2 + 1, span.last - 1)
    reopened = set(countdown.units.loc[countdown.units["opens"] > 0, "district_code"])
    candidates = sorted(set(countdown.outstanding_in(index)["district_code"]) - reopened)
    return (str(chance.choice(candidates)), index) if candidates else None


def _choose(
    chance: np.random.Generator, returns: list[tuple[str, int]], index: int | None
) -> tuple[str, int]:
    candidates = [one for one in returns if index is None or one[1] == index]
    return candidates[chance.integers(len(candidates))]


def _deliver(chance: np.random.Generator, code: str, index: int, occasion: str, span: Span) -> list[Delivery]:
    days = {"on_time": (1, 6), "draft": (1, 4), "late": (6, 16)}[occasion]
    first = arrival_on(chance, span, index, *days)
    delivered = [Delivery(code, index, 1, first, occasion)]
    if occasion == "draft":
        again = first + timedelta(days=int(chance.integers(1, 6)), minutes=int(chance.integers(1, 50)))
        delivered.append(Delivery(code, index, 2, again, "resubmission"))
    return delivered


def arrival_on(
    chance: np.random.Generator, span: Span, index: int, first_day: int, before_day: int
) -> datetime:
    """A moment of office hours, on a day of the month after the period, `first_day` ≤ day < `before_day`."""
    day = (span.periods[index] + 1).starts_on + timedelta(
        days=int(chance.integers(first_day, before_day)) - 1
    )
    hour, minute, second = (
        int(n) for n in chance.integers([_WORKING_HOURS[0], 0, 0], [_WORKING_HOURS[1], 60, 60])
    )
    zone = span.calendar.settings.zone
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
