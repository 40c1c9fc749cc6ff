"""The fork server: what it forks is a process of its own, and whoever finds none imports for itself."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from prefect.client.orchestration import get_client

from flows.fork_server import fork_server
from flows.watch import watch
from schemas.expectations import expectations
from tasks.forked import ADDRESS, Forked, Job, forked
from tasks.judging import Judging, Questions

CHECKOUT = Path(__file__).parents[1]
# Of jemalloc, which pyarrow brings: it takes care of forks by itself.
HARMLESS_THREAD = "jemalloc_bg_thd"


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with fork_server() as variables:
        yield variables


@pytest.fixture(autouse=True)
def _found(server: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.items():
        monkeypatch.setenv(name, value)


def begun(job: Job, given: int, folder: Path) -> Forked:
    """Begin `job` with the file `given` for its input; what it says is in `folder`, in out and err."""
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = forked(job, (given, out.fileno(), err.fileno()))
    assert process is not None
    return process


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def until_gone(pid: int) -> None:
    deadline = time.monotonic() + 30
    while is_there(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_there(pid)


def test_a_job_has_its_own_files_folder_environment_and_exit_code(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("đầu vào")
    environment = {"HOME": "/nowhere", "PROBE": "đồng"}
    with (tmp_path / "in").open("rb") as given:
        process = begun(Job("tests.job_to_fork", environment, str(tmp_path)), given.fileno(), tmp_path)

    assert (process.wait(), process.wait()) == (3, 3)
    said = json.loads((tmp_path / "out").read_text())
    assert said == [str(tmp_path), environment, [], "đầu vào", [1_000_000]]
    assert (tmp_path / "err").read_text() == "phàn nàn\n"


def test_a_signal_reaches_the_job_and_who_is_killed_takes_it_along(tmp_path: Path) -> None:
    waits, never_written = os.pipe()
    told = begun(Job("tests.job_to_fork", {}), waits, tmp_path)
    assert is_there(told.pid)
    told.send_signal(signal.SIGTERM)
    assert told.wait() == -signal.SIGTERM
    told.kill()  # it has ended: whoever has its number now is sent nothing

    asks = "from tasks.forked import *; p = forked(Job('tests.job_to_fork', {}), (0, 1, 2)); print(p.pid)"
    command = [sys.executable, "-uc", f"{asks}; p.wait()"]
    asking = subprocess.Popen(command, stdin=waits, stdout=subprocess.PIPE, cwd=CHECKOUT)
    assert asking.stdout is not None
    job = int(asking.stdout.readline())
    assert is_there(job)
    asking.kill()
    asking.communicate()
    until_gone(job)
    os.close(waits)
    os.close(never_written)


def test_judging_is_forked_and_answers_as_the_process_that_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    (asked,) = (expectation for expectation in expectations() if expectation.name == "rows_add_up")
    questions = Questions([(asked, pd.DataFrame({"expected": [12, 7], "actual": [12, 6]}))], {})
    fork = Judging()
    assert isinstance(fork._process, Forked)
    answers = fork.ask(questions)
    fork.end()
    until_gone(fork.pid)

    monkeypatch.delenv(ADDRESS)
    own = Judging()
    assert own.ask(questions) == answers
    own.end()


def test_when_it_is_prepared_it_has_no_thread_that_a_fork_would_miss(tmp_path: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    assert begun(Job("tests.job_to_fork", {}), nothing, tmp_path).wait() == 3
    os.close(nothing)
    children = (of_a_thread.read_text() for of_a_thread in Path("/proc/self/task").glob("*/children"))
    ours = " ".join(children).split()
    (server,) = (pid for pid in ours if "fork_server_child" in Path(f"/proc/{pid}/cmdline").read_text())
    threads = [comm.read_text().strip() for comm in Path(f"/proc/{server}/task").glob("*/comm")]
    assert len(threads) - threads.count(HARMLESS_THREAD) == 1


def test_after_code_has_changed_it_begins_anew(tmp_path: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    (CHECKOUT / "flows" / "fork_server.py").touch()
    assert forked(Job("tests.job_to_fork", {}), (nothing, nothing, nothing)) is None
    assert begun(Job("tests.job_to_fork", {}), nothing, tmp_path).wait() == 3
    os.close(nothing)


@pytest.mark.server
@pytest.mark.parametrize("is_forked", [True, False])
def test_a_flow_run_is_run_by_it_or_without_it(
    prefect_api: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_forked: bool
) -> None:
    if not is_forked:
        monkeypatch.setenv(ADDRESS, str(tmp_path / "nobody"))
    with get_client(sync_client=True) as client:
        run = client.create_flow_run(watch, parameters={"home": str(tmp_path)})
        monkeypatch.setenv("PREFECT__FLOW_RUN_ID", str(run.id))
        monkeypatch.setenv("PREFECT__FLOW_ENTRYPOINT", "flows/watch.py:watch")
        command = [sys.executable, "-m", "flows.engine_process"]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
        assert client.read_flow_run(run.id).state_name == "Completed"
    assert ("importing anew" in done.stderr) is not is_forked
