"""The fork server: what it forks is a process of its own, and whoever finds none imports for itself."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest
import yaml
from prefect.client.orchestration import get_client

from flows.fork_server import fork_server
from flows.fork_server_child import IMPORTED
from flows.watch import watch
from schemas.expectations import expectations
from schemas.expectations.results import ExpectationResult
from tasks.companion import Companion
from tasks.forked import ADDRESS, Forked, Job, forked
from tasks.judging import Questions
from tests.operations.office import until

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


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def servers() -> list[int]:
    """The fork servers that this process has started."""
    children = " ".join(file.read_text() for file in Path("/proc/self/task").glob("*/children")).split()
    return [int(pid) for pid in children if "fork_server_child" in Path(f"/proc/{pid}/cmdline").read_text()]


def newer_server(others: set[int]) -> int:
    """The fork server that was started last; its command line shows a moment after it has begun."""
    (server,) = until(lambda: set(servers()) - others)
    return int(server)


def until_gone(pid: int) -> None:
    until(lambda: not is_there(pid))


@pytest.fixture
def waits() -> Iterator[int]:
    """A file to read that says nothing and does not end."""
    reads, writes = os.pipe()
    yield reads
    os.close(writes)
    os.close(reads)


def test_a_job_has_its_own_files_folder_environment_and_exit_code(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("đầu vào")
    environment = {"HOME": "/nowhere", "PROBE": "đồng"}
    with (tmp_path / "in").open("rb") as given:
        process = begun(Job("tests.job_to_fork", environment, str(tmp_path)), given.fileno(), tmp_path)

    assert (process.wait(), process.wait()) == (3, 3)
    said = json.loads((tmp_path / "out").read_text())
    assert said == [str(tmp_path), environment, [], "đầu vào", [1_000_000]]
    assert (tmp_path / "err").read_text() == "phàn nàn\n"


def test_a_signal_reaches_the_job(waits: int, tmp_path: Path) -> None:
    process = begun(Job("tests.job_to_fork", {}), waits, tmp_path)
    assert is_there(process.pid)
    process.send_signal(signal.SIGTERM)
    assert process.wait() == -signal.SIGTERM
    process.kill()  # it has ended: whoever has its number now is sent nothing


def test_who_is_killed_takes_its_job_along(waits: int) -> None:
    asks = "from tasks.forked import *; p = forked(Job('tests.job_to_fork', {}), (0, 1, 2)); print(p.pid)"
    command = [sys.executable, "-uc", f"{asks}; p.wait()"]
    asking = subprocess.Popen(command, stdin=waits, stdout=subprocess.PIPE, cwd=CHECKOUT)
    assert asking.stdout is not None
    job = int(asking.stdout.readline())
    assert is_there(job)
    asking.kill()
    until_gone(job)
    asking.communicate()


def test_who_has_gone_before_it_was_ready_is_not_served_and_when_it_is_killed_nobody_waits(
    waits: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    others = set(servers())
    with fork_server() as variables:
        server = newer_server(others)
        monkeypatch.setenv(ADDRESS, variables[ADDRESS])
        pipe = asked_and_gone(variables[ADDRESS])  # while it imports
        running = begun(Job("tests.job_to_fork", {}), waits, tmp_path)
        until_nobody_reads(pipe)

        os.kill(server, signal.SIGKILL)
        assert forked(Job("tests.job_to_fork", {}), (waits, 1, 2)) is None
        assert "the fork server does not answer" in capfd.readouterr().err
        assert is_there(running.pid)
        running.kill()
        assert running.wait() == -signal.SIGKILL


def until_nobody_reads(pipe: int) -> None:
    broken = select.poll()
    broken.register(pipe, 0)  # of the end that writes, only that nobody reads
    assert broken.poll(30_000)
    os.close(pipe)


def asked_and_gone(address: str) -> int:
    """Ask for a job that reads a pipe, and go; gives the end of the pipe that only the job can read."""
    reads, writes = os.pipe()
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(address)
        socket.send_fds(asking, [b"\0"], [reads, reads, reads])
        asking.sendall(json.dumps(asdict(Job("tests.job_to_fork", {}))).encode() + b"\n")
    os.close(reads)
    return writes


def test_judging_is_forked_and_answers_as_the_process_that_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    (asked,) = (expectation for expectation in expectations() if expectation.name == "rows_add_up")
    questions = Questions([(asked, pd.DataFrame({"expected": [12, 7], "actual": [12, 6]}))], {})
    judge: Companion[Questions, list[ExpectationResult]] = Companion("tasks.judging_child", {})
    fork = judge.begin()
    assert parent_of(parent_of(fork)) in servers()
    answers = judge.ask(questions)
    judge.end()
    until_gone(fork)

    monkeypatch.delenv(ADDRESS)
    own = judge.begin()
    assert parent_of(own) == os.getpid()
    assert judge.ask(questions) == answers
    judge.end()


def test_when_it_is_prepared_it_has_no_thread_that_a_fork_would_miss(tmp_path: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    assert begun(Job("tests.job_to_fork", {}), nothing, tmp_path).wait() == 3
    os.close(nothing)
    server = min(servers())  # the module's own, the first
    threads = [comm.read_text().strip() for comm in Path(f"/proc/{server}/task").glob("*/comm")]
    assert len(threads) - threads.count(HARMLESS_THREAD) == 1


@pytest.mark.long
def test_after_code_has_changed_it_begins_anew(tmp_path: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    (CHECKOUT / "flows" / "fork_server.py").touch()
    assert forked(Job("tests.job_to_fork", {}), (nothing, nothing, nothing)) is None
    assert begun(Job("tests.job_to_fork", {}), nothing, tmp_path).wait() == 3
    os.close(nothing)


@pytest.mark.long
def test_it_ends_with_the_process_that_started_it() -> None:
    code = "import time; from flows.fork_server import *\nwith fork_server(): print(1); time.sleep(99)"
    worker = subprocess.Popen([sys.executable, "-uc", code], stdout=subprocess.PIPE, cwd=CHECKOUT)
    assert worker.stdout is not None
    worker.stdout.readline()
    (server,) = map(int, Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split())
    worker.kill()
    until_gone(server)
    worker.communicate()


def test_what_is_deployed_is_imported() -> None:
    deployed = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    files = {deployment["entrypoint"].partition(":")[0] for deployment in deployed}
    assert {file.removesuffix(".py").replace("/", ".") for file in files} <= set(IMPORTED)


def test_a_worker_that_is_told_to_end_ends_the_flow_run() -> None:
    with socket.socket() as silent:  # a Prefect server that never answers
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/api"
        given = {"PREFECT_API_URL": url, "PREFECT__FLOW_RUN_ID": "0199a0b0-0000-7000-8000-000000000000"}
        engine = subprocess.Popen([sys.executable, "-m", "flows.engine_process"], env=os.environ | given)
        connection, _ = silent.accept()
        with connection:
            engine.send_signal(signal.SIGTERM)
            assert engine.wait(30) == -signal.SIGTERM


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
