"""The child's side of bounded work: each job in a fork of its own, which may use only so much.

`python -m tasks.bounded_child MODULE LIMITS GIVEN` reads jobs from its standard input, a line with the length
and so many bytes; `MODULE.perform(job, GIVEN)` does one. The answer is a line of JSON (`Ending`) and the
bytes. LIMITS and GIVEN are JSON objects. It ends when its input does.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module

Perform = Callable[[bytes, Mapping[str, int]], bytes]
READY = b"ready\n"  # said once, before the first job is taken
_CHUNK = 1 << 20
_SAID = 16_384  # bytes of what a failing job says that are passed on


@dataclass(frozen=True)
class ProcessLimits:
    """What one job may use: bytes of memory, processor seconds, bytes of its answer, of a file it writes."""

    memory_bytes: int
    cpu_seconds: int
    answer_bytes: int
    written_bytes: int = 0


@dataclass(frozen=True)
class Ending:
    """How a job ended: its exit code or the signal that ended it, what it said, what it used.

    `size`: bytes of the answer that follow; `is_over`: the answer was over its limit and is cut off.
    """

    exit_code: int
    signal: int
    said: str
    cpu_seconds: float
    peak_bytes: int
    size: int
    is_over: bool


def main() -> None:
    """Do the jobs of the standard input until it ends."""
    perform: Perform = import_module(sys.argv[1]).perform
    limits, given = ProcessLimits(**json.loads(sys.argv[2])), json.loads(sys.argv[3])
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    while line := sys.stdin.buffer.readline():
        job = sys.stdin.buffer.read(int(line))
        ending, answer = _in_a_fork(perform, job, given, limits)
        sys.stdout.buffer.write(json.dumps(asdict(ending)).encode() + b"\n" + answer)
        sys.stdout.buffer.flush()


def _in_a_fork(
    perform: Perform, job: bytes, given: Mapping[str, int], limits: ProcessLimits
) -> tuple[Ending, bytes]:
    answers, sender = os.pipe()
    said, speaker = os.pipe()
    pid = os.fork()
    if pid == 0:
        _close(answers, said)
        _confine(limits, speaker)
        with os.fdopen(sender, "wb") as stream:
            stream.write(perform(job, given))
        os._exit(0)  # whatever else happens goes up, is said on the way out, and ends with exit code 1
    _close(sender, speaker)
    answer = _read_and_close(answers, limits.answer_bytes + 1)
    words = _read_and_close(said, _SAID)
    _, status, usage = os.wait4(pid, 0)
    ending = _ending(status, usage, words, answer, is_over=len(answer) > limits.answer_bytes)
    return ending, answer[: ending.size]


def _close(*ends: int) -> None:
    for end in ends:
        os.close(end)


def _confine(limits: ProcessLimits, speaker: int) -> None:
    # Under nohup, or in a shell's background, these are ignored, and whoever is started inherits it.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream, end in ((0, nowhere), (1, nowhere), (2, speaker)):
        os.dup2(end, stream)
    _limit(resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes)
    # At the first it is asked to end, by a signal that says why; a second later it is ended.
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    _limit(resource.RLIMIT_FSIZE, limits.written_bytes, limits.written_bytes)
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        _limit(kind, 0, 0)


def _limit(kind: int, soft: int, hard: int) -> None:
    # A machine may allow less already; nobody may raise that.
    _, allowed = resource.getrlimit(kind)
    most = hard if allowed == resource.RLIM_INFINITY else min(hard, allowed)
    resource.setrlimit(kind, (min(soft, most), most))


def _read_and_close(stream: int, most: int) -> bytes:
    # Closed, so that who has more to write is told so and does not wait for ever.
    parts: list[bytes] = []
    while most > 0 and (part := os.read(stream, min(most, _CHUNK))):
        parts.append(part)
        most -= len(part)
    os.close(stream)
    return b"".join(parts)


def _ending(
    status: int, usage: resource.struct_rusage, said: bytes, answer: bytes, *, is_over: bool
) -> Ending:
    code = os.waitstatus_to_exitcode(status)
    return Ending(
        exit_code=max(code, 0),
        signal=max(-code, 0),
        said=said.decode(errors="replace").strip(),
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        peak_bytes=usage.ru_maxrss * 1024,
        size=0 if code or is_over else len(answer),
        is_over=is_over,
    )


if __name__ == "__main__":
    with suppress(BrokenPipeError):  # whoever asked was killed: nobody is there to answer
        main()
