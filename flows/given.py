"""What the caller of a flow gives: a home, a landing place, a moment; and what stands in their place."""

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.calendar import Calendar, Period

if TYPE_CHECKING:  # brings pydantic, for which the words of a command need not wait
    from schemas.settings import Settings


def settings_for(home: Path | None = None, inbox: str | None = None) -> "Settings":
    """The settings of the environment, with `home` and `inbox` in place of theirs where given."""
    from schemas.settings import Settings

    chosen = {"home": home, "inbox": inbox}
    return Settings(**{name: value for name, value in chosen.items() if value is not None})  # type: ignore[arg-type]


def moment_of(now: datetime | None, settings: "Settings") -> datetime:
    """`now` in the office's time zone; without a zone it is taken as Hanoi's, and None as the clock's."""
    if now is None:
        return datetime.now(settings.zone)
    return now.replace(tzinfo=settings.zone) if now.tzinfo is None else now.astimezone(settings.zone)


def parse_moment(text: str, settings: "Settings") -> datetime:
    """Read `YYYY-MM-DD` (the end of that day) or an ISO date and time. Raises ValueError for other text."""
    given = datetime.fromisoformat(text)
    if "T" not in text and " " not in text.strip():
        given = datetime.combine(given.date(), time(23, 59, 59))
    return moment_of(given, settings)


def period_at(moment: datetime, settings: "Settings") -> str:
    """The name of the reporting period that `moment` lies in."""
    return str(Period.of(moment.astimezone(settings.zone).date(), Calendar(settings).months))
