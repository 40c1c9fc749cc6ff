"""The heartbeat: one small file that says how the last cycle began and ended, read by whoever watches."""

import json
import os
import socket
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from schemas.settings import Settings

_MOMENTS = ("as_known_at", "started_at", "finished_at", "last_finished_at", "next_due")


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
    """The last heartbeat, None before the first cycle. Raises ValueError when the file is damaged."""
    try:
        record = json.loads(settings.heartbeat.read_bytes())
        moments = {name: record[name] and datetime.fromisoformat(record[name]) for name in _MOMENTS}
        return Heartbeat(**{**record, **moments})
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, ValueError) as damaged:
        raise ValueError(
            f"{settings.heartbeat} is damaged ({damaged}); the next cycle writes it anew"
        ) from damaged


def begin_heartbeat(
    settings: Settings, run_id: str, period: str, as_known_at: datetime, started_at: datetime
) -> Heartbeat:
    """Say that a cycle has begun; what is known of the last finished one is kept."""
    before = _before(settings)
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


def _before(settings: Settings) -> Heartbeat | None:
    try:
        return read_heartbeat(settings)
    except ValueError:
        return None  # a damaged one is about to be written anew


def _write(settings: Settings, heartbeat: Heartbeat) -> None:
    # Renamed into place: whoever watches reads a whole record or the one before.
    beside = settings.heartbeat.with_suffix(f".{heartbeat.pid}")
    beside.write_text(json.dumps(asdict(heartbeat), default=datetime.isoformat, indent=1), encoding="utf-8")
    beside.replace(settings.heartbeat)
