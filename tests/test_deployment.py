"""The deployments of prefect.yaml against a real server, on loopback."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter
from prefect.client.schemas.filters import DeploymentFilterName as NameFilter
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import PrefectHTTPStatusError
from prefect.states import Running

from flows.closing import close_or_reopen
from flows.schedules import CYCLE, last_due, next_due
from flows.stale_flow_runs import give_up_stale_runs
from schemas.settings import Settings
from tasks.lock import writer_lock

pytestmark = pytest.mark.server
CHECKOUT = Path(__file__).parents[1]
PREFECT = Path(sys.executable).with_name("prefect")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def prefect(*arguments: str) -> None:
    """Run the prefect program in the checkout, as an operator does."""
    done = subprocess.run([PREFECT, *arguments], cwd=CHECKOUT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def deployed(prefect_api: str) -> Iterator[SyncPrefectClient]:
    prefect("work-pool", "create", "scheme21", "--type", "process")
    prefect("work-queue", "create", "writer", "--pool", "scheme21", "--limit", "1")
    prefect("--no-prompt", "deploy", "--all")
    with get_client(sync_client=True) as client:
        yield client


def is_scheduled_daily(client: SyncPrefectClient) -> bool:
    schedules = client.read_deployment_by_name(CYCLE).schedules
    return {schedule.slug: schedule.active for schedule in schedules}["catch-up"]


def test_scheduled_runs_are_created_in_hanoi_time(deployed: SyncPrefectClient) -> None:
    cycles = DeploymentFilter(name=NameFilter(any_=["cycle"]))
    scheduled: list[FlowRun] = []
    deadline = time.monotonic() + 90
    while not scheduled and time.monotonic() < deadline:
        time.sleep(0.5)
        found = deployed.read_flow_runs(deployment_filter=cycles, limit=200)
        scheduled = [run for run in found if run.auto_scheduled]
    starts = [run.expected_start_time.astimezone(HANOI) for run in scheduled if run.expected_start_time]
    assert starts
    assert {(start.hour, start.minute) for start in starts} <= {(6, 0), (7, 0)}
    assert {start.day for start in starts if start.hour == 6} <= {6}


def test_a_schedule_tells_when_it_was_due_and_when_it_is_next(deployed: SyncPrefectClient) -> None:
    schedules = list(deployed.read_deployment_by_name(CYCLE).schedules)
    assert {schedule.slug: schedule.active for schedule in schedules} == {
        "after-due-date": True,
        "catch-up": True,
        "while-waiting": False,
    }
    begun = max(schedule.updated for schedule in schedules if schedule.updated).astimezone(HANOI)
    noon = begun.replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=40)
    assert next_due(schedules, noon) == noon.replace(hour=7) + timedelta(days=1)
    assert last_due(schedules, noon) == noon.replace(hour=7)
    assert last_due(schedules, begun) is None  # nothing was due before the schedules were made


def test_writers_take_turns_and_watchers_never_wait_for_them(deployed: SyncPrefectClient) -> None:
    assert deployed.read_work_pool("scheme21").concurrency_limit is None
    queues = {
        queue.name: queue.concurrency_limit for queue in deployed.read_work_queues(work_pool_name="scheme21")
    }
    assert queues == {"writer": 1, "default": None}
    seen = {
        (
            d.name,
            d.work_queue_name,
            d.concurrency_options.collision_strategy.value if d.concurrency_options else "",
        )
        for d in deployed.read_deployments()
        if d.work_pool_name == "scheme21"
    }
    assert seen == {
        ("cycle", "writer", "ENQUEUE"),
        ("rebuild", "writer", "ENQUEUE"),
        ("backfill", "writer", "ENQUEUE"),
        ("remind", "writer", "ENQUEUE"),
        ("ingest-on-arrival", "default", "CANCEL_NEW"),
        ("watch", "default", "CANCEL_NEW"),
    }


def test_a_period_that_is_none_is_refused_when_the_run_is_created(deployed: SyncPrefectClient) -> None:
    deployment = deployed.read_deployment_by_name("backfill/backfill")
    given = {"first_period": "2021-13", "last_period": "2021-12"}
    with pytest.raises(PrefectHTTPStatusError, match="Validation failed for field 'first_period'"):
        deployed.create_flow_run_from_deployment(deployment.id, parameters=given)


def test_a_cycle_whose_process_is_gone_is_given_up(deployed: SyncPrefectClient, tmp_path: Path) -> None:
    deployment = deployed.read_deployment_by_name(CYCLE)
    settings = Settings(home=tmp_path)
    run = deployed.create_flow_run_from_deployment(
        deployment.id, parameters={"home": str(tmp_path)}, state=Running()
    )
    later = datetime.now(HANOI) + timedelta(minutes=6)

    assert asyncio.run(give_up_stale_runs(later - timedelta(minutes=2))) == []  # too early to tell
    with writer_lock(settings, "cycle 2021-05"):
        assert asyncio.run(give_up_stale_runs(later)) == []  # somebody works
    assert [stale.id for stale in asyncio.run(give_up_stale_runs(later))] == [run.id]

    seen = deployed.read_flow_run(run.id)
    assert seen.state is not None
    assert seen.state.name == "Crashed"


def test_the_daily_catch_up_rests_when_nothing_remains_and_wakes_when_something_does(
    deployed: SyncPrefectClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closing = flow(name="closing", persist_result=False, result_storage=tmp_path)(close_or_reopen)
    asyncio.run(closing(snapshot(tmp_path / "hand.duckdb", is_complete=True), tmp_path / "run"))
    assert is_scheduled_daily(deployed)  # a run by hand moves nobody's schedule

    catch_up = deployed.read_deployment_by_name(CYCLE)
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
