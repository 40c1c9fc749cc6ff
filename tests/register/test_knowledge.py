"""A return speaks only of the changes that were known when it was judged; the gate judges every picture."""

from datetime import date
from pathlib import Path

import pytest

from tests.intake import returns
from tests.register.change_file import change
from tests.register.office import APRIL, Built, RegisterOffice, groups_in, posts_but, ward, wards_but

pytestmark = pytest.mark.long

RENAMED = change("renamed", "00091 Phường Phú Thượng", "00091 Phường Phú Gia", effective_on=APRIL)
MERGED = change("merged", "00112 Phường Thụy Khuê", "00109 Phường Bưởi", effective_on=APRIL)
YEN_PHU = change("merged", "00106 Phường Yên Phụ", "00109 Phường Bưởi", effective_on=date(2021, 5, 1))
TWO_AS_ONE = {"people_before": 30, "people_now": 14, "villages_before": 8, "villages_now": 4}
OPEN_IN_BUOI = [("00109", "2021-09-30", 2)]


def _remaining(tables: Built) -> list[tuple[object, ...]]:
    return tables.rows(
        "SELECT commune_code, due_on::VARCHAR, months_outstanding FROM marts.remaining_communes"
    )


def _people(tables: Built, period: str) -> list[tuple[object, ...]]:
    return tables.rows(
        "SELECT people_before, people_now FROM marts.staffing "
        f"WHERE period = '{period}' AND district_code = '003'"
    )


def test_a_later_version_that_adds_a_merger_was_not_known_to_the_return_before(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    assert office.changes([RENAMED], "2021-04-20") == "accepted"
    office.reports("2021-05-03", "2021-04", commune=[ward("00091", "Phường Phú Gia"), *wards_but("00091")])

    assert office.changes([RENAMED, MERGED], "2021-05-10", seq=2) == "accepted"

    tables = office.judged("2021-05-11")
    assert tables.refusing() == []
    assert _remaining(tables) == OPEN_IN_BUOI
    assert _people(tables, "2021-04") == [(200, 112)]
    assert tables.rows("SELECT completed_in_period FROM marts.countdown WHERE period = '2021-04'") == [(0,)]


def test_a_day_that_is_corrected_to_an_earlier_one_was_not_known_to_the_return_before(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    assert office.changes([MERGED | {"effective_on": date(2021, 6, 1)}], "2021-04-20") == "accepted"
    office.reports("2021-05-03", "2021-04")

    assert office.changes([MERGED], "2021-05-10", seq=2) == "accepted"

    tables = office.judged("2021-05-11")
    assert tables.refusing() == []
    assert _remaining(tables) == OPEN_IN_BUOI
    assert _people(tables, "2021-04") == [(200, 112)]


def test_a_version_is_known_only_while_it_is_the_last(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    assert office.changes([MERGED], "2021-04-20") == "accepted"
    assert office.changes([], "2021-04-21", seq=2) == "accepted"
    office.reports("2021-05-03", "2021-04")

    assert office.changes([MERGED], "2021-05-10", seq=3) == "accepted"

    tables = office.judged("2021-05-11")
    assert tables.refusing() == []
    assert _remaining(tables) == OPEN_IN_BUOI
    assert _people(tables, "2021-04") == [(200, 112)]


def test_a_return_that_knew_a_later_change_and_not_one_before_it_is_not_read(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    assert office.changes([YEN_PHU], "2021-04-28") == "accepted"
    office.reports(
        "2021-06-03",
        "2021-05",
        commune=[*wards_but("00106", "00109"), ward("00109", **TWO_AS_ONE)],
        village=groups_in({"00106": "00109"}),
    )
    assert _people(office.judged("2021-06-03 12:00"), "2021-05") == [(200, 110)]

    assert office.changes([MERGED, YEN_PHU], "2021-06-04", seq=2) == "accepted"

    tables = office.judged("2021-06-06")
    assert tables.refusing() == []
    assert _remaining(tables) == [("00109", "2021-09-30", 3)]
    assert _people(tables, "2021-05") == [(200, 112)]


def test_a_return_in_new_units_speaks_of_what_they_took_over(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    assert office.changes([MERGED], "2021-04-20") == "accepted"
    done = TWO_AS_ONE | {"completed_on": date(2021, 4, 25)}
    outcome = office.reports(
        "2021-05-03",
        "2021-04",
        commune=[*wards_but("00109", "00112"), ward("00109", **done)],
        village=groups_in({"00112": "00109"}),
        post=posts_but("00112"),
        outstanding=returns.outstanding(with_ids=True)[1:],
    )
    assert outcome.rows_quarantined == 0

    tables = office.judged("2021-05-06")
    assert tables.refusing() == []
    assert _remaining(tables) == []
    assert _people(tables, "2021-04") == [(200, 110)]
    assert tables.rows(
        "SELECT communes_remaining, completed_in_period, entered_by_change, left_by_change "
        "FROM marts.countdown WHERE period = '2021-04'"
    ) == [(0, 1, 1, 1)]
