"""The whole cycle: two periods of the simulated city, with the real parts on a real Prefect server."""

import asyncio
import hashlib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from flows.cycle import cycle
from tests.demonstration import Demo

APRIL_TAKEN = datetime(2021, 5, 20, 23, 59, 59, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def fingerprint(home: Path) -> tuple[Path, int, str]:
    """The released file behind the link, when it was written, and its hash."""
    snapshot = home / "published" / "scheme21.duckdb"
    digest = hashlib.sha256(snapshot.read_bytes()).hexdigest()
    return snapshot.resolve(), snapshot.stat().st_mtime_ns, digest


def files(demo: Demo, name: str) -> list[Path]:
    """That file of each cycle that the demo released, where it has one."""
    return [
        found for release in demo.releases() if (found := demo.home / "runs" / release.name / name).exists()
    ]


def test_the_countdown_starts_at_the_published_figures_and_ends_at_zero(demo: Demo) -> None:
    select = "SELECT period, communes_remaining, thon_remaining, tdp_remaining FROM countdown ORDER BY period"
    assert [tuple(row.values()) for row in demo.rows(select)] == [
        ("2021-03", 22, 30, 19),
        ("2021-04", 0, 0, 0),
    ]
    assert demo.rows("SELECT is_complete, completed_period FROM completion") == [
        {"is_complete": True, "completed_period": "2021-04"}
    ]
    assert demo.rows("FROM remaining_communes") == []
    assert demo.rows("FROM remaining_villages") == []


def test_every_published_figure_agrees_and_the_truncation_is_noted(demo: Demo) -> None:
    rows = {row["figure"]: row for row in demo.rows("FROM reconciliation")}
    assert {row["verdict"] for row in rows.values()} == {"reconciled"}
    assert (rows["people_before"]["computed"], rows["people_now"]["computed"]) == (32933, 18350)
    assert "cắt bớt" in rows["people_reduction_pct"]["note"]


def test_a_reader_beside_the_cycles_never_fails_and_never_sees_half_a_release(demo: Demo) -> None:
    assert demo.reads > 10
    assert demo.releases_seen == 2


def test_each_cycle_leaves_its_records(demo: Demo) -> None:
    with duckdb.connect(str(demo.home / "warehouse.duckdb"), read_only=True) as warehouse:
        released = warehouse.execute(
            "SELECT run_id, submissions > 29, finished_at >= started_at FROM ledger.run "
            "WHERE outcome = 'released' ORDER BY as_known_at"
        ).fetchall()
    assert released == [(release.name, True, True) for release in demo.releases()]
    for name in ("cycle.json", "gate.json", "quality.html"):
        assert len(files(demo, name)) == 2


def test_the_closing_statement_is_written_when_nothing_remains(demo: Demo) -> None:
    (statement,) = files(demo, "closing-statement.md")
    assert statement.parent.name == demo.releases()[1].name
    assert "Đến kỳ 2021-04, không còn" in statement.read_text(encoding="utf-8")


@pytest.mark.server
def test_running_again_leaves_the_published_file_untouched(prefect_api: str, copied_home: Path) -> None:
    before = fingerprint(copied_home)
    again = asyncio.run(cycle(home=copied_home, now=APRIL_TAKEN))
    assert (again.outcome, again.outcomes) == ("unchanged", [])
    assert fingerprint(copied_home) == before
    assert not (copied_home / "releases" / again.run_id).exists()


@pytest.mark.long
@pytest.mark.server
def test_the_archive_alone_rebuilds_equal_tables(prefect_api: str, copied_home: Path) -> None:
    before = fingerprint(copied_home)
    (copied_home / "warehouse.duckdb").unlink()
    rebuilt = asyncio.run(cycle(home=copied_home, now=APRIL_TAKEN))
    assert len(rebuilt.outcomes) == len(list((copied_home / "archive" / "arrivals").iterdir()))
    assert rebuilt.outcome == "unchanged"
    assert fingerprint(copied_home) == before
