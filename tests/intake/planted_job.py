"""A job that does to its process whatever its bytes ask for."""

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

KEPT: list[bytes] = []


def perform(job: bytes, given: Mapping[str, int]) -> bytes:
    KEPT.append(job)
    deed, _, detail = job.partition(b" ")
    return DEEDS[deed](detail)


def _spin(_: bytes) -> bytes:
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
    return b"%d" % os.fork()


def _end_parent(_: bytes) -> bytes:
    os.kill(os.getppid(), 9)
    return b""


DEEDS: dict[bytes, Callable[[bytes], bytes]] = {
    b"echo": lambda detail: detail,
    b"bytes": lambda size: b"x" * int(size),
    b"kept": lambda _: b"%d" % len(KEPT),
    b"environment": lambda _: repr(sorted(os.environ)).encode(),
    **{b"spin": _spin, b"sleep": _sleep, b"abort": _abort, b"raise": _raise, b"overflow": _overflow},
    **{b"write": _write, b"fork": _fork, b"end_parent": _end_parent},
}
