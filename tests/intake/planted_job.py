"""A job that does to its process whatever its bytes ask for."""

import os
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

_NOBODY = 65534
KEPT: list[bytes] = []


def perform(job: bytes, given: Mapping[str, int]) -> bytes:
    KEPT.append(job)
    deed, _, detail = job.partition(b" ")
    return DEEDS[deed](detail)


def _spin(how: bytes) -> bytes:
    if how == b"deaf":
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass


def _sleep(seconds: bytes) -> bytes:
    time.sleep(float(seconds))
    return b""


def _abort(_: bytes) -> bytes:
    os.abort()


def _raise(said: bytes) -> bytes:
    raise KeyError(said.decode())


def _overflow(_: bytes) -> bytes:
    return _overflow(_) + b""


def _write(path: bytes) -> bytes:
    Path(path.decode()).write_bytes(b"much")
    return b"written"


def _fork(_: bytes) -> bytes:
    if os.geteuid() == 0:  # whom no number of processes binds
        os.setuid(_NOBODY)
    return b"%d" % os.fork()


def _end_self(detail: bytes) -> bytes:
    """End as by the kernel: with that signal, and only the first time where a path follows."""
    number, _, path = detail.partition(b" ")
    if not path or not Path(path.decode()).exists():
        if path:
            Path(path.decode()).touch()
        os.kill(os.getpid(), int(number))
    return b"done"


def _end_parent(_: bytes) -> bytes:
    os.kill(os.getppid(), 9)
    return b""


DEEDS: dict[bytes, Callable[[bytes], bytes]] = {
    b"echo": lambda detail: detail,
    b"bytes": lambda size: b"x" * int(size),
    b"kept": lambda _: b"%d" % len(KEPT),
    b"environment": lambda _: repr(sorted(os.environ)).encode(),
    **{b"spin": _spin, b"sleep": _sleep, b"abort": _abort, b"raise": _raise, b"overflow": _overflow},
    **{b"write": _write, b"fork": _fork, b"end_parent": _end_parent, b"end_self": _end_self},
}
