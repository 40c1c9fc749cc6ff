"""Which picture of the city the tables draw: of what moment, and from what was known by when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Picture:
    """The city at the moment `as_of`, drawn from what was taken in by `known_at`.

    What is due, overdue or excepted is judged at `as_of`. With `through` no later period is tracked, and of
    what arrived after `as_of` only what speaks of periods up to it. The SQL sees the three as variables.
    """

    known_at: datetime
    as_of: datetime
    through: str | None = None

    @classmethod
    def at(cls, now: datetime) -> "Picture":
        """The picture that a cycle publishes: its `now` is both moments."""
        return cls(known_at=now, as_of=now)
