"""The lake: what a cycle gives it, a second machine that goes on from it, readers, and what is refused."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from schemas.settings import Settings
from schemas.sharing import LakeDiffers, NotForOneMachine, PublisherLost
from tasks.ingest import ingest
from tasks.lock import WarehouseBusy, writer_lock
from tasks.materialize import materialize
from tasks.obligations import open_obligations
from tasks.rebuild import rebuild
from tasks.receive import receive
from tasks.shared_folders import SharedFolder
from tasks.sharing import newest_warehouse, shared
from tests.beyond.conftest import home_on
from tests.beyond.dask_cluster import Cluster, one_killed_at_work, running_cluster
from tests.beyond.readers import differing, reading_lake, watched
from tests.beyond.seaweed import bare_with
from tests.intake.returns import Office, moment, whole_return
from warehouse.connection import open_warehouse
from warehouse.extensions import load_extensions, quoted

FIRST, SECOND = moment("2021-04-06 23:59:59"), moment("2021-04-12 23:59:59")
NewLake = Callable[[str], dict[str, str]]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """One district's return of March, and its correction."""
    office = Office(tmp_path / "office")
    office.send(whole_return(tmp_path / "r.xlsx"), moment("2021-04-03"))
    office.send(whole_return(tmp_path / "r2.xlsx", seq=2), moment("2021-04-10"))
    return Path(office.settings.inbox_url)


@pytest.fixture
def cluster(store: dict[str, str], tmp_path: Path) -> Iterator[Cluster]:
    with running_cluster(tmp_path / "dask", bare_with(store)) as running:
        yield running


@contextmanager
def publishing(settings: Settings, what: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse as a cycle holds it."""
    with (
        writer_lock(settings, what),
        open_warehouse(settings.warehouse, settings.time_zone) as warehouse,
        shared(warehouse, settings, what),
    ):
        yield warehouse


def judge(settings: Settings, now: datetime) -> None:
    """A cycle up to the ledger."""
    with publishing(settings, "judge") as warehouse:
        _judge(warehouse, settings, now, "1")


def take(settings: Settings, now: datetime, run_id: str) -> None:
    """A cycle without gate, mail and pages: what of it concerns warehouse and lake."""
    with publishing(settings, f"cycle {run_id}") as warehouse:
        _judge(warehouse, settings, now, run_id)
        candidate = materialize(warehouse, settings, now, run_id)
        settings.published.unlink(missing_ok=True)
        settings.published.symlink_to(candidate.parent)


def _judge(warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime, run_id: str) -> None:
    open_obligations(warehouse, settings, now)
    receive(settings, now)
    ingest(warehouse, settings, now, run_id)


def test_two_machines_in_turn_publish_what_one_would(
    new_lake: NewLake, cluster: Cluster, inbox: Path, tmp_path: Path
) -> None:
    """All of it at once, but Prefect's server, which `python -m tests.campaigns.beyond` has as well."""
    lake = new_lake("same") | {
        "archive_url": "s3://lake/archive",
        "published_url": "s3://lake/published",
        "task_runner": cluster.address,
    }
    first, second = home_on(lake, tmp_path / "a", inbox), home_on(lake, tmp_path / "b", inbox)
    embedded = home_on({}, tmp_path / "c", inbox)
    take(first, FIRST, "1")
    with watched(lake["lake"]) as reads, one_killed_at_work(cluster) as killed:
        take(second, SECOND, "2")
    take(embedded, FIRST, "1")
    take(embedded, SECOND, "2")

    assert len(killed) == 1
    assert cluster.workers[killed[0]].wait() < 0
    assert SharedFolder("s3://lake/archive.parts").names() == set()
    assert reads
    assert not any(reads)
    kept = differing(lake["lake"], embedded.warehouse, "core", "ledger")
    published = differing(lake["lake"], embedded.snapshot, "marts")
    assert len(kept) > 10 < len(published)
    assert {table: rows for table, rows in (kept | published).items() if rows} == {}
    with reading_lake(lake["lake"]) as reader:
        assert reader.execute("SELECT count(*) FROM lake.core.village_report").fetchall() == [(32,)]
        said = reader.execute("SELECT author, commit_message FROM lake.snapshots() OFFSET 1").fetchall()
        assert said == [("scheme21", "cycle 1"), ("scheme21", "cycle 2")]
        [(comment,)] = reader.execute(
            "SELECT comment FROM duckdb_tables() WHERE database_name = 'lake' AND table_name = 'countdown'"
        ).fetchall()
        assert comment


def test_a_key_is_kept_where_the_lake_has_none(new_lake: NewLake, inbox: Path, tmp_path: Path) -> None:
    lake = new_lake("spoilt")
    judge(home_on(lake, tmp_path / "a", inbox), FIRST)
    with closing(duckdb.connect()) as stranger:
        load_extensions(stranger)
        stranger.execute(f"ATTACH {quoted(lake['lake'])} AS lake")
        stranger.execute("INSERT INTO lake.ledger.submission FROM lake.ledger.submission")

    second = home_on(lake, tmp_path / "b", inbox)
    with pytest.raises(duckdb.ConstraintException, match="duplicate key"), newest_warehouse(second, "look"):
        pass


def test_a_warehouse_of_its_own_is_not_taken_for_a_copy(
    new_lake: NewLake, inbox: Path, tmp_path: Path
) -> None:
    lake = new_lake("foreign")
    judge(home_on(lake, tmp_path / "a", inbox), FIRST)
    judge(home_on({}, tmp_path / "b", inbox), FIRST)

    with pytest.raises(LakeDiffers), newest_warehouse(home_on(lake, tmp_path / "b", inbox), "look"):
        pass


def test_there_is_one_publisher_and_it_is_named(new_lake: NewLake, inbox: Path, tmp_path: Path) -> None:
    lake = new_lake("one")
    first = home_on(lake, tmp_path / "a", inbox)
    second = home_on(lake | {"lock_wait": 0.2}, tmp_path / "b", inbox)

    with (
        publishing(first, "cycle 2021-03"),
        pytest.raises(WarehouseBusy, match=r"cycle 2021-03") as busy,
        publishing(second, "cycle 2021-03"),
    ):
        pass
    assert busy.value.holder is not None


def test_who_lost_the_lock_publishes_nothing(new_lake: NewLake, inbox: Path, tmp_path: Path) -> None:
    lake = new_lake("lost")
    settings = home_on(lake, tmp_path / "a", inbox)
    judge(settings, FIRST)

    with pytest.raises(PublisherLost):
        cycle_that_loses_postgresql(settings, lake["lake"].removeprefix("ducklake:postgres:"))

    with reading_lake(lake["lake"]) as reader:
        assert reader.execute("SELECT count(*) FROM lake.core.period").fetchall() == [(2,)]


def cycle_that_loses_postgresql(settings: Settings, libpq: str) -> None:
    with publishing(settings, "cycle") as warehouse:
        open_obligations(warehouse, settings, moment("2021-06-01"))
        with warehouse.cursor() as stranger:
            stranger.execute(f"ATTACH {quoted(libpq)} AS stranger (TYPE postgres)")
            stranger.execute(
                "FROM postgres_query('stranger', $$SELECT pg_terminate_backend(pid)::text FROM pg_locks "
                "WHERE locktype = 'advisory' AND granted$$)"
            )


def test_what_makes_a_home_anew_leaves_a_shared_one_alone(tmp_path: Path) -> None:
    settings = home_on({"archive_url": "s3://shared/archive"}, tmp_path / "a", tmp_path)

    with pytest.raises(NotForOneMachine, match="SCHEME21_ARCHIVE"):
        rebuild(settings, FIRST)
