"""The heartbeat: one small file that says how the last cycle began and ended, read by whoever watches."""

import json
import os
import socket
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from schemas.access import READERS_FILE
from schemas.settings import Settings

_MOMENTS = ("as_known_at", "started_at", "finished_at", "last_finished_at", "next_due")


class HeartbeatDamaged(ValueError):  # noqa: N818 - a state of the world
    """The file of the heartbeat is not what a cycle wrote."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            f"{settings.heartbeat} bị hỏng; chu kỳ sau ghi lại / is damaged; the next cycle writes it anew"
        )


@dataclass(frozen=True)
class Heartbeat:
    """The last cycle, all moments by the real clock but `as_known_at`, which is the cycle's `now`.

    `finished_at` and `outcome` are empty while it runs, and for ever when it was killed; `last_finished_at`
    is then the end of the one before. `next_due` is when a schedule starts the next, if one does.
    """

    run_id: str
    period: str
    pid: int
    host: str
    as_known_at: datetime
    started_at: datetime
    finished_at: datetime | None = None
    outcome: str | None = None
    last_finished_at: datetime | None = None
    next_due: datetime | None = None


def read_heartbeat(settings: Settings) -> Heartbeat | None:
    """The last heartbeat, None before the first cycle. Raises HeartbeatDamaged."""
    try:
        record = json.loads(settings.heartbeat.read_bytes())
        moments = {name: record[name] and datetime.fromisoformat(record[name]) for name in _MOMENTS}
        return Heartbeat(**{**record, **moments})
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, ValueError) as damaged:
        raise HeartbeatDamaged(settings) from damaged


def sound_heartbeat(settings: Settings) -> Heartbeat | None:
    """The last heartbeat; None also when it is damaged, which the watchman and the doctor tell of."""
    try:
        return read_heartbeat(settings)
    except HeartbeatDamaged:
        return None


def begin_heartbeat(
    settings: Settings, run_id: str, period: str, as_known_at: datetime, started_at: datetime
) -> Heartbeat:
    """Say that a cycle has begun; what is known of the last finished one is kept."""
    before = sound_heartbeat(settings)
    heartbeat = Heartbeat(
        run_id,
        period,
        os.getpid(),
        socket.gethostname(),
        as_known_at,
        started_at,
        last_finished_at=before.last_finished_at if before else None,
        next_due=before.next_due if before else None,
    )
    _write(settings, heartbeat)
    return heartbeat


def end_heartbeat(
    settings: Settings, begun: Heartbeat, finished_at: datetime, outcome: str, next_due: datetime | None
) -> None:
    """Say how the cycle ended. A `next_due` that is not known leaves the one that was."""
    _write(
        settings,
        replace(
            begun,
            finished_at=finished_at,
            outcome=outcome,
            last_finished_at=finished_at,
            next_due=next_due or begun.next_due,
        ),
    )


def _write(settings: Settings, heartbeat: Heartbeat) -> None:
    # Renamed into place once it is on the disk: whoever watches reads a whole record or the one before, and
    # so it is after a power cut.
    beside = settings.heartbeat.with_suffix(f".{heartbeat.pid}")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(asdict(heartbeat), file, default=datetime.isoformat, indent=1)
        file.flush()
        os.fchmod(file.fileno(), READERS_FILE)
        os.fsync(file.fileno())
    beside.replace(settings.heartbeat)
