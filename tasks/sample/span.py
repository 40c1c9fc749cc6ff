"""The periods a simulation covers, and the day the figures of each speak of."""

from dataclasses import dataclass
from datetime import date

from schemas.calendar import Calendar, Period
from schemas.settings import Settings


@dataclass(frozen=True)
class Span:
    """Consecutive reporting periods; 0 is the one the simulated city starts in."""

    periods: tuple[Period, ...]
    calendar: Calendar

    @classmethod
    def between(cls, first: str, last: str) -> "Span":
        """The span of `first` to `last`, both `YYYY-MM`.

        Raises ValueError when it has fewer than two periods or starts before the baseline.
        """
        # The simulated city is that of the published figures, whatever an office has set for its own.
        calendar = Calendar(
            Settings.model_construct(baseline_period="2021-03", baseline_as_of=date(2021, 3, 24))
        )
        start, end = calendar.parse(first), calendar.parse(last)
        if start < calendar.baseline:
            raise ValueError(f"{first} lies before the baseline {calendar.baseline}")
        periods = tuple(Period(n) for n in range(start.ordinal, end.ordinal + 1))
        if len(periods) < 2:
            raise ValueError(f"{first} to {last} has fewer than two periods; a countdown needs two")
        return cls(periods, calendar)

    def __len__(self) -> int:
        return len(self.periods)

    @property
    def last(self) -> int:
        """The index of the last period, in which nothing remains."""
        return len(self.periods) - 1

    def as_of(self, index: int) -> date:
        """The day the figures of the period speak of."""
        period = self.periods[index]
        is_baseline = period == self.calendar.baseline
        return self.calendar.settings.baseline_as_of if is_baseline else period.ends_on
