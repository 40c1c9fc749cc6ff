"""The warehouse has one writer: a lock that holds between processes and says who holds it."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from schemas.access import OWNERS_FILE, make_home, owners_files
from schemas.settings import Settings

_POLL_SECONDS = 0.2
_DRAWING_ENDS_WITHIN_SECONDS = 20


@dataclass(frozen=True)
class Holder:
    """Who writes to the warehouse: process id, machine, since when (Hanoi time), doing what."""

    pid: int
    host: str
    since: datetime
    what: str


class WarehouseBusy(RuntimeError):  # noqa: N818 - it is a state of the world, not an error of ours
    """Another process holds the warehouse; `holder` is None when it has not signed yet."""

    def __init__(self, home: Path, waited: float, holder: Holder | None) -> None:
        self.home, self.waited, self.holder = home, waited, holder
        super().__init__(f"{self._in_vietnamese()}\n{self._in_english()}")

    def _in_vietnamese(self) -> str:
        if self.holder is None:
            return f"Kho dữ liệu {self.home} đang có tiến trình khác ghi; đã chờ {self.waited:g} giây."
        who = self.holder
        return (
            f"Kho dữ liệu {self.home} đang do tiến trình {who.pid} trên máy {who.host} ghi ({who.what}) "
            f"từ {who.since:%H:%M:%S ngày %d/%m/%Y}; đã chờ {self.waited:g} giây. Hãy chạy lại sau."
        )

    def _in_english(self) -> str:
        if self.holder is None:
            return f"Another process is writing to {self.home}; waited {self.waited:g} s."
        who = self.holder
        return (
            f"Process {who.pid} on {who.host} has been writing to {self.home} ({who.what}) "
            f"since {who.since:%Y-%m-%d %H:%M:%S}; waited {self.waited:g} s. Run again later."
        )


class DrawingGoesOn(WarehouseBusy):
    """A cycle was killed, and the process that draws for it has not ended with it, as it should."""

    def __init__(self, home: Path) -> None:
        super().__init__(home, _DRAWING_ENDS_WITHIN_SECONDS, None)

    def _in_vietnamese(self) -> str:
        return (
            f"Chu trình trước đã bị dừng nhưng tiến trình vẽ của nó (tasks.drawing_child) vẫn còn ghi vào "
            f"{self.home}; đã chờ {self.waited:g} giây. Hãy kết thúc tiến trình ấy rồi chạy lại."
        )

    def _in_english(self) -> str:
        return (
            f"The cycle before was killed, and what draws for it (tasks.drawing_child) still writes to "
            f"{self.home}; waited {self.waited:g} s. End that process and run again."
        )


@contextmanager
def writer_lock(settings: Settings, holder: str, wait: float | None = None) -> Iterator[None]:
    """Be the warehouse's only writer for the length of the block; `holder` says what for.

    Waits up to `wait` seconds (default: settings.lock_wait), then raises WarehouseBusy. The operating system
    frees the lock of a process that dies, however it dies. Raises DrawingGoesOn when such a one left another
    that does not end.
    """
    seconds = settings.lock_wait if wait is None else wait
    make_home(settings)
    lock = _lock(settings)
    try:
        lock.acquire(timeout=seconds, poll_interval=_POLL_SECONDS)
    except Timeout as busy:
        raise WarehouseBusy(settings.home, seconds, current_holder(settings)) from busy
    try:
        _sign(settings, holder)
        _wait_for_drawing(settings)
        yield
    finally:
        _holder_path(settings).unlink(missing_ok=True)
        lock.release()


def drawing_lock(home: Path, wait: float = -1) -> FileLock:
    """What a release of `home` is drawn under, by a process that may outlive its cycle for a moment.

    A context, which waits up to `wait` seconds, or for as long as it takes, and then raises
    filelock.Timeout.
    """
    return FileLock(home / "drawing.lock", timeout=wait, mode=OWNERS_FILE)


def _wait_for_drawing(settings: Settings) -> None:
    # Whoever draws ends with its cycle, unless it hangs.
    try:
        with drawing_lock(settings.home, _DRAWING_ENDS_WITHIN_SECONDS):
            return
    except Timeout as busy:
        raise DrawingGoesOn(settings.home) from busy


def current_holder(settings: Settings) -> Holder | None:
    """Who signed for the lock last and has not signed off; None when nobody has."""
    try:
        record = json.loads(_holder_path(settings).read_bytes())
    except FileNotFoundError:
        return None
    return Holder(**{**record, "since": datetime.fromisoformat(record["since"])})


def living_holder(settings: Settings) -> Holder | None:
    """Who holds the warehouse now; None when nobody does, and then a signature of the dead is removed too.

    A holder that has the lock and has not signed yet is taken for nobody: it has only just begun.
    """
    if not _lock_path(settings).exists():
        return None
    lock = _lock(settings)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return current_holder(settings)
    try:
        _holder_path(settings).unlink(missing_ok=True)
        return None
    finally:
        lock.release()


def _sign(settings: Settings, what: str) -> None:
    holder = Holder(os.getpid(), socket.gethostname(), datetime.now(settings.zone), what)
    record = json.dumps(asdict(holder), default=datetime.isoformat, ensure_ascii=False)
    # Renamed into place: whoever waits reads a whole record or none.
    beside = _holder_path(settings).with_suffix(f".{holder.pid}")
    with owners_files():
        beside.write_text(record, encoding="utf-8")
    beside.replace(_holder_path(settings))


def _lock(settings: Settings) -> FileLock:
    return FileLock(_lock_path(settings), mode=OWNERS_FILE)


def _lock_path(settings: Settings) -> Path:
    return settings.home / "warehouse.lock"


def _holder_path(settings: Settings) -> Path:
    # Beside the lock, not in it: opening the lock to wait for it empties it.
    return settings.home / "warehouse.lock.json"
