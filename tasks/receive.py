"""Receiving: every new landing file is archived by its SHA-256 before anything looks inside it."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import fsspec

from schemas.settings import Settings

# Office programs leave these beside an open workbook; they hold no figures.
_LOCK_FILE_PREFIXES = ("~$", ".")


@dataclass(frozen=True)
class Arrival:
    """One file as it lay in the landing place; `received_at` is the store's modification time.

    `known_at` is the `now` of the run that took it in: a file that was noticed late was not known before.
    """

    district_code: str
    file_name: str
    received_at: datetime
    sha256: str
    size_bytes: int
    known_at: datetime

    @property
    def submission_id(self) -> str:
        """`<district>-<day received>-<8 hex>`: the same for the same arrival, whenever it is computed."""
        identity = f"{self.district_code}/{self.file_name}|{self.received_at.isoformat()}|{self.sha256}"
        digest = hashlib.sha256(identity.encode()).hexdigest()[:8]
        return f"{self.district_code or 'none'}-{self.received_at:%Y%m%d}-{digest}"


@dataclass(frozen=True)
class Landed:
    """One file of the landing place that is not archived yet, unread; `path` is the store's."""

    path: str
    district_code: str
    file_name: str
    received_at: datetime
    size_bytes: int


def receive(settings: Settings, now: datetime) -> list[Arrival]:
    """Archive every landing file with `received_at <= now` that is not archived yet; return those.

    Raises FileNotFoundError when the landing place does not exist, OSError when it cannot be read.
    """
    store, _root = fsspec.core.url_to_fs(settings.inbox_url)
    arrivals = []
    for file in landed(settings, now):
        content = store.cat_file(file.path)
        if len(content) != file.size_bytes:
            continue  # still being written: the next cycle takes it whole
        sha256 = hashlib.sha256(content).hexdigest()
        arrival = Arrival(file.district_code, file.file_name, file.received_at, sha256, file.size_bytes, now)
        _archive(settings, arrival, content)
        arrivals.append(arrival)
    return sorted(arrivals, key=_in_order)


def landed(settings: Settings, now: datetime) -> Iterator[Landed]:
    """Every landing file with `received_at <= now` that is not archived yet, by path; none is opened.

    Raises FileNotFoundError when the landing place does not exist, OSError when it cannot be listed.
    """
    known = {(a.district_code, a.file_name, a.received_at, a.size_bytes) for a in archived_arrivals(settings)}
    store, root = fsspec.core.url_to_fs(settings.inbox_url)
    for path, size in _landing_files(store, root):
        received_at = store.modified(path).astimezone(settings.zone)
        district, name = _district_and_name(path.removeprefix(root).strip("/"))
        if received_at <= now and (district, name, received_at, size) not in known:
            yield Landed(path, district, name, received_at, size)


def archived_arrivals(settings: Settings) -> list[Arrival]:
    """Every arrival ever archived, in the order taken in: enough to rebuild the warehouse."""
    arrivals = [_read_arrival(path) for path in (settings.archive / "arrivals").glob("*.json")]
    return sorted(arrivals, key=_in_order)


def _in_order(arrival: Arrival) -> tuple[datetime, datetime, str, str]:
    # What an earlier run took in stays before what a later one noticed, so that a rebuild judges as they did.
    # Files of one moment are taken by name: offices number their returns.
    return arrival.known_at, arrival.received_at, arrival.file_name, arrival.submission_id


def archived_content(settings: Settings, sha256: str) -> bytes:
    """The bytes received under that hash. Raises FileNotFoundError when the archive has lost them."""
    return _content_path(settings, sha256).read_bytes()


def _landing_files(store: fsspec.AbstractFileSystem, root: str) -> Iterator[tuple[str, int]]:
    if not store.exists(root):
        raise FileNotFoundError(f"The landing place {root} does not exist; create it or set SCHEME21_INBOX")
    for path, info in sorted(store.find(root, detail=True).items()):
        if not Path(path).name.startswith(_LOCK_FILE_PREFIXES):
            yield path, int(info["size"])


def _district_and_name(path: str) -> tuple[str, str]:
    # A file in no folder is nobody's; a folder within a district's is part of the file's name.
    district, slash, name = path.partition("/")
    return (district, name) if slash else ("", path)


def _archive(settings: Settings, arrival: Arrival, content: bytes) -> None:
    write_whole(_content_path(settings, arrival.sha256), content)
    record = json.dumps(asdict(arrival), default=datetime.isoformat, ensure_ascii=False, indent=1)
    write_whole(settings.archive / "arrivals" / f"{arrival.submission_id}.json", record.encode())


def _content_path(settings: Settings, sha256: str) -> Path:
    return settings.archive / "files" / sha256[:2] / sha256


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of the archive: a killed process leaves no half file under the final name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def _read_arrival(path: Path) -> Arrival:
    record = json.loads(path.read_bytes())
    # As it was written, offset and all: the id stays the same when the zone of the settings changes.
    received_at = datetime.fromisoformat(record.pop("received_at"))
    # Records of before this was kept: known from its arrival on.
    known_at = datetime.fromisoformat(record.pop("known_at", received_at.isoformat()))
    return Arrival(**record, received_at=received_at, known_at=known_at)
