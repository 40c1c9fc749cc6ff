"""Each expectation is shown refusing: one thing of a good warehouse or candidate is spoilt, and named."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from rich.console import Console
from small_warehouse import MARCH, NOW, build_candidate, fill, settings_for
from spoilt_warehouse import SHRUNK, SPOILT, Case, rounds

from schemas import expectations as declared
from schemas.expectations import expectations
from schemas.expectations.results import GateResult
from schemas.settings import Settings
from tasks.gate import gate
from tasks.gate_report import print_refusals
from tasks.release import draw, release
from warehouse.connection import open_warehouse
from warehouse.known_register import know_register


@pytest.fixture(scope="module")
def good_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the small warehouse, its candidate run-1 and the same tables once more as run-2."""
    settings = settings_for(tmp_path_factory.mktemp("good") / "home")
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        fill(warehouse, settings)
        candidate = build_candidate(warehouse, settings, "run-1")
    shutil.copytree(candidate.parent, candidate.parent.with_name("run-2"))
    return settings.home


@dataclass
class Office:
    """A home of one's own to spoil."""

    settings: Settings
    warehouse: duckdb.DuckDBPyConnection

    def candidate(self, run_id: str = "run-1") -> Path:
        return self.settings.home / "releases" / run_id / "scheme21.duckdb"

    def spoil(self, statement: str, run_id: str = "run-1") -> None:
        """Run one statement: in the candidate when it names marts, else in the warehouse."""
        if "marts." not in statement:
            self.warehouse.execute(statement)
            return
        with duckdb.connect(str(self.candidate(run_id))) as candidate:
            candidate.execute(statement)

    def judge(self, run_id: str = "run-1") -> GateResult:
        return gate(self.warehouse, self.candidate(run_id), self.settings, run_id, NOW)


@pytest.fixture
def office(good_home: Path, tmp_path: Path) -> Iterator[Office]:
    settings = settings_for(tmp_path / "home's copy")
    shutil.copytree(good_home, settings.home, symlinks=True)
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        yield Office(settings, warehouse)


def blocking(result: GateResult) -> set[str]:
    return {found.name for found in result.results if found.is_blocking}


def rows_of(result: GateResult, name: str) -> list[dict[str, object]]:
    (found,) = (found for found in result.results if found.name == name)
    return found.rows


def test_a_good_candidate_passes_and_what_is_incomplete_is_only_shown(office: Office) -> None:
    result = office.judge()
    assert (result.success, blocking(result)) == (True, set())
    assert [(found.name, found.severity) for found in result.failing] == [
        ("every_registered_unit_is_reported", "warning")
    ]
    assert rows_of(result, "every_registered_unit_is_reported") == [
        {"subject": "communes_unreported", "period": "2021-04", "expected": 0, "actual": 577},
        {"subject": "villages_unreported", "period": "2021-04", "expected": 0, "actual": 1},
    ]


def test_a_row_missing_from_the_ledger_is_refused_with_its_submission_and_sheet(office: Office) -> None:
    office.spoil(
        f"DELETE FROM ledger.source_row WHERE submission_id = '{MARCH.submission_id}' "
        "AND source_sheet = '02_ThonTDP' AND state = 'quarantined'"
    )
    result = office.judge()
    assert (result.success, blocking(result)) == (False, {"rows_add_up"})
    assert rows_of(result, "rows_add_up") == [
        {
            "subject": f"{MARCH.submission_id} · 02_ThonTDP",
            "submission_id": MARCH.submission_id,
            "sheet": "02_ThonTDP",
            "expected": 5,
            "actual": 4,
            "loaded": 3,
            "quarantined": 0,
            "duplicate": 0,
            "layout": 1,
        }
    ]


@pytest.mark.parametrize(
    "spoilt", rounds(), ids=lambda cases: " + ".join(refusing[0] for _, refusing, _ in cases)
)
def test_what_is_spoilt_is_refused_and_named_and_nothing_else(office: Office, spoilt: list[Case]) -> None:
    for statement, _, _ in spoilt:
        office.spoil(statement)
    result = office.judge()
    assert not result.success
    assert blocking(result) == {name for _, refusing, _ in spoilt for name in refusing}
    for _, refusing, subject in spoilt:
        assert subject in {row.get("subject") for row in rows_of(result, refusing[0])} | {None}


