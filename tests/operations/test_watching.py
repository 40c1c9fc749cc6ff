"""What the watchman and the doctor see: literal homes in, expected words out."""

import os
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from cronsim import CronSim

from flows.past_periods import NotToBeTaken, usual_moments
from flows.prefect_server import is_healthy
from schemas.settings import Settings
from tasks.alert.ledger import open_ledger
from tasks.checkup import local_checks
from tasks.checkup_result import Level
from tasks.heartbeat import begin_heartbeat, end_heartbeat
from tasks.lock import writer_lock
from tasks.waiting import waiting
from tasks.watch import conditions, expected_since, look
from tests.demonstration import Demo
from tests.operations.failing_server import failing_server
from tests.operations.office import scheme21

CHECKOUT = Path(__file__).parents[2]
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CLOCK = datetime(2021, 6, 10, 9, tzinfo=HANOI)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "home" / "inbox").mkdir(parents=True)
    return Settings(home=tmp_path / "home")


def cycle_that_ended(
    settings: Settings, at: datetime, outcome: str, next_due: datetime | None = None
) -> None:
    end_heartbeat(settings, begin_heartbeat(settings, "r1", "2021-06", at, at), at, outcome, next_due)


def causes(settings: Settings, clock: datetime, last_due: datetime | None = None) -> list[str]:
    return [condition.cause for condition in conditions(settings, clock, last_due)]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("released", []), ("unchanged", []), ("refused", []), ("failed", ["cycle_failed"])],
)
def test_a_cycle_that_failed_is_told_a_refusal_is_not_a_failure(
    settings: Settings, outcome: str, expected: list[str]
) -> None:
    cycle_that_ended(settings, CLOCK - HOUR, outcome)
    assert causes(settings, CLOCK) == expected


def test_a_cycle_without_an_end_has_crashed_unless_somebody_is_at_work(settings: Settings) -> None:
    cycle_that_ended(settings, CLOCK - DAY, "released")
    begin_heartbeat(settings, "r1", "2021-06", CLOCK, CLOCK)
    with writer_lock(settings, "cycle 2021-06"):
        assert causes(settings, CLOCK) == []
    (condition,) = conditions(settings, CLOCK, None)
    assert condition.facts == {
        "since": "10/06/2021 09:00",
        "detail_vi": "tiến trình bị tắt giữa chừng.",
        "detail_en": "its process was killed.",
        "run_id": "r1",
    }


def test_a_heartbeat_that_is_damaged_is_told_and_hides_nothing_else(settings: Settings) -> None:
    settings.heartbeat.touch()
    os.utime(settings.heartbeat, (CLOCK.timestamp(), CLOCK.timestamp()))
    (condition,) = look(settings, CLOCK, None).conditions
    assert condition.cause == "cycle_failed"
    assert condition.facts == {
        "since": "10/06/2021 09:00",
        "detail_vi": "heartbeat.json bị hỏng, không rõ chu kỳ cuối kết thúc ra sao.",
        "detail_en": "heartbeat.json is damaged: how the last cycle ended is not known.",
        "run_id": "không rõ / unknown",
    }
    assert causes(settings, CLOCK, CLOCK - 2 * HOUR) == ["cycle_failed", "cycle_never_ran"]
    assert "scheme21_cycle" not in settings.metrics.read_text()
    (check,) = [c for c in local_checks(settings, CLOCK) if c.name == "chu kỳ cuối / last cycle"]
    assert check.level is Level.CRITICAL
    cycle_that_ended(settings, CLOCK, "released")
    assert look(settings, CLOCK + MINUTE, None).raised.of("closed")[0].cause == "cycle_failed"


def test_a_server_without_its_database_is_no_server() -> None:
    with failing_server(ready=HTTPStatus.SERVICE_UNAVAILABLE) as url:
        assert not is_healthy(url)
    with failing_server() as url:
        assert is_healthy(url)


def test_the_watchman_looks_and_tells_though_the_server_fails(settings: Settings) -> None:
    cycle_that_ended(settings, CLOCK, "failed")
    with failing_server() as url:
        watching = scheme21("watch", "--home", settings.home, url=url)
        said, complaint = watching.communicate(timeout=60)
    assert watching.returncode == 69
    assert "cycle_failed, 10/06/2021 09:00: dừng vì lỗi. / ended by an error." in said
    assert complaint.startswith(f"Máy chủ Prefect {url} không dùng được")
    assert "Traceback" not in complaint
    with open_ledger(settings) as ledger:
        assert ledger.execute("SELECT cause FROM alert ORDER BY cause").fetchall() == [
            ("cycle_failed",),
            ("cycle_never_ran",),
        ]


