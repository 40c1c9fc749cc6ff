"""One cycle in a process of its own, which kill -9 ends at a moment, or right before a border."""

import asyncio
import ctypes
import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from multiprocessing.context import ForkServerContext
from multiprocessing.sharedctypes import RawArray
from pathlib import Path
from typing import Any

_PRELOADED = (
    "bulletin.release_files",
    "flows.cycle",
    "tasks.returned_workbook",
    "tests.campaigns.crash_cycle",
)
_LIMIT_SECONDS = 300.0  # more is a hang
_PLACE_BYTES = 200
# What changes names and folders: between two of them a file is where it was.
_FILE_STEPS = ("os.rename", "os.symlink", "os.remove", "os.rmdir", "os.link")


@dataclass(frozen=True)
class Blow:
    """When to kill: `after` seconds; `before_step` of that name; before a file step: a rename, removal
    or link in the home: the n-th, or the first of a file that is called so. None of them: never.
    """

    after: float | None = None
    before_step: str | None = None
    before_file_step: int | str | None = None


@dataclass(frozen=True)
class Ended:
    """How the process ended: the cycle's outcome, None when it was killed at `place`; what else was wrong.

    `steps` are the file steps it came to; `seconds` count from the moment its process was there.
    """

    outcome: str | None
    place: str
    steps: int
    seconds: float
    said: str = ""


class _Whereabouts:
    """Tells the parent where the cycle is, and ends the process at the border that was asked for."""

    def __init__(self, told: Any, blow: Blow, home: Path) -> None:
        self._told, self._blow, self._home = told, blow, str(home)
        self._step, self._file_steps = "opening", 0

    def at_step(self, step: str, _share: float) -> None:
        if step != self._step:
            self._step = step
            self.tell(step)
            self._strike(step == self._blow.before_step)

    def at_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in (*_FILE_STEPS, "open") or not str(arguments[0]).startswith(self._home):
            return
        if event in _FILE_STEPS:
            self._file_steps += 1
            names = [Path(str(path)).name for path in arguments[:2]]
            self._strike(self._blow.before_file_step in (self._file_steps, *names))
        if self._step == "release":
            self.tell(f"release: {_kind_of(Path(str(arguments[0])))}")

    def tell(self, place: str, outcome: str = "") -> None:
        self._told.value = f"{place}|{self._file_steps}|{outcome}".encode()[: _PLACE_BYTES - 1]

    def _strike(self, is_now: bool) -> None:
        if is_now:
            os.kill(os.getpid(), signal.SIGKILL)


def run_cycle(home: Path, inbox: Path, now: datetime, blow: Blow) -> Ended:
    """Run `flows.cycle.cycle` on the home, in a fresh process with everything imported, until `blow`."""
    told = RawArray(ctypes.c_char, _PLACE_BYTES)
    told.value = b"opening|0|"
    started = _processes().RawValue(ctypes.c_double, 0.0)
    process = _processes().Process(target=_cycle, args=(told, started, home, inbox, now, blow))
    process.start()
    # Until there the process is not yet a cycle: importing, in the first one of all.
    while not started.value and process.is_alive():
        time.sleep(0.001)
    process.join(_LIMIT_SECONDS if blow.after is None else blow.after)
    is_hanging = blow.after is None and process.is_alive()
    process.kill()
    process.join()
    seconds = time.monotonic() - started.value
    place, steps, outcome = told.value.decode(errors="replace").split("|")
    said = f"hangs in {place}" if is_hanging else _complaint(process.exitcode, outcome)
    return Ended(outcome or None, place, int(steps), seconds, said)


def _complaint(exit_code: int | None, outcome: str) -> str:
    is_killed = exit_code == -signal.SIGKILL
    return "" if is_killed or (exit_code == 0 and outcome) else f"ended with exit code {exit_code} {outcome}"


@cache
def _processes() -> ForkServerContext:
    # Everything is imported once, in a process without threads; each cycle is a fork of it.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    return context


def _cycle(told: Any, started: Any, home: Path, inbox: Path, now: datetime, blow: Blow) -> None:
    from flows.cycle import cycle
    from flows.steps import watcher

    started.value = time.monotonic()
    whereabouts = _Whereabouts(told, blow, home)
    watcher.set(whereabouts.at_step)
    sys.addaudithook(whereabouts.at_event)
    report = asyncio.run(cycle(home, str(inbox), now))
    whereabouts.tell("ended", report.outcome)
    # What Prefect would still deliver is of no interest here.
    os._exit(0)


def _kind_of(path: Path) -> str:
    """What is being written, told by the name alone; folders and link have theirs."""
    if path.name.startswith(".published"):
        return "link swap"
    return path.suffix.lstrip(".") if path.suffix else "folders"
