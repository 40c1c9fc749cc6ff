"""What gives cause for an alert, and what became of it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Condition:
    """That a cause of the catalogue holds for a subject now.

    `facts` are what its words name, ready to be printed. When `news` differs from what was told before, it is
    told again. `attachments` are files, relative to the home, that go to the district.
    """

    cause: str
    subject: str
    district_code: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    news: str | None = None
    attachments: tuple[str, ...] = ()
    is_simulated: bool = False


@dataclass(frozen=True)
class Change:
    """An alert that was opened, held on or closed (`change`); it carries nothing personal."""

    change: str
    alert_id: str
    cause: str
    subject: str
    district_code: str | None


@dataclass(frozen=True)
class Sent:
    """One message tried: to which audience over which channel, and what went wrong (None: nothing)."""

    message_id: str
    audience: str
    channel: str
    error: str | None


@dataclass(frozen=True)
class Raised:
    """What one evaluation came to.

    `passed_over` are the causes of which nothing was changed, for they were evaluated for a later moment
    already or the moment is yet to come.
    """

    changes: tuple[Change, ...] = ()
    sent: tuple[Sent, ...] = ()
    passed_over: tuple[str, ...] = ()

    def of(self, change: str) -> list[Change]:
        """The alerts that were `opened`, `held` or `closed`."""
        return [alert for alert in self.changes if alert.change == change]
