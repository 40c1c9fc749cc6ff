"""Small parts of the flows: moments as given, figures as written, the closing statement."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.closing import closing_statement
from flows.given import moment_of, parse_moment, period_at, settings_for
from flows.prefect_server import Server, ServerNotStarted, is_healthy
from flows.wording import UNKNOWN, day, decimal, moment, number
from schemas.settings import Settings

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SETTINGS = Settings()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-05-06", datetime(2021, 5, 6, 23, 59, 59, tzinfo=HANOI)),
        ("2021-05-06T07:00", datetime(2021, 5, 6, 7, tzinfo=HANOI)),
        ("2021-05-06 07:00", datetime(2021, 5, 6, 7, tzinfo=HANOI)),
        ("2021-05-06T00:00:00Z", datetime(2021, 5, 6, 7, tzinfo=HANOI)),
    ],
)
def test_a_moment_is_read_as_hanois(text: str, expected: datetime) -> None:
    assert parse_moment(text, SETTINGS) == expected


def test_a_moment_without_a_zone_is_hanois_and_none_is_the_clocks() -> None:
    assert moment_of(datetime(2021, 5, 6, 7), SETTINGS) == datetime(2021, 5, 6, 7, tzinfo=HANOI)
    assert abs((moment_of(None, SETTINGS) - datetime.now(HANOI)).total_seconds()) < 60


def test_the_period_is_that_of_hanois_calendar() -> None:
    # 18:00 UTC on the last day of May is already June in Hanoi.
    assert period_at(datetime(2021, 5, 31, 18, tzinfo=ZoneInfo("UTC")), SETTINGS) == "2021-06"


def test_what_is_given_stands_in_place_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHEME21_HOME", "/srv/office")
    monkeypatch.setenv("SCHEME21_INBOX", "memory://landing")
    assert settings_for().home == Path("/srv/office")
    assert settings_for(Path("elsewhere")).home == Path("elsewhere")
    assert settings_for(Path("elsewhere")).inbox_url == "memory://landing"


def test_figures_are_written_as_offices_write_them() -> None:
    assert [number(1843), number(0), number(None)] == ["1.843", "0", UNKNOWN]
    assert [decimal(44.281), decimal(44.281, 3), decimal(None)] == ["44,3", "44,281", UNKNOWN]
    assert decimal(1234.5) == "1.234,5"
    assert [day(date(2021, 3, 24)), day(None)] == ["24/03/2021", UNKNOWN]
    assert [moment(datetime(2021, 4, 5, 23, 59)), moment(None)] == ["05/04/2021 23:59", UNKNOWN]


def test_the_closing_statement_marks_only_what_is_simulated() -> None:
    known = datetime(2022, 1, 20, 23, 59)
    real, simulated = (
        closing_statement({"completed_period": "2021-12"}, {"as_known_at": known, "is_simulated": mark})
        for mark in (False, True)
    )
    assert "MÔ PHỎNG" not in real
    assert "**SỐ LIỆU MÔ PHỎNG (simulated data)**" in simulated
    assert "đến 23:59 ngày 20/01/2022" in real
    assert "As of period 2021-12" in real


def test_a_server_that_ended_is_not_waited_for(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    nobody = "http://127.0.0.1:9/api"
    assert not is_healthy(nobody)
    with pytest.raises(ServerNotStarted, match=r"server\.log"):
        Server(nobody, tmp_path / "server.log", ended).wait()
