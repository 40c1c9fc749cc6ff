"""A slice of each campaign; `python -m tests.campaigns.mutation` and `.detection` run them whole."""

from pathlib import Path

import pytest

from schemas.faults import faults_of
from tasks.sample import write_sample
from tests.campaigns.crash import unstruck
from tests.campaigns.detection import INJECTIONS, detect
from tests.campaigns.mutation import campaign

_PAGE = Path(__file__).parents[2] / "docs" / "detection.md"
# Small ones: wards with groups, and communes with villages.
_DISTRICTS = ["003", "005", "009", "269"]


def test_mutants_crash_nothing_and_lose_no_row() -> None:
    tally = campaign(21, range(60), is_answered=True)

    assert tally.failures == {}
    assert tally.verdicts.total() == 60


def test_every_fault_is_found_where_it_was_put_and_nothing_else_is_alleged(tmp_path: Path) -> None:
    # Three periods: in the last one of a sample nothing is outstanding any more.
    write_sample(tmp_path, last="2021-05")
    scores = detect(tmp_path, _DISTRICTS, seed=7, placements=2)

    assert {s.injection.fault: s.missed for s in scores if s.missed} == {}
    assert {s.injection.fault: s.alarms for s in scores if s.alarms} == {}
    assert all(score.placements for score in scores)


def test_the_injections_are_those_of_the_catalogue() -> None:
    assert set(INJECTIONS) == set(faults_of("return"))


@pytest.mark.parametrize("fault", faults_of("return"))
def test_the_page_says_that_the_fault_was_always_found(fault: str) -> None:
    lines = _PAGE.read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if f"| {fault} |" in line)
    placements, found, recall, alarms = line.strip("| ").split(" | ")[3:]

    assert int(placements) >= 50
    assert (placements, recall, alarms) == (found, "1.00", "0")


def test_a_blow_at_a_border_that_never_fell_is_no_proof() -> None:
    assert unstruck("step", []) == ["no step was struck"]
    assert unstruck("file step", []) == ["no file step was struck"]
    assert unstruck("step", ["release"]) == unstruck("moment", []) == []
