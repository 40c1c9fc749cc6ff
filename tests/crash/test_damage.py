"""Damaged files: found out, kept aside under a dated name, filled or begun again, and said."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from schemas.settings import Settings
from tasks.alert.raise_alerts import raise_alerts
from tasks.damage import WarehouseDamaged, kept_aside, settle_database, warehouse_made_sound
from tests.alerts.post_office import PostOffice, text_of
from tests.intake.returns import Office, moment, whole_return
from warehouse.connection import open_warehouse
from warehouse.soundness import damage_of

_NOW = moment("2021-04-06")
_DATED = r"warehouse-\d{8}T\d{6}\.duckdb"
# Ends as kill -9 does: what was committed lies in the journal beside the database.
_KILLED_WRITER = """
import os, sys, duckdb
warehouse = duckdb.connect(sys.argv[1])
warehouse.execute("INSERT INTO ledger.obligation VALUES ('001', '2021-09', now(), now())")
os._exit(0)
"""
_HOLDER = """
import sys, duckdb
warehouse = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def judged_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that took one return."""
    folder = tmp_path_factory.mktemp("judged")
    office = Office(folder)
    office.send(whole_return(folder / "r.xlsx"), moment("2021-04-02"))
    office.take_in(_NOW)
    return office.settings.home


@pytest.fixture
def office(judged_home: Path, tmp_path: Path) -> Office:
    office = Office(tmp_path)
    shutil.copytree(judged_home, office.settings.home, dirs_exist_ok=True)
    return office


def flip(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        found = file.read(64)
        file.seek(at)
        file.write(bytes(byte ^ 0xFF for byte in found))


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 3)


def spoil_the_middle(path: Path) -> None:
    """Spoil every block but the first, which is read when the database is opened."""
    for at in range(3 * 4096 + 262144, path.stat().st_size, 262144):
        flip(path, at + 100)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: flip(path, 0), id="header"),
        pytest.param(spoil_the_middle, id="middle"),
        pytest.param(cut, id="cut off"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
    ],
)
def test_a_damaged_warehouse_is_kept_aside_and_filled_again_from_the_archive(
    office: Office, spoil: Callable[[Path], object]
) -> None:
    settings = office.settings
    before = office.rows("SELECT submission_id, verdict, period FROM ledger.submission")
    spoil(settings.warehouse)
    damaged = settings.warehouse.read_bytes()

    with warehouse_made_sound(settings) as kept:
        outcomes = office.take_in(_NOW)

    assert [re.fullmatch(_DATED, path.name) is not None for path in kept] == [True]
    assert kept[0].read_bytes() == damaged
    assert [outcome.verdict for outcome in outcomes] == ["accepted"]
    assert office.rows("SELECT submission_id, verdict, period FROM ledger.submission") == before


def test_a_sound_warehouse_is_left_where_it_is(office: Office) -> None:
    with warehouse_made_sound(office.settings) as kept:
        assert office.take_in(_NOW) == []
    assert kept == kept_aside(office.settings) == []


def kill_a_writer(database: Path) -> Path:
    """Let a process write a row and die; its journal lies beside the database."""
    subprocess.run([sys.executable, "-c", _KILLED_WRITER, database], check=True)
    return database.with_name(f"{database.name}.wal")


def test_the_journal_of_a_killed_writer_is_taken_in_and_one_of_another_day_is_not(office: Office) -> None:
    settings = office.settings
    owed = "SELECT count(*) FROM ledger.obligation WHERE period = '2021-09'"
    journal = kill_a_writer(settings.warehouse)
    stale = journal.read_bytes()

    with (
        warehouse_made_sound(settings) as kept,
        open_warehouse(settings.warehouse, settings.time_zone) as warehouse,
    ):
        assert kept == []
        assert warehouse.execute(owed).fetchall() == [(1,)]

    journal.write_bytes(stale)
    assert damage_of(settings.warehouse) == 'rows of "ledger"."obligation" are there twice'
    with warehouse_made_sound(settings) as kept:
        assert [outcome.verdict for outcome in office.take_in(_NOW)] == ["accepted"]
    assert kept[0].with_name(f"{kept[0].name}.wal").read_bytes() == stale
    assert office.rows(owed) == [(0,)]


def test_a_journal_without_its_warehouse_is_not_replayed_into_a_new_one(office: Office) -> None:
    settings = office.settings
    kill_a_writer(settings.warehouse)
    settings.warehouse.unlink()

    with warehouse_made_sound(settings) as kept:
        assert [outcome.verdict for outcome in office.take_in(_NOW)] == ["accepted"]

    assert kept_aside(settings) == kept
    assert kept[0].name.endswith(".duckdb.wal")


def test_damage_that_shows_in_the_middle_of_a_cycle_ends_it_and_the_next_one_fills_anew(
    office: Office,
) -> None:
    settings = office.settings

    def work_on_what_breaks() -> None:
        with warehouse_made_sound(settings):
            spoil_the_middle(settings.warehouse)
            office.rows("SELECT max(hash(detail)) FROM ledger.source_row")

    with pytest.raises(WarehouseDamaged, match=r"Hãy chạy lại"):
        work_on_what_breaks()

    assert [re.fullmatch(_DATED, path.name) is not None for path in kept_aside(settings)] == [True]
    with warehouse_made_sound(settings) as kept:
        assert [outcome.verdict for outcome in office.take_in(_NOW)] == ["accepted"]
    assert kept == []


@pytest.mark.parametrize("quoted", ["Corrupt", "/home/warehouse.duckdb Corrupt"])
def test_words_that_a_clerk_wrote_move_no_warehouse(office: Office, quoted: str) -> None:
    settings = office.settings

    with pytest.raises(duckdb.ConversionException, match="Corrupt"), warehouse_made_sound(settings):
        office.rows(f"SELECT CAST('{quoted}' AS INTEGER)")

    assert settings.warehouse.exists()
    assert kept_aside(settings) == []


def test_damage_of_another_database_leaves_the_warehouse_where_it_is(office: Office, tmp_path: Path) -> None:
    settings, candidate = office.settings, tmp_path / "candidate.duckdb"
    candidate.write_bytes(b"no database " * 1000)

    with pytest.raises(duckdb.IOException, match=r"candidate\.duckdb"), warehouse_made_sound(settings):
        duckdb.connect(str(candidate), read_only=True)

    assert settings.warehouse.exists()
    assert kept_aside(settings) == []


def test_a_warehouse_that_another_holds_is_not_called_damaged(office: Office) -> None:
    warehouse = office.settings.warehouse
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, warehouse],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(duckdb.IOException, match="Conflicting lock"):
        settle_database(office.settings, warehouse)
    holder.communicate(b"\n", timeout=20)

    assert settle_database(office.settings, warehouse) == []


def test_a_damaged_ledger_of_alerts_is_kept_aside_and_the_engineers_are_told(
    settings: Settings, post: PostOffice
) -> None:
    settings.home.mkdir()
    settings.alerts.write_bytes(b"no database " * 1000)

    raise_alerts(settings, _NOW, [], [])
    raise_alerts(settings, _NOW, [], [])

    (kept,) = kept_aside(settings)
    assert kept.read_bytes() == b"no database " * 1000
    (mail,) = post.mails
    assert str(mail["Subject"]).endswith("1 tệp dữ liệu bị hỏng, đã cất riêng")
    assert f"damaged/{kept.name}" in text_of(mail)
    kept.unlink()
    raise_alerts(settings, _NOW, [], [])
    assert "Không còn tệp hỏng nào được cất ở đó." in text_of(post.mails[1])
