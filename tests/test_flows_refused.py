"""Cycles that meet trouble: bad files, a corrupted ledger, another writer, a store that fails."""

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterName,
    TaskRunFilter,
    TaskRunFilterName,
)

from flows.cycle import cycle
from flows.given import settings_for
from flows.published import open_published
from flows.report import CycleReport, GateRefused
from flows.steps import Steps
from schemas.rows import rows_of
from tasks.lock import WarehouseBusy, writer_lock

pytestmark = pytest.mark.server
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MARCH_TAKEN = datetime(2021, 4, 20, 23, 59, 59, tzinfo=HANOI)
APRIL_TAKEN = datetime(2021, 5, 20, 23, 59, 59, tzinfo=HANOI)
FEW_DISTRICTS = ("001", "002", "003")


@pytest.fixture
def home(prefect_api: str, tmp_path: Path, sample_inbox: Path) -> Path:
    for code in FEW_DISTRICTS:
        shutil.copytree(sample_inbox / code, tmp_path / "home" / "inbox" / code)
    return tmp_path / "home"


def run_cycle(home: Path, now: datetime) -> CycleReport:
    return asyncio.run(cycle(home=home, inbox=str(home / "inbox"), now=now))


def test_unreadable_files_are_sent_back_and_everything_else_goes_on(home: Path) -> None:
    good = (home / "inbox" / "001" / "001-2021-03-lan1.xlsx").read_bytes()
    bad = {
        "004/cut.xlsx": good[: len(good) // 2],
        "005/empty.xlsx": b"",
        "006/picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "007/of-another-district.xlsx": good,
    }
    for name, content in bad.items():
        path = home / "inbox" / name
        path.parent.mkdir()
        path.write_bytes(content)
        moment = datetime(2021, 4, 4, 9, tzinfo=HANOI).timestamp()
        os.utime(path, (moment, moment))

    report = run_cycle(home, MARCH_TAKEN)

    verdicts = {f"{o.district_code}/{o.file_name}": o.verdict for o in report.outcomes}
    assert {name for name, verdict in verdicts.items() if verdict == "rejected"} == set(bad)
    assert report.outcome == "released"
    with open_published(home / "published" / "scheme21.duckdb") as reader:
        faults = rows_of(
            reader, "SELECT district_code, fault FROM findings WHERE severity = 'fatal' ORDER BY ALL"
        )
    assert [tuple(row.values()) for row in faults] == [
        ("004", "unreadable_file"),
        ("005", "unreadable_file"),
        ("006", "unreadable_file"),
        ("007", "wrong_district"),
    ]


def test_a_corrupted_count_is_refused_and_the_published_tables_stay(home: Path) -> None:
    first = run_cycle(home, MARCH_TAKEN)
    published = (home / "published").resolve()
    with duckdb.connect(str(home / "warehouse.duckdb")) as warehouse:
        warehouse.execute("DELETE FROM ledger.source_row WHERE state = 'loaded' AND source_row = 12")
        # And a status that nobody knows, for which the page, drawn meanwhile, has no word.
        unknown = "UPDATE settled.unit_step SET status_to = 'forgotten' WHERE status_to <> 'completed'"
        warehouse.execute(unknown)

    with pytest.raises(GateRefused) as refused:
        run_cycle(home, APRIL_TAKEN)

    report = refused.value.report
    assert report.gate is not None
    assert "rows_add_up" in {result.name for result in report.gate.failing}
    assert all(result.rows for result in report.gate.failing if result.name == "rows_add_up")
    assert (home / "published").resolve() == published == home.resolve() / "releases" / first.run_id
    assert not (home / "releases" / report.run_id).exists()
    kept = json.loads((home / "runs" / report.run_id / "cycle.json").read_bytes())
    assert kept["outcome"] == "refused"
    assert "rows_add_up" in kept["failing_expectations"]
    assert states_of("cycle-2021-05", "draw-2021-05") == ("Failed", "Failed")


def states_of(flow_run: str, task_run: str) -> tuple[str | None, str | None]:
    """The states of the latest flow run and of the latest task run of those names."""
    flow_named = FlowRunFilter(name=FlowRunFilterName(any_=[flow_run]))
    task_named = TaskRunFilter(name=TaskRunFilterName(any_=[task_run]))
    with get_client(sync_client=True) as client:
        flow_runs = client.read_flow_runs(flow_run_filter=flow_named)
        task_runs = client.read_task_runs(task_run_filter=task_named)
    latest_flow_run = max(flow_runs, key=lambda run: run.created)
    return latest_flow_run.state_name, max(task_runs, key=lambda run: run.created).state_name


def test_a_second_cycle_says_who_holds_the_warehouse(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHEME21_LOCK_WAIT", "0.3")
    with (
        writer_lock(settings_for(home), "cycle 2021-03"),
        pytest.raises(WarehouseBusy, match="cycle 2021-03"),
    ):
        run_cycle(home, MARCH_TAKEN)


def failing(times: int, error: OSError) -> tuple[Callable[[], str], list[int]]:
    """A step that raises `error` so often before it answers, and the list its calls are counted in."""
    calls: list[int] = []

    def receive() -> str:
        calls.append(1)
        if len(calls) <= times:
            raise error
        return "received"

    return receive, calls


@flow(name="receiving", persist_result=False, result_storage=Path(tempfile.gettempdir()))
async def receiving(step: Callable[[], str]) -> str:
    steps = await Steps.begin("2021-05")
    return await steps.run_with_retries(1, step)


def test_a_landing_store_that_fails_is_asked_again(prefect_api: str) -> None:
    receive, calls = failing(1, ConnectionResetError("the store hung up"))
    assert asyncio.run(receiving(receive)) == "received"
    assert len(calls) == 2


def test_a_landing_place_that_is_not_there_is_not_asked_again(prefect_api: str) -> None:
    receive, calls = failing(1, FileNotFoundError("no such place"))
    with pytest.raises(FileNotFoundError):
        asyncio.run(receiving(receive))
    assert len(calls) == 1
