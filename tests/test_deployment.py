"""The deployments of prefect.yaml against a real server and a real worker, on loopback."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, DeploymentFilter
from prefect.client.schemas.filters import DeploymentFilterName as NameFilter
from prefect.client.schemas.objects import FlowRun

from flows.closing import close_or_reopen
from flows.published import open_published, rows_of

pytestmark = pytest.mark.server
CHECKOUT = Path(__file__).parents[1]
PREFECT = Path(sys.executable).with_name("prefect")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FEW_DISTRICTS = ("001", "002", "003")


def prefect(*arguments: str) -> None:
    """Run the prefect program in the checkout, as an operator does."""
    done = subprocess.run([PREFECT, *arguments], cwd=CHECKOUT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def deployed(prefect_api: str) -> Iterator[SyncPrefectClient]:
    prefect("work-pool", "create", "scheme21", "--type", "process")
    prefect("work-pool", "set-concurrency-limit", "scheme21", "1")
    prefect("--no-prompt", "deploy", "--all")
    with get_client(sync_client=True) as client:
        yield client


@pytest.fixture
def worker(deployed: SyncPrefectClient, tmp_path: Path) -> Iterator[None]:
    command = [PREFECT, "worker", "start", "--pool", "scheme21", "--type", "process"]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=CHECKOUT, stdout=log, stderr=log, start_new_session=True)
    yield
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=30)


def wait_for(client: SyncPrefectClient, run: FlowRun) -> FlowRun:
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline:
        seen = client.read_flow_run(run.id)
        if seen.state is not None and seen.state.is_final():
            return seen
        time.sleep(0.5)
    raise AssertionError(f"{run.name} did not end: {seen.state}")


def is_scheduled_daily(client: SyncPrefectClient) -> bool:
    return all(s.active for s in client.read_deployment_by_name("cycle/cycle-daily").schedules)


def test_a_worker_runs_a_deployed_cycle(
    deployed: SyncPrefectClient, worker: None, sample_inbox: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for code in FEW_DISTRICTS:
        shutil.copytree(sample_inbox / code, home / "inbox" / code)
    deployment = deployed.read_deployment_by_name("cycle/cycle-monthly")
    given = {"home": str(home), "now": "2021-04-20T23:59:59+07:00"}

    run = wait_for(deployed, deployed.create_flow_run_from_deployment(deployment.id, parameters=given))

    assert run.state is not None
    assert (run.name, run.state.name) == ("cycle-2021-04", "Completed")
    of_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
    kinds = {(a.key, a.type) for a in deployed.read_artifacts(artifact_filter=of_run)}
    assert kinds == {("cycle-progress", "progress"), ("verdicts", "table"), ("countdown", "markdown")}
    with open_published(home / "published" / "scheme21.duckdb") as reader:
        (seen,) = rows_of(reader, "SELECT period, districts_reported, districts_due FROM countdown")
    assert seen == {"period": "2021-03", "districts_reported": 3, "districts_due": 30}


@pytest.mark.parametrize(("name", "hour", "days"), [("cycle-monthly", 6, {6}), ("cycle-daily", 7, None)])
def test_scheduled_runs_are_created_in_hanoi_time(
    deployed: SyncPrefectClient, name: str, hour: int, days: set[int] | None
) -> None:
    scheduled: list[FlowRun] = []
    deadline = time.monotonic() + 90
    while not scheduled and time.monotonic() < deadline:
        time.sleep(0.5)
        found = deployed.read_flow_runs(deployment_filter=DeploymentFilter(name=NameFilter(any_=[name])))
        scheduled = [run for run in found if run.auto_scheduled]
    starts = [run.expected_start_time.astimezone(HANOI) for run in scheduled if run.expected_start_time]
    assert starts
    assert {(start.hour, start.minute) for start in starts} == {(hour, 0)}
    assert days is None or {start.day for start in starts} == days


def test_one_cycle_at_a_time(deployed: SyncPrefectClient) -> None:
    assert deployed.read_work_pool("scheme21").concurrency_limit == 1
    for name in ("cycle/cycle-monthly", "cycle/cycle-daily"):
        deployment = deployed.read_deployment_by_name(name)
        assert deployment.global_concurrency_limit is not None
        assert deployment.global_concurrency_limit.limit == 1
        assert deployment.concurrency_options is not None
        assert deployment.concurrency_options.collision_strategy.value == "ENQUEUE"
        assert deployment.work_pool_name == "scheme21"


def test_the_daily_catch_up_rests_when_nothing_remains_and_wakes_when_something_does(
    deployed: SyncPrefectClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closing = flow(name="closing", persist_result=False, result_storage=tmp_path)(close_or_reopen)
    asyncio.run(closing(snapshot(tmp_path / "hand.duckdb", is_complete=True), tmp_path / "run"))
    assert is_scheduled_daily(deployed)  # a run by hand moves nobody's schedule

    catch_up = deployed.read_deployment_by_name("cycle/cycle-daily")
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", str(catch_up.id))
    statement = asyncio.run(closing(snapshot(tmp_path / "a.duckdb", is_complete=True), tmp_path / "run"))

    assert not is_scheduled_daily(deployed)
    assert statement == tmp_path / "run" / "closing-statement.md"
    words = statement.read_text(encoding="utf-8")
    assert "Đến kỳ 2021-12, không còn xã, phường, thị trấn, thôn, tổ dân phố nào" in words
    assert "SỐ LIỆU MÔ PHỎNG" in words

    reopened = asyncio.run(closing(snapshot(tmp_path / "b.duckdb", is_complete=False), tmp_path / "run"))

    assert reopened is None
    assert is_scheduled_daily(deployed)


def snapshot(path: Path, is_complete: bool) -> Path:
    with duckdb.connect(str(path)) as file:
        file.execute("CREATE SCHEMA marts")
        file.execute(
            "CREATE TABLE marts.completion AS SELECT $1 AS is_complete, '2021-12' AS completed_period",
            [is_complete],
        )
        file.execute(
            "CREATE TABLE marts.release AS "
            "SELECT true AS is_simulated, TIMESTAMP '2022-01-20 23:59:59' AS as_known_at"
        )
    return path
