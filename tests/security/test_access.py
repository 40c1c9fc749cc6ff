"""Who may look into a home: the modes of what is made in it, whatever the umask it is made under."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from schemas.access import make_home
from schemas.settings import Settings
from tasks.alert.ledger import open_ledger
from tasks.checkup_access import check_access
from tasks.checkup_result import Level
from tasks.heartbeat import begin_heartbeat
from tasks.lock import writer_lock
from tasks.metrics import write_metrics
from warehouse.connection import open_warehouse

CLOCK = datetime(2021, 6, 10, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(home: Path) -> dict[str, str]:
    """Place → mode; `.` is the home itself."""
    return {
        str(path.relative_to(home)): f"{stat.S_IMODE(path.stat().st_mode):04o}"
        for path in (home, *home.rglob("*"))
    }


def test_a_home_is_made_for_its_readers_and_its_service(tmp_path: Path, umask: int) -> None:
    settings = Settings(home=tmp_path / "home")
    with writer_lock(settings, "test"), open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        warehouse.execute("CREATE TABLE ledger.more AS SELECT 1 AS n")
        while_it_writes = modes(settings.home)
    with open_ledger(settings):
        begin_heartbeat(settings, "r1", "2021-06", CLOCK, CLOCK)
    write_metrics(settings, CLOCK)

    assert while_it_writes == {
        ".": "0750",
        "releases": "0750",
        "metrics": "0750",
        "archive": "0700",
        "answers": "0700",
        "runs": "0700",
        "reminders": "0700",
        "drawing.lock": "0600",
        "warehouse.lock": "0600",
        "warehouse.lock.json": "0600",
        "warehouse.duckdb": "0600",
        "warehouse.duckdb.wal": "0600",
    }
    afterwards = modes(settings.home)
    assert {name: afterwards[name] for name in afterwards.keys() - while_it_writes.keys()} == {
        "alerts.duckdb": "0600",
        "alerts.lock": "0600",
        "heartbeat.json": "0640",
        "metrics/scheme21.prom": "0640",
    }
    assert check_access(settings).level is Level.OK


def test_a_home_that_is_there_keeps_the_modes_its_office_gave_it(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    settings.answers.mkdir(parents=True)
    settings.answers.chmod(0o2770)
    settings.home.chmod(0o2750)

    make_home(settings)

    assert (modes(settings.home)["."], modes(settings.home)["answers"]) == ("2750", "2770")


def test_the_doctor_names_what_is_too_open_and_the_command_that_closes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path / "home")
    make_home(settings)
    (tmp_path / ".env").write_text("SCHEME21_SMTP_URL=smtp://u:p@mail", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (settings.home / "contacts.csv").write_text("district_code,email\n", encoding="utf-8")
    for name, mode in {".": 0o755, "archive": 0o750, "contacts.csv": 0o640}.items():
        (settings.home / name).chmod(mode)
    Path(".env").chmod(0o644)

    seen = check_access(settings)

    home = settings.home
    assert seen.level is Level.WARNING
    assert seen.saw.partition(": ")[2] == (
        f"{home} 0755, {home}/archive 0750, {home}/contacts.csv 0640, .env 0644"
    )
    assert seen.mend == (
        f"chmod o= {home}; chmod go= {home}/archive; chmod go= {home}/contacts.csv; chmod o= .env"
    )
    for command in seen.mend.split("; "):
        os.system(command)  # noqa: S605 - what it tells an engineer to type
    assert check_access(settings).level is Level.OK
