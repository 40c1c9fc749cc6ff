"""Alerts through Prefect: the gate is made to refuse; mails go out, an automation fires, a command tells."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from prefect import flow
from prefect.blocks.system import Secret
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import get_client
from prefect.events.worker import EventsWorker
from pydantic import SecretStr
from typer.testing import CliRunner

from flows.alerting import tell, with_secrets
from flows.automations import NoSuchBlock, apply_automations
from flows.command_line import app
from flows.cycle import cycle
from flows.exits import Exit
from flows.report import GateRefused
from flows.run_record import recorded_run
from flows.steps import Steps
from schemas.settings import Settings
from tasks.checkup import check_last_cycle
from tasks.checkup_result import Level
from tasks.watch import cycle_failed
from tests.alerts.post_office import PostOffice, page_of, web_listener
from tests.demonstration import Demo
from warehouse.connection import open_warehouse

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
REFUSED_FIRST, REFUSED_AGAIN = (datetime(2021, 5, day, 23, 59, 59, tzinfo=HANOI) for day in (21, 22))
ENGINEER, BOARD = "engineer@office.example", "board@office.example"


@pytest.fixture
def home(copied_home: Path, post: PostOffice, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demonstration's home, whose tables were released and of which nobody was told."""
    monkeypatch.setenv("SCHEME21_SMTP_URL", post.url)
    monkeypatch.setenv("SCHEME21_ENGINEERS", "secret://scheme21-engineers")
    monkeypatch.setenv("SCHEME21_BOARD", BOARD)
    return copied_home


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.1)


@pytest.fixture
def events_of_now(prefect_api: str) -> None:
    """Events of earlier tests may still wait for a server that is gone; none of now queues behind them."""
    EventsWorker.drain_all(timeout=5)


@pytest.mark.long
@pytest.mark.server
@pytest.mark.usefixtures("events_of_now")
def test_when_the_gate_refuses_everyone_hears_what_concerns_them_once(
    prefect_api: str, home: Path, post: PostOffice
) -> None:
    with duckdb.connect(str(home / "warehouse.duckdb")) as warehouse:
        warehouse.execute("DELETE FROM ledger.source_row WHERE state = 'loaded' AND source_row = 12")
        # What is settled is right: a cycle with nothing new would rest on it and release nothing.
        warehouse.execute("DROP SCHEMA settled CASCADE")
    Secret(value=ENGINEER).save("scheme21-engineers", overwrite=True)
    with web_listener() as (port, posted):
        Webhook(url=SecretStr(f"http://127.0.0.1:{port}/hook"), allow_private_urls=True).save(
            "scheme21-engineers", overwrite=True
        )
        assert apply_automations() == ["scheme21 gate refused", "scheme21 cycle in trouble"]
        apply_automations()
        for now in (REFUSED_FIRST, REFUSED_AGAIN):
            with pytest.raises(GateRefused):
                asyncio.run(cycle(home=home, now=now))
        wait_until(lambda: posted)
        time.sleep(0.5)
    with get_client(sync_client=True) as client:
        assert len(client.read_automations_by_name("scheme21 gate refused")) == 1
    assert posted == [
        {
            "event": "scheme21.alert.opened",
            "alert": "gate_refused:release:20210521T235959",
            "vi": "Cửa kiểm soát không cho phát hành",
            "en": "The gate refused the release",
        }
    ]
    assert [(mail["To"], mail["Subject"].rpartition("Đề án 21: ")[2]) for mail in post.mails] == [
        (BOARD, "các bảng chưa được cập nhật"),
        (ENGINEER, "cửa kiểm soát không cho phát hành"),
        (ENGINEER, "Nhắc lại: cửa kiểm soát không cho phát hành"),
    ]
    assert "số liệu nhận được đến 20/05/2021 23:59" in page_of(post.mails[0])
    assert "rows_add_up" in page_of(post.mails[1])

    listed = CliRunner().invoke(app, ["alerts", "--home", str(home)], env={"COLUMNS": "200"})
    assert listed.exit_code == Exit.REFUSED
    for words in ("Cửa kiểm soát không cho phát hành", "Ban, kỹ thuật (3)", "đang mở / open"):
        assert words in listed.stdout


def test_a_demonstration_tells_nobody(demo: Demo) -> None:
    with duckdb.connect(str(demo.home / "alerts.duckdb"), read_only=True) as ledger:
        assert ledger.execute("SELECT count(*) FROM message").fetchone() == (0,)
        told = ledger.execute("SELECT cause FROM alert WHERE closed_at IS NULL GROUP BY ALL ORDER BY ALL")
        assert [cause for (cause,) in told.fetchall()] == ["completion", "milestone"]


@pytest.mark.server
def test_a_release_of_which_nobody_could_be_told_is_recorded_and_seen_as_such(
    prefect_api: str, tmp_path: Path
) -> None:
    settings = Settings(_env_file=None, home=tmp_path)
    settings.alerts.mkdir()

    async def telling() -> None:
        with (
            open_warehouse(settings.warehouse, settings.time_zone) as warehouse,
            recorded_run(warehouse, settings, REFUSED_FIRST) as report,
        ):
            report.outcome = "released"
            await tell(await Steps.begin(report.period), warehouse, settings, report, silent=False)

    with pytest.raises(duckdb.IOException, match=r"alerts\.duckdb"):
        asyncio.run(flow(telling, persist_result=False, result_storage=tmp_path)())
    with duckdb.connect(str(settings.warehouse)) as warehouse:
        assert warehouse.execute("SELECT outcome FROM ledger.run").fetchall() == [("untold",)]
    seen = cycle_failed(settings)
    assert seen is not None
    assert seen.facts["detail_vi"] == "các bảng đã xử lý xong, nhưng bước gửi thông báo dừng vì lỗi."
    checked = check_last_cycle(settings)
    assert (checked.level, ": untold," in checked.saw) == (Level.CRITICAL, True)


@pytest.mark.server
def test_a_block_that_is_not_there_leaves_its_audience_owed(prefect_api: str, tmp_path: Path) -> None:
    given = Settings(_env_file=None, home=tmp_path, board=SecretStr("secret://no-such-block"))
    resolving = flow(name="resolving", persist_result=False, result_storage=tmp_path)(with_secrets)
    assert asyncio.run(resolving(given)).board is None


@pytest.mark.server
def test_an_automation_whose_block_is_missing_is_named(prefect_api: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text = Path("flows/automations.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("webhook/scheme21-engineers", "webhook/nobody"), encoding="utf-8")
    with pytest.raises(NoSuchBlock, match="webhook/nobody"):
        apply_automations(file)


def test_alerts_before_anything_ran_and_when_nothing_is_open(tmp_path: Path) -> None:
    nothing = CliRunner().invoke(app, ["alerts", "--home", str(tmp_path)])
    assert (nothing.exit_code, "Chưa có lần chạy nào" in nothing.stderr) == (Exit.NOTHING_PUBLISHED, True)
