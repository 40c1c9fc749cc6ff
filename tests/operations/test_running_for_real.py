"""`scheme21 up` on a home of its own: what is deployed, and every deployment at work in its worker.

Files land, a cycle is killed, the server goes; nobody lends a hand. The tests are one story, in its order.
"""

import asyncio
import os
import shutil
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from prefect import flow
from prefect.exceptions import PrefectHTTPStatusError
from prefect.states import Running

from flows.arrival import ingest_on_arrival
from flows.closing import close_or_reopen
from flows.published import open_published
from flows.schedules import CYCLE, last_due, next_due
from flows.stale_flow_runs import give_up_stale_runs
from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.heartbeat import read_heartbeat
from tasks.lock import current_holder, writer_lock
from tests.demonstration import Demo
from tests.operations.failing_server import failing_server
from tests.operations.office import (
    PATIENCE_SECONDS,
    Office,
    office_at_work,
    processes_about,
    scheme21,
    until,
)

pytestmark = [pytest.mark.server, pytest.mark.long]
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST, SECOND = "2021-04-20T23:59:59+07:00", "2021-05-05T23:59:59+07:00"
LOOK, REBUILD = "ingest-on-arrival/ingest-on-arrival", "rebuild/rebuild"
REMIND, WATCH = "remind/remind", "watch/watch"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, demo: Demo) -> Iterator[Office]:
    with office_at_work(tmp_path_factory.mktemp("office") / "home", demo.home / "prefect") as office:
        yield office


def is_scheduled_daily(office: Office) -> bool:
    schedules = office.client.read_deployment_by_name(CYCLE).schedules
    return {schedule.slug: schedule.active for schedule in schedules}["catch-up"]


def test_scheduled_runs_are_created_in_hanoi_time(office: Office) -> None:
    scheduled = until(lambda: office.cycles(auto_scheduled=True))
    starts = [run.expected_start_time.astimezone(HANOI) for run in scheduled if run.expected_start_time]
    assert starts
    assert {(start.hour, start.minute) for start in starts} <= {(6, 0), (7, 0)}
    assert {start.day for start in starts if start.hour == 6} <= {6}


def test_a_schedule_tells_when_it_was_due_and_when_it_is_next(office: Office) -> None:
    schedules = list(office.client.read_deployment_by_name(CYCLE).schedules)
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