def test_coverage_may_not_shrink_against_what_readers_see(office: Office) -> None:
    assert office.judge("run-1").success
    draw(office.candidate("run-1"), office.settings)
    release(office.warehouse, office.candidate("run-1"), office.settings, "run-1")
    before = office.settings.snapshot.read_bytes()
    for statement, _ in SHRUNK:
        office.spoil(statement, "run-2")
    assert blocking(office.judge("run-2")) == {refusing for _, refusing in SHRUNK}
    assert office.settings.published.resolve().name == "run-1"
    assert office.settings.snapshot.read_bytes() == before


def test_periods_after_the_completion_may_go(office: Office) -> None:
    assert office.judge("run-1").success
    draw(office.candidate("run-1"), office.settings)
    release(office.warehouse, office.candidate("run-1"), office.settings, "run-1")
    office.spoil("DELETE FROM marts.countdown WHERE period = '2021-04'", "run-2")
    assert "coverage_of_periods" in blocking(office.judge("run-2"))
    office.spoil("UPDATE marts.completion SET completed_period = '2021-03'", "run-2")
    assert "coverage_of_periods" not in blocking(office.judge("run-2"))


def test_every_expectation_that_blocks_is_shown_refusing() -> None:
    shown = {name for _, names, _ in SPOILT for name in names} | {name for _, name in SHRUNK}
    assert {e.name for e in expectations() if e.severity == "critical"} <= shown


def test_every_select_belongs_to_an_expectation() -> None:
    files = {path.stem for path in Path(declared.__file__).parent.glob("*.sql")}
    assert files <= {expectation.name for expectation in expectations()}


def test_an_expectation_that_cannot_be_computed_refuses_and_says_why(office: Office) -> None:
    office.spoil("ALTER TABLE marts.progress_by_district DROP COLUMN pct_completed")
    result = office.judge()
    (found,) = (found for found in result.results if found.name == "progress_is_a_share")
    assert found.is_blocking
    assert 'column "pct_completed"' in found.observed


def test_all_failing_rows_are_kept_none_is_cut_off(office: Office) -> None:
    office.spoil("UPDATE marts.progress_by_district SET pct_completed = -1")
    result = office.judge()
    assert len(rows_of(result, "progress_is_a_share")) == 60


def test_what_was_found_is_kept_for_the_run(office: Office) -> None:
    office.spoil("UPDATE marts.unit_history SET decision_no = NULL WHERE unit_id = '00004-002'")
    result = office.judge()
    kept = json.loads((office.settings.runs / "run-1" / "gate.json").read_text(encoding="utf-8"))
    assert (kept["run_id"], kept["as_known_at"], kept["success"]) == ("run-1", NOW.isoformat(), False)
    assert [r["name"] for r in kept["results"]] == [r.name for r in result.results]
    (stored,) = office.warehouse.execute(
        "SELECT success, observed FROM ledger.expectation_result "
        "WHERE expectation = 'completions_have_evidence'"
    ).fetchall()
    assert stored[0] is False
    assert json.loads(stored[1])["rows"][0]["actual"] == "thiếu số quyết định"


def test_judging_the_same_run_again_replaces_its_results(office: Office) -> None:
    results = len(office.judge().results)
    office.judge()
    kept = office.warehouse.execute(
        "SELECT count(*), count(DISTINCT expectation) FROM ledger.expectation_result"
    )
    assert kept.fetchone() == (results, results)


def test_the_warehouse_is_left_as_it_was_even_when_a_table_is_missing(office: Office) -> None:
    know_register(office.warehouse, NOW, office.settings)
    databases = office.warehouse.execute("SHOW DATABASES").fetchall()
    office.spoil("DROP TABLE marts.petitions")
    with pytest.raises(duckdb.CatalogException, match="petitions"):
        office.judge()
    assert office.warehouse.execute("SHOW DATABASES").fetchall() == databases
    assert office.warehouse.execute("SELECT current_schema()").fetchone() == ("main",)


def test_a_refusal_is_printed_with_rows_and_mend(office: Office) -> None:
    office.spoil("UPDATE marts.reconciliation SET verdict = 'differs' WHERE figure = 'remaining_tdp'")
    result = office.judge()
    printed = StringIO()
    print_refusals(result, Console(file=printed, width=250))
    assert "Số tính được khớp số đã công bố" in printed.getvalue()
    assert "remaining_tdp" in printed.getvalue()
    assert "Find the baseline return behind the difference" in printed.getvalue()
