"""Who owes a return when districts come and go: the register as known then, and never a row less."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.register.office import RegisterOffice
from tests.register.test_later_map import LATER_MAP

COMPLIANCE = (
    "SELECT period, district_code, state FROM marts.submission_compliance "
    "WHERE district_code IN ('000', '003') ORDER BY ALL"
)
OBLIGED = "SELECT period, districts_obliged, districts_reported FROM marts.countdown ORDER BY period"


def later_map(first_day: date) -> list[dict[str, Any]]:
    return [row | {"effective_on": first_day} for row in LATER_MAP]


def test_what_was_owed_as_known_then_is_told_again(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    before = office.built("2021-06-07")
    told = [before.rows(COMPLIANCE), before.rows(OBLIGED), before.rows("FROM marts.districts")]
    assert ("2021-05", "003", "missing") in told[0]

    assert office.changes(later_map(date(2021, 5, 1)), "2021-06-10") == "accepted"

    again = office.built("2021-06-07")
    assert [again.rows(COMPLIANCE), again.rows(OBLIGED), again.rows("FROM marts.districts")] == told
    assert ("2021-05", "000", "missing") in office.built("2021-06-11").rows(COMPLIANCE)


def test_a_return_accepted_before_the_dissolution_was_known_still_counts(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)

    assert office.changes(later_map(date(2021, 3, 31)), "2021-04-20") == "accepted"

    assert office.built("2021-04-21").rows(COMPLIANCE) == [
        ("2021-03", "000", "missing"),
        ("2021-03", "003", "on_time"),
        ("2021-04", "000", "not_due"),
    ]


def test_whoever_is_there_on_the_last_day_owes_the_whole_period(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)

    assert office.changes(later_map(date(2021, 4, 10)), "2021-04-20") == "accepted"

    assert office.built("2021-05-06").rows(COMPLIANCE) == [
        ("2021-03", "003", "on_time"),
        ("2021-04", "000", "missing"),
        ("2021-05", "000", "not_due"),
    ]
    assert office.rows("SELECT count(*) FROM ledger.obligation WHERE district_code = '003'") == [(3,)]