def test_a_holder_that_takes_too_long_is_stuck(settings: Settings) -> None:
    now = datetime.now(HANOI)
    with writer_lock(settings, "cycle 2021-06"):
        assert causes(settings, now + 59 * MINUTE) == []
        assert causes(settings, now + 61 * MINUTE) == ["cycle_stuck"]
    assert causes(settings, now + 61 * MINUTE) == []


def test_a_cycle_that_was_due_and_has_not_ended_never_ran(settings: Settings) -> None:
    due = CLOCK - 2 * HOUR
    assert causes(settings, due + 59 * MINUTE, due) == []
    assert causes(settings, CLOCK, due) == ["cycle_never_ran"]
    cycle_that_ended(settings, due - DAY, "released")
    assert causes(settings, CLOCK, due) == ["cycle_never_ran"]
    cycle_that_ended(settings, due + 5 * MINUTE, "released")
    assert causes(settings, CLOCK, due) == []


def test_without_a_server_what_the_last_cycle_announced_is_expected_else_the_due_date(
    settings: Settings,
) -> None:
    assert expected_since(settings, CLOCK) is None
    cycle_that_ended(settings, CLOCK - 3 * DAY, "released", CLOCK - 2 * DAY)
    assert expected_since(settings, CLOCK) == CLOCK - 2 * DAY
    assert causes(settings, CLOCK) == ["cycle_never_ran"]
    settings.heartbeat.unlink()
    cycle_that_ended(settings, CLOCK - 3 * DAY, "released")
    assert expected_since(settings, CLOCK) == datetime(2021, 6, 5, 23, 59, 59, tzinfo=HANOI)
    assert expected_since(settings, CLOCK - 6 * DAY) == datetime(2021, 5, 5, 23, 59, 59, tzinfo=HANOI)


def test_what_lies_in_the_inbox_waits_once_it_has_settled(settings: Settings) -> None:
    folder = Path(settings.inbox_url) / "001"
    folder.mkdir()
    (folder / "bao-cao.xlsx").write_text("bytes")
    landed = datetime.fromtimestamp((folder / "bao-cao.xlsx").stat().st_mtime, HANOI)
    assert not waiting(settings, landed + timedelta(seconds=29))
    found = waiting(settings, landed + timedelta(seconds=31))
    assert [(file.district_code, file.file_name) for file in found.new] == [("001", "bao-cao.xlsx")]
    assert found.key == waiting(settings, landed + HOUR).key


def test_the_monthly_cycle_is_scheduled_when_a_backfill_takes_a_period(settings: Settings) -> None:
    deployments = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    schedules = [schedule for deployment in deployments for schedule in deployment.get("schedules", [])]
    (monthly,) = [schedule["cron"] for schedule in schedules if schedule["slug"] == "after-due-date"]
    [(_, moment)] = usual_moments(settings, "2021-04", "2021-04", CLOCK)
    assert next(CronSim(monthly, datetime(2021, 5, settings.due_day, 23, 59, 59, tzinfo=HANOI))) == moment


def test_past_periods_are_taken_on_the_morning_after_they_were_due(settings: Settings) -> None:
    moments = usual_moments(settings, "2021-03", "2021-04", CLOCK)
    assert [(str(period), moment) for period, moment in moments] == [
        ("2021-03", datetime(2021, 4, 6, 6, tzinfo=HANOI)),
        ("2021-04", datetime(2021, 5, 6, 6, tzinfo=HANOI)),
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2021-13", "2021-12", "không đúng dạng"),
        ("2021-05", "2021-04", "kỳ cuối trước kỳ đầu"),
        ("2021-02", "2021-04", "trước kỳ gốc 2021-03"),
        ("2021-03", "2021-06", "06/07/2021 06:00 mới chạy được kỳ này"),
    ],
)
def test_periods_that_cannot_be_taken_are_refused(
    settings: Settings, first: str, last: str, words: str
) -> None:
    with pytest.raises(NotToBeTaken, match=words):
        usual_moments(settings, first, last, CLOCK)


def test_nothing_is_backfilled_behind_what_is_published(demo: Demo) -> None:
    with pytest.raises(NotToBeTaken, match="số liệu đến 20/05/2021 23:59, không được lùi lại"):
        usual_moments(Settings(home=demo.home), "2021-03", "2021-04", CLOCK)
