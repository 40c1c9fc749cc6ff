"""What waits to be taken: a look at landing place and archive that opens no file and needs no lock."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.settings import Settings
from tasks.landing import Landed
from tasks.receive import Arrival, archived_arrivals, new_in


@dataclass(frozen=True)
class Waiting:
    """Submissions that no cycle has dealt with.

    `new` lie in the landing place only; `unanswered` are archived without a receipt: a cycle is at them, or
    ended before it came to them.
    """

    new: list[Landed]
    unanswered: list[Arrival]

    def __bool__(self) -> bool:
        return bool(self.new or self.unanswered)

    @property
    def key(self) -> str:
        """The same for the same new files, however often one looks."""
        names = sorted(
            f"{file.district_code}/{file.file_name}|{file.received_at.isoformat()}|{file.size_bytes}"
            for file in self.new
        )
        return hashlib.sha256("\n".join(names).encode()).hexdigest()


def waiting(settings: Settings, now: datetime) -> Waiting:
    """Look once. A file younger than `settings.arrival_settles` seconds may still grow and is left for later.

    Raises FileNotFoundError when the landing place does not exist, OSError when it cannot be listed.
    """
    settled = now - timedelta(seconds=settings.arrival_settles)
    unanswered = [
        arrival
        for arrival in archived_arrivals(settings)
        if arrival.received_at <= now and not _receipt_exists(settings, arrival)
    ]
    return Waiting(new_in(settings, settled).files, unanswered)


def _receipt_exists(settings: Settings, arrival: Arrival) -> bool:
    return (settings.answers / arrival.district_code / f"{arrival.submission_id}.txt").exists()
