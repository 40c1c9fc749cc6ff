"""A later map, without districts, and villages that merge: both are data."""

from datetime import date
from pathlib import Path

import pytest

from tests.intake.returns import WARDS
from tests.register.change_file import change
from tests.register.office import APRIL, Built, RegisterOffice

CITY, NO_PARENT = {"parent_code": "000"}, {"parent_code": None}
MAY = {"effective_on": date(2021, 5, 1)}
# The eight wards of Tây Hồ become two, which the city leads itself.
LATER_MAP = [
    change("established", "", "000 Thành phố Hà Nội", unit_level="district", **NO_PARENT),
    change("dissolved", "003 Quận Tây Hồ", unit_level="district", **NO_PARENT),
    *(
        change(
            "merged",
            f"{code} {name}",
            "30101 Phường Phú Thượng Mới" if code < "00100" else "30102 Phường Tây Hồ",
            **CITY,
        )
        for code, name in WARDS.items()
    ),
]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Built:
    office = RegisterOffice(tmp_path_factory.mktemp("map"))
    assert office.changes([row | MAY for row in LATER_MAP], "2021-04-20") == "accepted"
    return office.built("2021-06-06")


def test_what_is_open_goes_on_without_districts(tables: Built) -> None:
    assert tables.rows(
        "SELECT district_code, district_name, commune_code, commune_name, months_outstanding "
        "FROM marts.remaining_communes"
    ) == [("000", "Thành phố Hà Nội", "30102", "Phường Tây Hồ", 3)]
    assert tables.rows("SELECT district_code, commune_code, village_id FROM marts.remaining_villages") == [
        ("000", "30102", "00109-002")
    ]


def test_the_city_owes_the_returns_that_the_district_owed(tables: Built) -> None:
    assert tables.rows(
        "SELECT period, district_code, state FROM marts.submission_compliance "
        "WHERE district_code IN ('000', '003') ORDER BY ALL"
    ) == [
        ("2021-03", "003", "on_time"),
        ("2021-04", "003", "missing"),
        ("2021-05", "000", "missing"),
        ("2021-06", "000", "not_due"),
    ]


def test_units_and_people_are_those_of_before(tables: Built) -> None:
    assert tables.rows(
        "SELECT period, district_code, communes_total, villages_total, people_before, people_now "
        "FROM marts.progress_by_district JOIN marts.staffing USING (period, district_code) "
        "WHERE district_code IN ('000', '003') ORDER BY period"
    ) == [
        ("2021-03", "003", 8, 16, 200, 112),
        ("2021-04", "003", 8, 16, 200, 112),
        ("2021-05", "000", 2, 16, 200, 112),
    ]


def test_a_group_that_takes_over_an_open_one_is_open(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    group = {"unit_level": "tdp", "new_kind": "tdp", "effective_on": APRIL, **NO_PARENT}
    merged = change("merged", "00109-002 Tổ dân phố 2", "00109-001 Tổ dân phố 1", **group)

    assert office.changes([merged], "2021-04-20") == "accepted"

    tables = office.built("2021-05-06")
    assert tables.rows(
        "SELECT village_id, village_name, months_outstanding, due_on::VARCHAR FROM marts.remaining_villages"
    ) == [("00109-001", "Tổ dân phố 1", 2, "2021-09-30")]
    assert tables.rows(
        "SELECT tdp_remaining, entered_by_change, left_by_change FROM marts.countdown ORDER BY period"
    ) == [(1, 0, 0), (1, 1, 1)]
    assert tables.rows(
        "SELECT villages_total, people_now FROM marts.progress_by_district "
        "JOIN marts.staffing USING (period, district_code) WHERE district_code = '003' ORDER BY period"
    ) == [(16, 112), (15, 112)]
