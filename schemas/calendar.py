"""Reporting periods: their names, their days, when a return is due and when the period locks."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # brings pydantic, for which the words of a command need not wait
    from schemas.settings import Settings

_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, order=True)
class Period:
    """A calendar month (`2021-03`) or quarter (`2021-Q1`); `ordinal` counts periods since year 0."""

    ordinal: int
    months: int = 1

    @classmethod
    def parse(cls, text: str, months: int = 1) -> "Period":
        """Read `YYYY-MM` (or `YYYY-Qn` for quarters). Raises ValueError for anything else."""
        pattern = r"(\d{4})-(0[1-9]|1[0-2])" if months == 1 else r"(\d{4})-Q([1-4])"
        match = re.fullmatch(pattern, text)
        if match is None:
            expected = "YYYY-MM" if months == 1 else "YYYY-Qn"
            raise ValueError(f"{text!r} is not a reporting period; write {expected}")
        return cls(int(match[1]) * (12 // months) + int(match[2]) - 1, months)

    @classmethod
    def of(cls, day: date, months: int = 1) -> "Period":
        """The period that `day` lies in."""
        return cls((day.year * 12 + day.month - 1) // months, months)

    def __str__(self) -> str:
        year, index = divmod(self.ordinal, 12 // self.months)
        return f"{year}-{index + 1:02d}" if self.months == 1 else f"{year}-Q{index + 1}"

    def __add__(self, periods: int) -> "Period":
        return Period(self.ordinal + periods, self.months)

    @property
    def starts_on(self) -> date:
        """First day of the period."""
        year, month = divmod(self.ordinal * self.months, 12)
        return date(year, month + 1, 1)

    @property
    def ends_on(self) -> date:
        """Last day of the period."""
        return (self + 1).starts_on - timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The reporting calendar that the settings describe."""

    settings: "Settings"

    @property
    def months(self) -> int:
        """Months in a period."""
        return 1 if self.settings.period_length == "month" else 3

    @property
    def baseline(self) -> Period:
        """The first period, whose `before` figures bind all later ones."""
        return self.parse(self.settings.baseline_period)

    def parse(self, text: str) -> Period:
        """Read a period name. Raises ValueError when malformed."""
        return Period.parse(text, self.months)

    def due_at(self, period: Period) -> datetime:
        """The last moment of an on-time return."""
        return self._moment(period, self.settings.due_day)

    def lock_at(self, period: Period) -> datetime:
        """The last moment at which a return is taken without a recorded exception."""
        return self._moment(period, self.settings.lock_day)

    def _moment(self, period: Period, day: int) -> datetime:
        following = (period + 1).starts_on.replace(day=day)
        return datetime.combine(following, _END_OF_DAY, tzinfo=self.settings.zone)

    def until(self, now: datetime) -> list[Period]:
        """Every period from the baseline to the one `now` lies in."""
        last = Period.of(now.astimezone(self.settings.zone).date(), self.months)
        return [Period(n, self.months) for n in range(self.baseline.ordinal, last.ordinal + 1)]
