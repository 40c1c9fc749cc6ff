"""The lake: a second machine that goes on from it, the one publisher, and what is refused."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from schemas.settings import Settings
from schemas.sharing import LakeDiffers, LakeMovedOn, NotForOneMachine, PublisherLost
from schemas.sql_text import quoted
from tasks.lock import WarehouseBusy
from tasks.obligations import open_obligations
from tasks.rebuild import rebuild
from tasks.receive import archived_arrivals
from tasks.sharing import newest_warehouse
from tests.beyond.conftest import NewLake, home_on, publishing
from tests.beyond.readers import differing, reading_lake
from tests.intake.returns import moment
from tests.small_warehouse import MARCH as SUBMISSION
from tests.small_warehouse import archive, fill
from warehouse.extensions import load_extensions
from warehouse.lake import AUTHOR

MARCH, APRIL, MAY = moment("2021-04-06"), moment("2021-05-06"), moment("2021-06-06")


def filled(settings: Settings) -> Settings:
    """A home that published two returns and one that was rejected."""
    with publishing(settings, "fill") as warehouse:
        fill(warehouse, settings)
    return settings


def open_periods(settings: Settings, now: datetime) -> None:
    with publishing(settings, "open") as warehouse:
        open_obligations(warehouse, settings, now)


@contextmanager
def stranger(lake: dict[str, str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Someone who writes to the lake as no publisher does."""
    with closing(duckdb.connect()) as connection:
        load_extensions(connection)
        connection.execute(f"ATTACH {quoted(lake['lake'])} AS lake")
        yield connection


@pytest.mark.long
def test_machines_go_on_where_the_other_one_was(new_lake: NewLake, tmp_path: Path) -> None:
    lake = new_lake()
    first = filled(home_on(lake, tmp_path / "a"))
    second = home_on(lake, tmp_path / "b")
    open_periods(second, moment("2021-07-06"))
    open_periods(first, moment("2021-08-06"))

    with newest_warehouse(second, "look"):
        pass

    for home in (first, second):
        apart = differing(lake["lake"], home.warehouse, "core", "ledger")
        assert {table: rows for table, rows in apart.items() if rows} == {}
    with reading_lake(lake["lake"]) as reader:
        assert reader.execute("SELECT count(*), max(period) FROM lake.core.period").fetchall() == [
            (6, "2021-08")
        ]
        assert reader.execute("SELECT count(*) FROM lake.ledger.submission").fetchall() == [(3,)]


@pytest.mark.long
def test_of_a_file_that_two_machines_took_in_the_shared_record_holds(
    new_lake: NewLake, tmp_path: Path
) -> None:
    shares = new_lake() | {"archive_url": str(tmp_path / "shared")}
    lost = home_on(shares, tmp_path / "a")
    open_periods(lost, MARCH)
    # It was killed with this in its archive, and told nobody.
    archive(lost, replace(SUBMISSION, known_at=MAY))

    filled(home_on(shares, tmp_path / "b"))
    with newest_warehouse(lost, "look"):
        pass

    assert SUBMISSION in archived_arrivals(lost)
    assert replace(SUBMISSION, known_at=MAY) not in archived_arrivals(lost)


@pytest.mark.long
def test_a_key_is_kept_where_the_lake_has_none(new_lake: NewLake, tmp_path: Path) -> None:
    lake = new_lake()
    filled(home_on(lake, tmp_path / "a"))
    with stranger(lake) as other:
        other.execute("INSERT INTO lake.ledger.submission FROM lake.ledger.submission")

    second = home_on(lake, tmp_path / "b")
    with pytest.raises(duckdb.ConstraintException, match="duplicate key"), newest_warehouse(second, "look"):
        pass


@pytest.mark.long
def test_a_warehouse_of_its_own_is_not_taken_for_a_copy(new_lake: NewLake, tmp_path: Path) -> None:
    lake = new_lake()
    open_periods(home_on(lake, tmp_path / "a"), MARCH)
    filled(home_on({}, tmp_path / "b"))

    with (
        pytest.raises(LakeDiffers, match="warehouse"),
        newest_warehouse(home_on(lake, tmp_path / "b"), "look"),
    ):
        pass


