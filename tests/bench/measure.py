"""Measuring: seconds, CPU seconds and peak memory of a cold process and all it starts; medians."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

_SAMPLED_EVERY_SECONDS = 0.05
_MEGABYTE = 1_000_000


class Failed(Exception):  # noqa: N818 - a state of the world
    """A measured command ended with another exit code than it should have."""


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds, CPU seconds, peak resident megabytes of its process tree, its output."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    output: str = ""


@dataclass(frozen=True)
class Figure:
    """What was measured of one subject: seconds of every run; CPU and memory where a process was measured.

    `work` counts what was done (rows, findings, periods), `note` says what a reader has to know, `base` is
    the subject to which its ratio is told.
    """

    subject: str
    seconds: list[float]
    cpu_seconds: list[float] = field(default_factory=list)
    peak_mb: list[float] = field(default_factory=list)
    work: int = 0
    note: str = ""
    base: str = ""

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return median(self.seconds)

    @property
    def cpu(self) -> float | None:
        """The median of the CPU seconds, None where they were not measured."""
        return median(self.cpu_seconds) if self.cpu_seconds else None

    @property
    def peak(self) -> float | None:
        """The largest peak in megabytes, None where it was not measured."""
        return max(self.peak_mb) if self.peak_mb else None


def measured(
    subject: str,
    runs: int,
    command: Callable[[int], Run],
    *,
    work: int = 0,
    note: str = "",
    is_warmed: bool = True,
) -> Figure:
    """Run `command(turn)` `runs` times; when more than once, once before to warm the disk's cache.

    Without `is_warmed` that one is spared, where a run is long or all files were just read: the median of
    five is none the worse for it.
    """
    if runs > 1 and is_warmed:
        command(0)
    done = [command(turn) for turn in range(1, runs + 1)]
    return Figure(
        subject,
        [r.seconds for r in done],
        [r.cpu_seconds for r in done],
        [r.peak_mb for r in done],
        work,
        note,
    )


def run_cold(
    command: list[str], cwd: Path, environment: dict[str, str] | None = None, codes: tuple[int, ...] = (0,)
) -> Run:
    """Run a command in a process of its own, to its end. Raises Failed for another exit code than `codes`.

    Peak memory is the largest sum of the resident sizes of the process and its descendants, looked at every
    0.05 s: what they share counts for each. CPU seconds are of all of them that were waited for.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=bare_environment() | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watcher = _MemoryWatcher(process.pid)
    watcher.start()
    output, _ = process.communicate()
    seconds = time.perf_counter() - started
    peak = watcher.stop()
    if process.returncode not in codes:
        raise Failed(f"{' '.join(command)}: exit code {process.returncode}\n{output[-3000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)
    return Run(seconds, cpu, peak / _MEGABYTE, output)


def bare_environment() -> dict[str, str]:
    """The environment without what this machine or an office has set for Prefect, Python and the pipeline."""
    foreign = ("PREFECT_", "SCHEME21_", "PYTHON", "VIRTUAL_ENV", "DBT_", "DLT_", "RUNTIME__")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}


class _MemoryWatcher(threading.Thread):
    """Looks at the resident size of a process tree until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(pid)
        self._ended = threading.Event()
        self._peak = 0

    def run(self) -> None:
        while not self._ended.wait(_SAMPLED_EVERY_SECONDS):
            self._peak = max(self._peak, _resident(self._root))

    def stop(self) -> int:
        """Stop looking; return the peak in bytes."""
        self._ended.set()
        self.join()
        return self._peak


def _resident(root: psutil.Process) -> int:
    total = 0
    try:
        tree = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for process in tree:
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
