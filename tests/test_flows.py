"""The whole cycle: two periods of the simulated city, with the real parts on a real Prefect server."""

import asyncio
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from flows.cycle import cycle
from flows.published import open_published, rows_of
from flows.report import CycleReport

pytestmark = pytest.mark.server
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MARCH_TAKEN = datetime(2021, 4, 20, 23, 59, 59, tzinfo=HANOI)
APRIL_TAKEN = datetime(2021, 5, 20, 23, 59, 59, tzinfo=HANOI)

# Reads the published file again and again, as another office would; says what it saw when its input closes.
_READER = """
import sys, threading, time
from pathlib import Path
from flows.published import open_published, rows_of
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
snapshot, seen, reads = Path(sys.argv[1]), set(), 0
while not ended.is_set():
    with open_published(snapshot) as reader:
        (release,) = rows_of(reader, "SELECT run_id, latest_period FROM release")
        (row,) = rows_of(reader, "SELECT max(period) AS period FROM countdown")
    assert release["latest_period"] == row["period"], "torn"
    seen.add(release["run_id"])
    reads += 1
    time.sleep(0.02)
print(reads, len(seen))
"""


@dataclass(frozen=True)
class City:
    """A home with both periods taken, and what its cycles and a reader beside them reported."""

    home: Path
    reports: list[CycleReport]
    reads: int
    releases_seen: int

    def rows(self, select: str) -> list[dict[str, Any]]:
        with open_published(self.snapshot) as reader:
            return rows_of(reader, select)

    def run(self, now: datetime) -> CycleReport:
        return run_cycle(self.home, now)

    @property
    def snapshot(self) -> Path:
        return self.home / "published" / "scheme21.duckdb"

    def fingerprint(self) -> tuple[Path, int, str]:
        digest = hashlib.sha256(self.snapshot.read_bytes()).hexdigest()
        return self.snapshot.resolve(), self.snapshot.stat().st_mtime_ns, digest


def run_cycle(home: Path, now: datetime) -> CycleReport:
    return asyncio.run(cycle(home=home, inbox=str(home / "inbox"), now=now))


@pytest.fixture(scope="module")
def city(prefect_api: str, sample_inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    home = tmp_path_factory.mktemp("city") / "home"
    shutil.copytree(sample_inbox, home / "inbox")
    first = run_cycle(home, MARCH_TAKEN)
    other = subprocess.Popen(
        [sys.executable, "-c", _READER, str(home / "published" / "scheme21.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    second = run_cycle(home, APRIL_TAKEN)
    said, complaint = other.communicate(timeout=60)
    assert other.returncode == 0, complaint
    reads, releases_seen = said.split()
    return City(home, [first, second], int(reads), int(releases_seen))


def test_the_countdown_starts_at_the_published_figures_and_ends_at_zero(city: City) -> None:
    select = "SELECT period, communes_remaining, thon_remaining, tdp_remaining FROM countdown ORDER BY period"
    assert [tuple(row.values()) for row in city.rows(select)] == [
        ("2021-03", 22, 30, 19),
        ("2021-04", 0, 0, 0),
    ]
    assert city.rows("SELECT is_complete, completed_period FROM completion") == [
        {"is_complete": True, "completed_period": "2021-04"}
    ]
    assert city.rows("FROM remaining_communes") == []
    assert city.rows("FROM remaining_villages") == []


def test_every_published_figure_agrees_and_the_truncation_is_noted(city: City) -> None:
    rows = {row["figure"]: row for row in city.rows("FROM reconciliation")}
    assert {row["verdict"] for row in rows.values()} == {"reconciled"}
    assert (rows["people_before"]["computed"], rows["people_now"]["computed"]) == (32933, 18350)
    assert "cắt bớt" in rows["people_reduction_pct"]["note"]


def test_a_reader_beside_the_cycles_never_fails_and_never_sees_half_a_release(city: City) -> None:
    assert city.reads > 10
    assert city.releases_seen == 2


def test_each_cycle_leaves_its_records(city: City) -> None:
    assert [report.outcome for report in city.reports] == ["released", "released"]
    with duckdb.connect(str(city.home / "warehouse.duckdb"), read_only=True) as warehouse:
        found = warehouse.execute(
            "SELECT run_id, outcome, submissions, finished_at >= started_at FROM ledger.run "
            "ORDER BY as_known_at, started_at"
        ).fetchall()
    expected = [(r.run_id, r.outcome, len(r.outcomes), True) for r in city.reports]
    assert found[:2] == expected
    for report in city.reports:
        folder = city.home / "runs" / report.run_id
        assert {"cycle.json", "gate.json", "quality.html"} <= {path.name for path in folder.iterdir()}


def test_the_closing_statement_is_written_when_nothing_remains(city: City) -> None:
    before, after = (report.closing_statement for report in city.reports)
    assert before is None
    assert after is not None
    assert "Đến kỳ 2021-04, không còn" in after.read_text(encoding="utf-8")


def test_running_again_leaves_the_published_file_untouched(city: City) -> None:
    before = city.fingerprint()
    again = city.run(APRIL_TAKEN)
    assert (again.outcome, again.outcomes) == ("unchanged", [])
    assert city.fingerprint() == before
    assert not (city.home / "releases" / again.run_id).exists()


def test_the_archive_alone_rebuilds_equal_tables(city: City) -> None:
    before = city.fingerprint()
    (city.home / "warehouse.duckdb").unlink()
    rebuilt = city.run(APRIL_TAKEN)
    assert len(rebuilt.outcomes) == sum(len(report.outcomes) for report in city.reports)
    assert rebuilt.outcome == "unchanged"
    assert city.fingerprint() == before