def test_there_is_one_publisher_and_it_is_named(new_lake: NewLake, tmp_path: Path) -> None:
    lake = new_lake()
    first = home_on(lake, tmp_path / "a")
    second = home_on(lake | {"lock_wait": 0.2}, tmp_path / "b")

    with (
        publishing(first, "cycle 2021-03"),
        pytest.raises(WarehouseBusy, match=r"cycle 2021-03") as busy,
        publishing(second, "cycle 2021-03"),
    ):
        pass
    assert busy.value.holder is not None


@pytest.mark.long
def test_another_lake_of_that_postgresql_has_a_publisher_of_its_own(
    new_lake: NewLake, tmp_path: Path
) -> None:
    first, second = home_on(new_lake(), tmp_path / "a"), home_on(new_lake(), tmp_path / "b")

    with publishing(first, "cycle"), publishing(second, "cycle"):
        pass


def test_who_lost_the_lock_publishes_nothing(new_lake: NewLake, tmp_path: Path) -> None:
    lake = new_lake()
    settings = home_on(lake, tmp_path / "a")
    open_periods(settings, MARCH)

    with pytest.raises(PublisherLost):
        cycle_that_loses_postgresql(settings, lake["lake"].removeprefix("ducklake:postgres:"))

    assert periods_in(lake) == 2


def cycle_that_loses_postgresql(settings: Settings, libpq: str) -> None:
    with publishing(settings, "cycle") as warehouse:
        open_obligations(warehouse, settings, MAY)
        with warehouse.cursor() as killer:
            killer.execute(f"ATTACH {quoted(libpq)} AS killer (TYPE postgres)")
            killer.execute(
                "FROM postgres_query('killer', $$SELECT pg_terminate_backend(pid)::text FROM pg_locks "
                "WHERE locktype = 'advisory' AND granted$$)"
            )


def periods_in(lake: dict[str, str]) -> int:
    with reading_lake(lake["lake"]) as reader:
        [(number,)] = reader.execute("SELECT count(*) FROM lake.core.period").fetchall()
    return int(number)


@pytest.mark.long
def test_what_was_published_meanwhile_is_not_written_over(new_lake: NewLake, tmp_path: Path) -> None:
    lake = new_lake()
    settings = home_on(lake, tmp_path / "a")
    open_periods(settings, MARCH)

    def cycle_while_another_publishes() -> None:
        with publishing(settings, "cycle") as warehouse, stranger(lake) as other:
            open_obligations(warehouse, settings, MAY)
            other.execute("BEGIN")
            other.execute("DELETE FROM lake.core.period WHERE position = 1")
            other.execute("CALL lake.set_commit_message(?, 'theirs')", [AUTHOR])
            other.execute("COMMIT")

    with pytest.raises(LakeMovedOn):
        cycle_while_another_publishes()

    assert periods_in(lake) == 1


@pytest.mark.long
def test_what_duckdb_itself_ended_is_shared_by_the_next_cycle(new_lake: NewLake, tmp_path: Path) -> None:
    lake = new_lake()
    settings = home_on(lake, tmp_path / "a")
    open_periods(settings, MARCH)

    def cycle_that_ends() -> None:
        with publishing(settings, "cycle") as warehouse:
            open_obligations(warehouse, settings, APRIL)
            warehouse.execute("SELECT error('spoilt')")

    with pytest.raises(duckdb.Error, match="spoilt"):
        cycle_that_ends()

    assert periods_in(lake) == 2
    open_periods(settings, APRIL)
    assert periods_in(lake) == 3


def test_what_makes_a_home_anew_leaves_a_shared_one_alone(tmp_path: Path) -> None:
    settings = home_on({"archive_url": "s3://shared/archive"}, tmp_path / "a")

    with pytest.raises(NotForOneMachine, match="SCHEME21_ARCHIVE"):
        rebuild(settings, MARCH)
