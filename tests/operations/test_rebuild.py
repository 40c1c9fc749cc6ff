"""Rebuilding a warehouse from its archive: equal, different, unreadable, after one that was killed."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from flows.run_record import recorded_run
from schemas.settings import Settings
from tasks.compare_warehouses import FormerUnreadable
from tasks.ingest import ingest
from tasks.obligations import open_obligations
from tasks.rebuild import rebuild
from tasks.receive import receive
from warehouse.connection import open_warehouse

TAKEN = datetime(2021, 5, 20, 23, 59, 59, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
CLOCK = datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def settings(sample_inbox: Path, tmp_path: Path) -> Settings:
    """A home that took the returns of two districts."""
    home = Settings(home=tmp_path / "home")
    for code in ("001", "002"):
        shutil.copytree(sample_inbox / code, home.home / "inbox" / code)
    with (
        open_warehouse(home.warehouse, home.time_zone) as warehouse,
        recorded_run(warehouse, home, TAKEN) as report,
    ):
        open_obligations(warehouse, home, TAKEN)
        receive(home, TAKEN)
        report.outcomes = ingest(warehouse, home, TAKEN, report.run_id)
        report.outcome = "unchanged"
    return home


def runs(settings: Settings) -> list[str]:
    with duckdb.connect(str(settings.warehouse), read_only=True) as warehouse:
        found = warehouse.execute("SELECT outcome FROM ledger.run ORDER BY started_at").fetchall()
    return [str(outcome) for (outcome,) in found]


def people(warehouse: Path) -> int:
    with duckdb.connect(str(warehouse), read_only=True) as reader:
        [(total,)] = reader.execute("SELECT sum(people_now) FROM core.commune_report").fetchall()
    return int(total)


@pytest.mark.long
def test_an_equal_warehouse_takes_the_place_of_one_that_differs_only_when_accepted(
    settings: Settings,
) -> None:
    with duckdb.connect(str(settings.warehouse)) as warehouse:
        warehouse.execute("UPDATE core.commune_report SET people_now = people_now + 1 WHERE source_row = 7")
        [(changed,)] = warehouse.execute(
            "SELECT count(*) FROM core.commune_report WHERE source_row = 7"
        ).fetchall()
    (settings.home / "rebuild").mkdir()  # left by one that was killed
    (settings.home / "rebuild" / "warehouse.duckdb").write_text("half")

    refused = rebuild(settings, CLOCK)
    assert not refused.is_swapped
    assert [(t.table, t.only_former, t.only_new) for t in refused.differing] == [
        ("core.commune_report", changed, changed)
    ]

    accepted = rebuild(settings, CLOCK, accept_differences=True)
    assert accepted.is_swapped
    assert accepted.kept == settings.home / "warehouse.former.duckdb"
    assert people(accepted.kept) == people(settings.warehouse) + changed
    assert runs(settings) == ["unchanged", "rebuilt"]

    equal = rebuild(settings, CLOCK)
    assert (equal.is_swapped, equal.kept, equal.differing) == (True, None, [])
    assert "core.village_report" in {table.table for table in equal.compared}
    assert not (settings.home / "rebuild").exists()


def test_an_unreadable_warehouse_is_replaced_only_when_told_to(settings: Settings) -> None:
    settings.warehouse.write_text("not a database")
    with pytest.raises(FormerUnreadable, match="--accept-differences"):
        rebuild(settings, CLOCK)
    assert settings.warehouse.read_text() == "not a database"
