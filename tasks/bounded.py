"""Bounded work: what opens hostile bytes runs in processes that may use only so much, and die alone."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Self, cast

from tasks.bounded_child import READY, Ending, ProcessLimits

# A busy machine gives a process less than a processor: only many times its own time is a job that hangs.
_PATIENCE = 10
# numpy, which openpyxl imports, else takes addresses for as many threads as there are processors.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
_NO_MEMORY = ("MemoryError", "memory allocation of")  # Python says the one, Rust the other
_HINT = "note:"  # how Rust offers more details
_LONGEST_REASON = 200  # characters
_TO_START = 60  # seconds for the process to import what it needs, on a busy machine too
# Ended from outside: the kernel short of memory takes the largest, an operator or a shutdown takes all.
# A job that is over its own limits ends otherwise.
_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Overrun(StrEnum):
    """What a job did that ended it."""

    MEMORY = "memory"
    TIME = "time"
    ANSWER = "answer"
    CRASH = "crash"


class BoundedWorkError(Exception):
    """A job did not end well: `overrun` says in which way, the message what it said last."""

    def __init__(self, overrun: Overrun, said: str) -> None:
        super().__init__(said)
        self.overrun = overrun


@dataclass(frozen=True)
class Spent:
    """What a job used: seconds of processor time, bytes of memory at its most."""

    cpu_seconds: float
    peak_bytes: int


class BoundedProcess:
    """Does the jobs of one module (see `tasks.bounded_child`), one at a time, each within `limits`.

    A context, at whose end the process ends. It starts with the first job, or with `start`, and then imports
    while we do other things. `spent` is what the last job used.
    """

    def __init__(self, module: str, limits: ProcessLimits, given: Mapping[str, int]) -> None:
        self.spent = Spent(0.0, 0)
        self._limits = limits
        self._patience = _PATIENCE * limits.cpu_seconds
        # Isolated: it needs nothing of the environment, no secret either, and imports nothing of this folder.
        self._command = [sys.executable, "-I", "-m", "tasks.bounded_child", module]
        self._command += [json.dumps(asdict(limits)), json.dumps(dict(given))]
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def start(self) -> "_Child":
        """Start the process where it does not run."""
        if self._child is None:
            self._child = _Child(self._command, may_write=self._limits.written_bytes > 0)
        return self._child

    def perform(self, job: bytes) -> bytes:
        """The answer to one job.

        Raises BoundedWorkError when it crashes or uses more than it may; ChildProcessError when the process
        does not start, or is ended from outside each time it does this job.
        """
        try:
            ending, answer = self._asked_twice(job)
        except TimeoutError as error:
            self._end()
            raise BoundedWorkError(Overrun.TIME, str(error)) from error
        self.spent = Spent(ending.cpu_seconds, ending.peak_bytes)
        if ending.exit_code or ending.signal or ending.is_over:
            raise BoundedWorkError(_overrun(ending), _last_words(ending))
        return answer

    def _asked_twice(self, job: bytes) -> tuple[Ending, bytes]:
        # That this machine ends our processes is no fault of a file, and may not decide on it.
        for _ in range(2):
            try:
                ending, answer = self.start().ask(job, self._patience)
            except (BrokenPipeError, EOFError):
                self._end()
                continue
            # Over its time a job that hears no signal is killed, too.
            if ending.signal not in _FROM_OUTSIDE or ending.cpu_seconds >= self._limits.cpu_seconds:
                return ending, answer
        raise ChildProcessError(
            f"{' '.join(self._command)} was ended twice; is this machine short of memory or of processes?"
        )

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child = None


class _Child:
    """One running process; a group of its own with the forks it makes."""

    def __init__(self, command: list[str], *, may_write: bool) -> None:
        self._held = ExitStack()
        environment = dict(ONE_THREAD)
        if may_write:  # what a job that is ended leaves lying goes with the process
            environment["TMPDIR"] = self._held.enter_context(TemporaryDirectory(prefix="scheme21-"))
        self._process = subprocess.Popen(  # noqa: S603 - our own module, by this Python
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
        self._in, self._out = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        self._is_ready = False
        self.pid = self._process.pid

    def ask(self, job: bytes, patience: float) -> tuple[Ending, bytes]:
        """How the job ended and its answer. Raises TimeoutError after `patience` seconds."""
        self._wait_until_ready()
        with self._ended_after(patience):
            self._in.write(b"%d\n" % len(job))
            self._in.write(job)
            self._in.flush()
            line = self._out.readline()
            if not line.endswith(b"\n"):
                raise EOFError
            ending = Ending(**json.loads(line))
            answer = self._out.read(ending.size)
            if len(answer) < ending.size:
                raise EOFError
            return ending, answer

    def _wait_until_ready(self) -> None:
        with self._ended_after(_TO_START):
            if not self._is_ready and self._out.readline() != READY:
                raise ChildProcessError("the process that opens files does not start; its error stands above")
        self._is_ready = True

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        # Writing to a process that hangs waits like reading from it; ended, it lets go of both.
        late = threading.Event()

        def strike() -> None:
            late.set()
            os.killpg(self.pid, signal.SIGKILL)

        timer = threading.Timer(seconds, strike)
        timer.start()
        try:
            yield
        except (BrokenPipeError, EOFError) as ended:
            if late.is_set():
                raise TimeoutError(f"no answer within {seconds} s") from ended
            raise
        finally:
            timer.cancel()
            timer.join()

    def end(self) -> None:
        """End it with all that it started."""
        os.killpg(self.pid, signal.SIGKILL)
        with suppress(BrokenPipeError):  # what it has not read is lost with it
            self._in.close()
        self._out.close()
        self._process.wait()
        self._held.close()


def _overrun(ending: Ending) -> Overrun:
    if ending.is_over:
        return Overrun.ANSWER
    if ending.signal in (signal.SIGXCPU, *_FROM_OUTSIDE):
        return Overrun.TIME
    return Overrun.MEMORY if _last_words(ending).startswith(_NO_MEMORY) else Overrun.CRASH


def _last_words(ending: Ending) -> str:
    lines = [line for line in ending.said.splitlines() if not line.startswith(_HINT)]
    ended = signal.Signals(ending.signal).name if ending.signal else f"exit code {ending.exit_code}"
    return (lines[-1] if lines else ended)[:_LONGEST_REASON]
