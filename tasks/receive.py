"""Receiving: every new landing file is archived by its SHA-256 before anything looks inside it."""

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import fsspec

from schemas.settings import Settings
from tasks.landed_content import NotReadError, chunks
from tasks.landing import Landed, Landing, NotTaken, below, look
from tasks.stores import open_store
from tasks.whole_file import put, write_chunks, write_whole

# Where the file that is being read is copied to; one that a killed cycle left is written over.
INCOMING = ".incoming"


@dataclass(frozen=True)
class Arrival:
    """One file as it lay in the landing place; `received_at` is the store's modification time.

    `known_at` is the `now` of the run that took it in: a file that was noticed late was not known before.
    `sha256` is of the bytes that are kept: of a file beyond `settings.max_file_bytes` so many and one more.
    """

    district_code: str
    file_name: str
    received_at: datetime
    sha256: str
    size_bytes: int
    known_at: datetime

    @cached_property
    def submission_id(self) -> str:
        """`<district>-<day received>-<8 hex>`: the same for the same arrival, whenever it is computed."""
        identity = f"{self.district_code}/{self.file_name}|{self.received_at.isoformat()}|{self.sha256}"
        digest = hashlib.sha256(identity.encode()).hexdigest()[:8]
        return f"{self.district_code or 'none'}-{self.received_at:%Y%m%d}-{digest}"


@dataclass(frozen=True)
class Received:
    """What a look at the landing place brought: `arrivals` in the order received, and all that was left."""

    arrivals: list[Arrival]
    not_taken: list[NotTaken]


class ArchiveDamaged(ValueError):  # noqa: N818 - a state of the world
    """A file of the archive is not what was written: only a backup has it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Tệp trong kho lưu bị hỏng: {path}. Lấy lại tệp này từ bản sao lưu rồi chạy lại.\n"
            f"A file of the archive is damaged: {path}. Restore it from the backup and run again."
        )


def receive(settings: Settings, now: datetime) -> Received:
    """Archive every landing file with `received_at <= now` that is not archived yet.

    Waits until the youngest has lain still for `settings.arrival_settles` seconds; one that changes all the
    same is left for the next cycle. Raises FileNotFoundError when the landing place does not exist, OSError
    when it cannot be read or the archive cannot be written.
    """
    landing = new_in(settings, now)
    _let_settle(settings, landing)
    store, root = open_store(settings.inbox_url)
    arrivals = []
    for file in landing.files:
        taken = _take(store, root, file, settings, now)
        if isinstance(taken, Arrival):
            arrivals.append(taken)
        else:
            landing.not_taken.append(NotTaken(below(root, file.path), taken))
    return Received(sorted(arrivals, key=_in_order), landing.not_taken)


def new_in(settings: Settings, now: datetime) -> Landing:
    """Look at the landing place: of its files those that are not archived yet. Raises what look raises."""
    known = {(a.district_code, a.file_name, a.received_at, a.size_bytes) for a in archived_arrivals(settings)}
    landing = look(settings, now)
    landing.files = [
        file
        for file in landing.files
        if (file.district_code, file.file_name, file.received_at, file.size_bytes) not in known
    ]
    return landing


def archived_arrivals(settings: Settings) -> list[Arrival]:
    """Every arrival ever archived, in the order taken in: enough to rebuild the warehouse.

    Raises ArchiveDamaged when a record cannot be read.
    """
    arrivals = [_read_arrival(path) for path in (settings.archive / "arrivals").glob("*.json")]
    return sorted(arrivals, key=_in_order)


def _in_order(arrival: Arrival) -> tuple[datetime, datetime, str, str]:
    # What an earlier run took in stays before what a later one noticed, so that a rebuild judges as they did.
    # Files of one moment are taken by name: offices number their returns.
    return arrival.known_at, arrival.received_at, arrival.file_name, arrival.submission_id


def archived_content(settings: Settings, sha256: str) -> bytes:
    """The bytes received under that hash.

    Raises FileNotFoundError when the archive has lost them, ArchiveDamaged when it holds others.
    """
    path = _content_path(settings, sha256)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ArchiveDamaged(path)
    return content


def _let_settle(settings: Settings, landing: Landing) -> None:
    # Whether a file still grows is seen by the clock on the wall, whatever moment the cycle acts at.
    if landing.files:
        youngest = max(file.received_at for file in landing.files)
        age = (datetime.now(settings.zone) - youngest).total_seconds()
        time.sleep(min(max(settings.arrival_settles - age, 0.0), settings.arrival_settles))


def _take(
    store: fsspec.AbstractFileSystem, root: str, file: Landed, settings: Settings, now: datetime
) -> Arrival | str:
    """Archive one file; the reason where it cannot be taken."""
    copy = settings.archive / INCOMING
    copy.parent.mkdir(parents=True, exist_ok=True)
    # Enough to show that it was beyond the limit; the rest nobody reads, and it would fill the disk.
    most = settings.max_file_bytes + 1
    try:
        sha256 = write_chunks(copy, chunks(store, root, file, most))
        if copy.stat().st_size != min(file.size_bytes, most) or _has_changed(store, file):
            return "growing"
        place = file.district_code, file.file_name, file.received_at
        arrival = Arrival(*place, sha256, file.size_bytes, now)
        _archive(settings, arrival, copy)
    except NotReadError as left:
        return left.reason
    finally:
        copy.unlink(missing_ok=True)
    return arrival


def _has_changed(store: fsspec.AbstractFileSystem, file: Landed) -> bool:
    try:
        return bool(store.modified(file.path) != file.received_at)
    except FileNotFoundError:
        return False  # taken away once it was read whole


def _archive(settings: Settings, arrival: Arrival, copy: Path) -> None:
    path = _content_path(settings, arrival.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    put(copy, path)
    record = json.dumps(asdict(arrival), default=datetime.isoformat, ensure_ascii=False, indent=1)
    write_whole(arrival_path(settings, arrival.submission_id), record.encode())


def _content_path(settings: Settings, sha256: str) -> Path:
    return settings.archive / content_name(sha256)


def content_name(sha256: str) -> str:
    """Where the archive keeps the bytes of that hash."""
    return f"files/{sha256[:2]}/{sha256}"


def arrival_path(settings: Settings, submission_id: str) -> Path:
    """Where the archive keeps the record of that arrival."""
    return settings.archive / "arrivals" / f"{submission_id}.json"


def _read_arrival(path: Path) -> Arrival:
    try:
        record = json.loads(path.read_bytes())
        # As it was written, offset and all: the id stays the same when the zone of the settings changes.
        received_at = datetime.fromisoformat(record.pop("received_at"))
        # Records of before this was kept: known from its arrival on.
        known_at = datetime.fromisoformat(record.pop("known_at", received_at.isoformat()))
        return Arrival(**record, received_at=received_at, known_at=known_at)
    except (ValueError, KeyError, TypeError, AttributeError) as damaged:
        raise ArchiveDamaged(path) from damaged