def test_writers_take_turns_and_watchers_never_wait_for_them(office: Office) -> None:
    assert office.client.read_work_pool("scheme21").concurrency_limit is None
    queues = {
        queue.name: queue.concurrency_limit
        for queue in office.client.read_work_queues(work_pool_name="scheme21")
    }
    assert queues == {"writer": 1, "default": None}
    seen = {
        (
            d.name,
            d.work_queue_name,
            d.concurrency_options.collision_strategy.value if d.concurrency_options else "",
        )
        for d in office.client.read_deployments()
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


def test_a_period_that_is_none_is_refused_when_the_run_is_created(office: Office) -> None:
    deployment = office.client.read_deployment_by_name("backfill/backfill")
    given = {"first_period": "2021-13", "last_period": "2021-12"}
    with pytest.raises(PrefectHTTPStatusError, match="Validation failed for field 'first_period'"):
        office.client.create_flow_run_from_deployment(deployment.id, parameters=given)


def test_a_cycle_whose_process_is_gone_is_given_up(office: Office, tmp_path: Path) -> None:
    deployment = office.client.read_deployment_by_name(CYCLE)
    settings = Settings(home=tmp_path)
    run = office.client.create_flow_run_from_deployment(
        deployment.id, parameters={"home": str(tmp_path)}, state=Running()
    )
    later = datetime.now(HANOI) + timedelta(minutes=6)

    assert asyncio.run(give_up_stale_runs(later - timedelta(minutes=2))) == []  # too early to tell
    with writer_lock(settings, "cycle 2021-05"):
        assert asyncio.run(give_up_stale_runs(later)) == []  # somebody works
    assert [stale.id for stale in asyncio.run(give_up_stale_runs(later))] == [run.id]

    assert office.ended(run) == "Crashed"


def test_the_daily_catch_up_rests_when_nothing_remains_and_wakes_when_something_does(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closing = flow(name="closing", persist_result=False, result_storage=tmp_path)(close_or_reopen)
    asyncio.run(closing(snapshot(tmp_path / "hand.duckdb", is_complete=True), tmp_path / "run"))
    assert is_scheduled_daily(office)  # a run by hand moves nobody's schedule

    catch_up = office.client.read_deployment_by_name(CYCLE)
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", str(catch_up.id))
    statement = asyncio.run(closing(snapshot(tmp_path / "a.duckdb", is_complete=True), tmp_path / "run"))

    assert not is_scheduled_daily(office)
    assert statement == tmp_path / "run" / "closing-statement.md"
    words = statement.read_text(encoding="utf-8")
    assert "Đến kỳ 2021-12, không còn xã, phường, thị trấn, thôn, tổ dân phố nào" in words
    assert "SỐ LIỆU MÔ PHỎNG" in words

    reopened = asyncio.run(closing(snapshot(tmp_path / "b.duckdb", is_complete=False), tmp_path / "run"))

    assert reopened is None
    assert is_scheduled_daily(office)


def test_files_that_land_start_one_cycle(office: Office, sample_inbox: Path, tmp_path: Path) -> None:
    for code in ("001", "002", "003"):
        office.land(sample_inbox, code, "2021-03")

    assert office.ended(office.start(LOOK, now=FIRST)) == "Completed"
    (run,) = office.cycles()
    assert (office.ended(run), office.client.read_flow_run(run.id).name) == ("Completed", "cycle-2021-04")

    with open_published(office.settings.snapshot) as reader:
        (seen,) = rows_of(reader, "SELECT period, districts_reported, districts_due FROM countdown")
    assert seen == {"period": "2021-03", "districts_reported": 3, "districts_due": 30}
    heartbeat = read_heartbeat(office.settings)
    assert heartbeat is not None
    assert heartbeat.next_due is not None
    assert (heartbeat.next_due.hour, heartbeat.next_due.minute) in {(6, 0), (7, 0)}
    assert 'scheme21_cycle_outcome{outcome="released"} 1.0' in office.settings.metrics.read_text()
    # Nothing new lies there now: the next look starts none.
    look = ingest_on_arrival.with_options(result_storage=tmp_path)
    assert asyncio.run(look(office.settings.home, now=datetime.fromisoformat(FIRST))) is None


def test_what_only_looks_works_beside_the_writers_that_take_turns(office: Office) -> None:
    office.settings.metrics.unlink()
    runs = [office.start(WATCH), office.start(REBUILD), office.start(REMIND, now=FIRST)]
    assert [office.ended(run) for run in runs] == ["Completed"] * 3

    assert 'scheme21_cycle_outcome{outcome="released"} 1.0' in office.settings.metrics.read_text()
    assert office.outcomes() == ["released", "rebuilt"]
    listed = (office.settings.reminders / "2021-03.txt").read_text(encoding="utf-8")
    assert "Chưa có báo cáo kỳ 2021-03, đến 23:59 ngày 20/04/2021 / not reported: 27" in listed


def test_a_cycle_killed_in_the_middle_is_recovered_from_without_a_hand(
    office: Office, sample_inbox: Path
) -> None:
    office.land(sample_inbox, "001", "2021-04")
    run = office.start(CYCLE, now=SECOND)
    half_built = until(
        lambda: [f for f in office.settings.releases.iterdir() if not (f / "manifest.json").exists()]
    )
    for pid, command in processes_about(office.settings.home).items():
        if "server start" not in command and "scheme21 up" not in command:
            os.kill(pid, signal.SIGKILL)  # the worker, the flow's process, and what stands between them
    assert half_built[0].exists()

    watching = scheme21("watch", "--home", office.settings.home, url=office.url)
    said, complaint = watching.communicate(timeout=60)
    assert (watching.returncode, complaint) == (3, "")
    assert "tiến trình bị tắt giữa chừng" in said
    assert office.ended(run) == "Crashed"
    assert current_holder(office.settings) is None
    assert 'scheme21_cycle_outcome{outcome="crashed"} 1.0' in office.settings.metrics.read_text()

    backfill = office.start("backfill/backfill", first_period="2021-04", last_period="2021-04")
    assert office.ended(backfill) == "Completed"
    assert office.outcomes() == ["released", "rebuilt", "crashed", "released"]
    assert not half_built[0].exists()
    with open_published(office.settings.snapshot) as reader:
        (release,) = rows_of(reader, "SELECT as_known_at FROM release")
        reported = rows_of(reader, "SELECT districts_reported FROM countdown ORDER BY period")
    assert release["as_known_at"] == datetime(2021, 5, 6, 6)
    assert [row["districts_reported"] for row in reported] == [3, 1]


def test_a_command_finishes_though_one_server_fails_and_the_next_goes_and_up_leaves_nothing_behind(
    office: Office, demo: Demo, tmp_path: Path
) -> None:
    other = Settings(home=tmp_path / "other")
    shutil.copytree(demo.home / "inbox" / "001", other.home / "inbox" / "001")
    shutil.copytree(demo.home / "prefect", other.home / "prefect")
    (other.home / "prefect" / "url").write_text(office.url)
    with failing_server() as url:
        running = scheme21("run", "--home", other.home, "--now", FIRST, url=url)
        until(lambda: current_holder(other))

    office.up.send_signal(signal.SIGTERM)
    said, complaint = office.up.communicate(timeout=60)
    assert (office.up.returncode, complaint) == (0, "")
    assert "ingest-on-arrival" in said
    assert processes_about(office.settings.home) == {}

    said, complaint = running.communicate(timeout=PATIENCE_SECONDS)
    assert (running.returncode, complaint) == (0, "")
    assert said.count("chạy lại không cần máy chủ đó") == 2
    assert other.snapshot.exists()


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
