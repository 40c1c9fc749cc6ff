"""Two machines that take turns, over everything that is shared at once, with a worker killed at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from schemas.settings import Settings
from tasks.ingest import ingest
from tasks.materialize import materialize
from tasks.obligations import open_obligations
from tasks.receive import receive
from tasks.shared_folders import SharedFolder
from tasks.sharing import newest_warehouse
from tests.beyond.conftest import NewLake, home_on, publishing
from tests.beyond.dask_cluster import Cluster, one_killed_at_work, running_cluster
from tests.beyond.readers import differing, reading_lake, watched
from tests.beyond.seaweed import bare_with
from tests.intake.returns import Office, moment, whole_return

FIRST, SECOND = moment("2021-04-06 23:59:59"), moment("2021-04-12 23:59:59")


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
def judged(settings: Settings, now: datetime, run_id: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with publishing(settings, f"cycle {run_id}") as warehouse:
        open_obligations(warehouse, settings, now)
        receive(settings, now)
        ingest(warehouse, settings, now, run_id)
        yield warehouse


def take(settings: Settings, now: datetime, run_id: str) -> None:
    """A cycle without gate, mail and pages: what of it concerns warehouse and lake."""
    with judged(settings, now, run_id) as warehouse:
        candidate = materialize(warehouse, settings, now, run_id)
        settings.published.unlink(missing_ok=True)
        settings.published.symlink_to(candidate.parent)


def test_two_machines_in_turn_publish_what_one_would(
    new_lake: NewLake, bucket: str, cluster: Cluster, inbox: Path, tmp_path: Path
) -> None:
    """All of it at once, but Prefect's server, which `python -m tests.campaigns.beyond` has as well."""
    lake = new_lake() | {
        "lake_data": f"{bucket}/lake/",
        "archive_url": f"{bucket}/turns/archive",
        "published_url": f"{bucket}/turns/published",
        "task_runner": cluster.address,
    }
    first, second = home_on(lake, tmp_path / "a", inbox), home_on(lake, tmp_path / "b", inbox)
    embedded = home_on({}, tmp_path / "c", inbox)
    take(first, FIRST, "1")
    with watched(lake["lake"], pause=0.3) as reads, one_killed_at_work(cluster) as killed:
        take(second, SECOND, "2")
    with judged(embedded, FIRST, "1"):
        pass
    take(embedded, SECOND, "2")

    assert len(killed) == 1
    assert cluster.workers[killed[0]].wait() < 0
    assert SharedFolder(f"{bucket}/turns/archive.parts").names() == set()
    assert reads
    assert not any(reads)
    kept = differing(lake["lake"], embedded.warehouse, "core", "ledger")
    published = differing(lake["lake"], embedded.snapshot, "marts")
    assert len(kept) > 10 < len(published)
    assert {table: rows for table, rows in (kept | published).items() if rows} == {}
    with newest_warehouse(first, "look"):
        pass
    assert differing(lake["lake"], first.warehouse, "core", "ledger") == dict.fromkeys(kept, 0)
    with reading_lake(lake["lake"]) as reader:
        assert reader.execute("SELECT count(*) FROM lake.core.village_report").fetchall() == [(32,)]
        said = reader.execute("SELECT author, commit_message FROM lake.snapshots() OFFSET 1").fetchall()
        assert said == [("scheme21", "cycle 1"), ("scheme21", "cycle 2")]
        [(comment,)] = reader.execute(
            "SELECT comment FROM duckdb_tables() WHERE database_name = 'lake' AND table_name = 'countdown'"
        ).fetchall()
        assert comment
