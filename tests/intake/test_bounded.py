"""Work within limits: a job that crashes or takes too much is told so; the next finds nothing of it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks import bounded
from tasks.bounded import BoundedProcess, BoundedWorkError, Overrun
from tasks.bounded_child import ProcessLimits

_LIMITS = ProcessLimits(memory_bytes=300_000_000, cpu_seconds=1, answer_bytes=1000)
_PLANTED = "tests.intake.planted_job"


@pytest.fixture(scope="module")
def process() -> Iterator[BoundedProcess]:
    with BoundedProcess(_PLANTED, _LIMITS, {}) as process:
        yield process


@pytest.mark.parametrize(
    ("job", "overrun", "said"),
    [
        (b"abort", Overrun.CRASH, "SIGABRT"),
        (b"raise here", Overrun.CRASH, "KeyError: 'here'"),
        (b"spin", Overrun.TIME, "SIGXCPU"),
        (b"bytes 400000000", Overrun.MEMORY, "MemoryError"),
        (b"bytes 1001", Overrun.ANSWER, ""),
    ],
)
def test_a_job_that_takes_too_much_is_told_so_and_the_next_is_done(
    process: BoundedProcess, job: bytes, overrun: Overrun, said: str
) -> None:
    with pytest.raises(BoundedWorkError) as ended:
        process.perform(job)

    assert ended.value.overrun is overrun
    assert said in str(ended.value)
    assert process.perform(b"echo done") == b"done"


def test_a_job_writes_no_file(process: BoundedProcess, tmp_path: Path) -> None:
    with pytest.raises(BoundedWorkError, match="File too large"):
        process.perform(b"write %s" % bytes(tmp_path / "planted"))

    assert (tmp_path / "planted").read_bytes() == b""


def test_a_job_may_use_all_that_it_is_given(process: BoundedProcess) -> None:
    assert process.perform(b"bytes 1000") == b"x" * 1000


def test_a_recursion_without_end_is_a_crash(process: BoundedProcess) -> None:
    with pytest.raises(BoundedWorkError, match="RecursionError"):
        process.perform(b"overflow")


def test_a_job_finds_nothing_of_the_jobs_before_it(process: BoundedProcess) -> None:
    assert [process.perform(b"kept"), process.perform(b"kept")] == [b"1", b"1"]


def test_what_a_job_used_is_its_own(process: BoundedProcess) -> None:
    with pytest.raises(BoundedWorkError):
        process.perform(b"bytes 100000000")
    assert process.spent.peak_bytes > 100_000_000

    process.perform(b"echo")
    assert process.spent.peak_bytes < 50_000_000


def test_a_job_sees_no_secret(process: BoundedProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHEME21_SMTP_URL", "smtp://user:secret@host")

    assert b"SCHEME21" not in process.perform(b"environment")


def test_a_job_that_sleeps_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_PATIENCE", 1)
    with BoundedProcess(_PLANTED, _LIMITS, {}) as process:
        with pytest.raises(BoundedWorkError, match="no answer within 1 s") as ended:
            process.perform(b"sleep 60")

        assert ended.value.overrun is Overrun.TIME
        assert process.perform(b"echo done") == b"done"


def test_a_process_ended_from_outside_is_replaced_and_no_file_is_blamed(process: BoundedProcess) -> None:
    process.perform(b"echo")
    os.kill(process.start().pid, signal.SIGKILL)

    assert process.perform(b"echo done") == b"done"
    with pytest.raises(ChildProcessError, match="ended twice"):
        process.perform(b"end_parent")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_job_ended_from_outside_is_done_again_and_no_file_is_blamed(
    process: BoundedProcess, tmp_path: Path, number: signal.Signals
) -> None:
    assert process.perform(b"end_self %d %s" % (number, bytes(tmp_path / "once"))) == b"done"
    with pytest.raises(ChildProcessError, match="ended twice"):
        process.perform(b"end_self %d" % number)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE])
def test_a_job_that_its_bytes_end_is_a_crash(process: BoundedProcess, number: signal.Signals) -> None:
    with pytest.raises(BoundedWorkError, match=number.name) as ended:
        process.perform(b"end_self %d" % number)

    assert ended.value.overrun is Overrun.CRASH


def test_a_job_that_its_own_time_kills_has_taken_too_long(process: BoundedProcess) -> None:
    with pytest.raises(BoundedWorkError) as ended:
        process.perform(b"spin deaf")

    assert ended.value.overrun is Overrun.TIME


def test_a_job_starts_no_process(process: BoundedProcess) -> None:
    with pytest.raises(BoundedWorkError, match="BlockingIOError"):
        process.perform(b"fork")


def test_a_process_that_is_not_ready_in_time_blames_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_TO_START", 0.2)
    with (
        BoundedProcess("tests.intake.planted_sleep", _LIMITS, {}) as process,
        pytest.raises(ChildProcessError, match="does not start"),
    ):
        process.perform(b"echo")


def test_a_process_that_takes_no_job_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "_PATIENCE", 1)
    with BoundedProcess(_PLANTED, _LIMITS, {}) as process:
        process.perform(b"echo")
        os.kill(process.start().pid, signal.SIGSTOP)

        with pytest.raises(BoundedWorkError, match="no answer within 1 s"):
            process.perform(b"echo" + bytes(1_000_000))


def test_a_process_that_does_not_start_blames_no_file(capfd: pytest.CaptureFixture[str]) -> None:
    with (
        BoundedProcess("tasks.no_such_job", _LIMITS, {}) as process,
        pytest.raises(ChildProcessError, match="does not start"),
    ):
        process.perform(b"echo")
    assert "No module named 'tasks.no_such_job'" in capfd.readouterr().err


def test_nothing_is_left_running(tmp_path: Path) -> None:
    with BoundedProcess(_PLANTED, _LIMITS, {}) as process:
        process.perform(b"echo")
        pid = process.start().pid
        assert Path(f"/proc/{pid}").exists()

    assert not Path(f"/proc/{pid}").exists()
