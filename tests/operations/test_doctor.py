"""What the doctor sees: literal homes in, expected words out."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings
from typer.testing import CliRunner

from flows.command_line import app
from flows.doctor import check_server_clock, prefect_checks
from schemas.settings import Settings
from tasks.alert.ledger import open_ledger
from tasks.checkup import check_clock, local_checks
from tasks.checkup_alerts import check_messages, check_watch
from tasks.checkup_result import Level
from tasks.heartbeat import begin_heartbeat, end_heartbeat
from tasks.metrics import write_metrics
from tasks.watch import look
from tests.operations.failing_server import failing_server

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CLOCK = datetime(2021, 6, 10, 9, tzinfo=HANOI)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "home" / "inbox").mkdir(parents=True)
    return Settings(home=tmp_path / "home")


def test_the_doctor_names_what_is_wrong_and_the_mend(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHEME21_DUEDAY", "5")
    Path(settings.inbox_url).rmdir()
    begun = begin_heartbeat(settings, "r1", "2021-06", CLOCK - HOUR, CLOCK - HOUR)
    end_heartbeat(settings, begun, CLOCK - HOUR, "failed", CLOCK - 2 * DAY)
    seen = {check.name.rpartition(" / ")[2]: check for check in local_checks(settings, CLOCK)}
    assert {name: check.level for name, check in seen.items()} == {
        "settings": Level.WARNING,
        "home": Level.OK,
        "access": Level.WARNING,
        "disk": Level.OK,
        "clock": Level.OK,
        "inbox": Level.CRITICAL,
        "archive": Level.OK,
        "damaged files": Level.OK,
        "lock": Level.OK,
        "last cycle": Level.CRITICAL,
        "schedule": Level.OK,
        "release": Level.WARNING,
        "alerts": Level.WARNING,
        "messages": Level.OK,
        "watch": Level.WARNING,
    }
    assert "SCHEME21_DUEDAY" in seen["settings"].saw
    assert "does not exist" in seen["inbox"].saw
    assert all(check.mend for check in seen.values() if check.level is not Level.OK)


def seen_of_alerts(settings: Settings, clock: datetime) -> dict[str, tuple[str, str]]:
    checks = (check_messages(settings, clock), check_watch(settings, clock))
    return {check.name.rpartition(" / ")[2]: (check.level.name, check.saw) for check in checks}


def test_the_doctor_and_the_metrics_tell_of_messages_that_wait_and_of_a_watchman_that_stays_away(
    settings: Settings,
) -> None:
    look(settings, CLOCK, None)
    with open_ledger(settings) as ledger:
        ledger.execute(
            "INSERT INTO message BY NAME SELECT 'm' AS message_id, 1 AS position, 'cycle_failed' AS cause, "
            "'engineers' AS audience, 'opened' AS stage, ['a'] AS alert_ids, 'mail' AS channel, "
            "'x@y.vn' AS recipient, 't' AS title, 't' AS text, 't' AS html, []::VARCHAR[] AS attachments, "
            "true AS is_simulated, $1::TIMESTAMPTZ AS written_at",
            [CLOCK],
        )
    assert seen_of_alerts(settings, CLOCK + 59 * MINUTE) == {
        "messages": ("OK", "không có gì chờ lâu / nothing waits for long"),
        "watch": ("OK", "lần cuối / last: 10/06/2021 09:00"),
    }
    assert seen_of_alerts(settings, CLOCK + DAY) == {
        "messages": ("WARNING", "chưa gửi được quá một ngày / not sent for over a day: 1"),
        "watch": ("WARNING", "lần cuối / last: 10/06/2021 09:00"),
    }
    lines = write_metrics(settings, CLOCK + DAY).read_text().splitlines()
    assert [line for line in lines if line.startswith("scheme21_alert")] == [
        "scheme21_alerts_readable 1.0",
        "scheme21_alert_messages_waiting 1.0",
        "scheme21_alerts_evaluated_timestamp_seconds 1.6232904e+09",
    ]


def test_a_damaged_ledger_of_alerts_is_seen(settings: Settings) -> None:
    settings.alerts.write_text("not a database")
    check = check_messages(settings, CLOCK)
    assert (check.level, str(settings.alerts) in check.saw) == (Level.CRITICAL, True)
    assert "scheme21_alerts_readable 0.0" in write_metrics(settings, CLOCK).read_text()


def test_a_server_that_fails_is_a_check_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with failing_server() as url, temporary_settings({PREFECT_API_URL: url}):
        monkeypatch.setenv("PREFECT_API_URL", url)
        (check,) = prefect_checks(CLOCK)
    assert check.level is Level.CRITICAL
    assert "500 Internal Server Error" in check.saw


def test_a_server_with_another_time_is_seen() -> None:
    with failing_server() as url:
        now = datetime.now(HANOI)
        assert check_server_clock(url, now).level is Level.OK
        assert check_server_clock(url, now + 3 * MINUTE).level is Level.CRITICAL


def test_the_doctor_ends_with_the_worst_level(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL")
    said = CliRunner().invoke(app, ["doctor", "--home", str(settings.home), "--json"])
    assert json.loads(said.stdout)["level"] == "warning"
    assert said.exit_code == 1
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    assert CliRunner().invoke(app, ["doctor", "--home", str(settings.home)]).exit_code == 2
    monkeypatch.setenv("SCHEME21_DUE_DAY", "31")
    said = CliRunner().invoke(app, ["doctor", "--json"])
    assert (said.exit_code, "SCHEME21_DUE_DAY" in said.stdout) == (2, True)


def test_a_disk_that_takes_no_file_is_said_of_the_clock_too(tmp_path: Path) -> None:
    seen = check_clock(Settings(home=tmp_path / "gone"), CLOCK)
    assert (seen.level, seen.mend) == (Level.CRITICAL, "sửa quyền hoặc đĩa / mend its rights or disk")
