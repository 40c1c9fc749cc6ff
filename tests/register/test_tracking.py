"""What becomes of units, people and open work when units change."""

from datetime import date
from pathlib import Path

import pytest

from tests.intake.returns import moment, whole_return
from tests.register.change_file import change
from tests.register.office import APRIL, Built, RegisterOffice

PHU_THUONG, NHAT_TAN, YEN_PHU = "00091 Phường Phú Thượng", "00094 Phường Nhật Tân", "00106 Phường Yên Phụ"
BUOI, THUY_KHUE = "00109 Phường Bưởi", "00112 Phường Thụy Khuê"
EVERY_KIND = [
    # the code stays, the unit is another
    change("renamed", PHU_THUONG, "00091 Phường Phú Gia"),
    change("reclassified", NHAT_TAN, "30009 Thị trấn Nhật Tân"),
    # the ward that is not finished becomes two
    change("split", THUY_KHUE, "30001 Phường Thụy Khuê Đông", share="main"),
    change("split", THUY_KHUE, "30002 Phường Thụy Khuê Tây", share="part"),
    # its second group is not finished
    change("dissolved", BUOI, YEN_PHU),
    change("established", "", "30003 Phường Mới"),
]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> RegisterOffice:
    """March's return, then every kind of change in April."""
    office = RegisterOffice(tmp_path_factory.mktemp("changed"))
    rows = [row | {"effective_on": APRIL} for row in EVERY_KIND]
    assert office.changes(rows, "2021-04-20") == "accepted"
    return office


@pytest.fixture(scope="module")
def tables(changed: RegisterOffice) -> Built:
    return changed.built("2021-05-06")


def test_what_is_open_goes_on_in_the_successor_since_when_it_was_open(tables: Built) -> None:
    assert tables.rows(
        "SELECT commune_code, commune_name, status, months_outstanding, due_on::VARCHAR, "
        "last_reported_period FROM marts.remaining_communes"
    ) == [
        ("30001", "Phường Thụy Khuê Đông", "in_progress", 2, "2021-09-30", "2021-03"),
        ("30002", "Phường Thụy Khuê Tây", "in_progress", 2, "2021-09-30", "2021-03"),
    ]


def test_a_group_moves_with_its_ward_and_keeps_its_id(tables: Built) -> None:
    assert tables.rows(
        "SELECT village_id, commune_code, commune_name, status FROM marts.remaining_villages"
    ) == [("00109-002", "00106", "Phường Yên Phụ", "in_progress")]


def test_the_countdown_says_what_changes_brought_and_took(tables: Built) -> None:
    assert tables.rows(
        "SELECT period, communes_remaining, tdp_remaining, completed_in_period, reopened_in_period, "
        "entered_by_change, left_by_change, communes_unreported FROM marts.countdown"
    ) == [("2021-03", 1, 1, 0, 0, 0, 0, 571), ("2021-04", 2, 1, 0, 0, 2, 1, 572)]


def test_units_change_in_number_and_people_do_not(tables: Built) -> None:
    assert tables.rows(
        "SELECT p.period, communes_total, villages_total, people_before, people_now "
        "FROM marts.progress_by_district AS p JOIN marts.staffing USING (period, district_code) "
        "WHERE p.district_code = '003' ORDER BY ALL"
    ) == [("2021-03", 8, 16, 200, 112), ("2021-04", 9, 16, 200, 112)]


def test_the_history_names_what_a_unit_went_into_with_decision_and_cell(tables: Built) -> None:
    assert tables.rows(
        "SELECT unit_id, step, status_from, status_to, other_unit_ids, cell FROM marts.unit_history "
        "WHERE period = '2021-04'"
    ) == [
        ("00091", "left", "completed", None, "00091@2021-04-10", "A3"),
        ("00091@2021-04-10", "taken_over", None, "completed", "00091", "A3"),
        ("00094", "left", "completed", None, "30009", "A4"),
        ("00109", "left", "completed", None, "00106", "A7"),
        ("00112", "left", "in_progress", None, "30001;30002", "A5"),
        ("30001", "taken_over", None, "in_progress", "00112", "A5"),
        ("30002", "taken_over", None, "in_progress", "00112", "A6"),
        ("30009", "taken_over", None, "completed", "00094", "A4"),
    ]


def test_what_was_handed_over_is_said_row_by_row(tables: Built) -> None:
    assert tables.rows(
        "SELECT row, change_kind, predecessor_id, successor_id, share, predecessor_status, successor_status, "
        "people_before_handed_over, people_now_handed_over FROM marts.unit_changes"
    ) == [
        (3, "renamed", "00091", "00091@2021-04-10", "whole", "completed", "completed", 15, 8),
        (4, "reclassified", "00094", "30009", "whole", "completed", "completed", 15, 8),
        (5, "split", "00112", "30001", "main", "in_progress", "in_progress", 15, 8),
        (6, "split", "00112", "30002", "part", "in_progress", "in_progress", None, None),
        (7, "dissolved", "00109", "00106", "whole", "completed", "completed", 15, 8),
        (8, "established", None, "30003", "whole", None, None, None, None),
    ]


def test_before_it_was_known_nothing_had_changed(changed: RegisterOffice) -> None:
    before = changed.built("2021-04-19")

    assert before.rows("SELECT commune_code FROM marts.remaining_communes") == [("00112",)]
    assert before.rows("SELECT count(*) FROM marts.unit_changes") == [(0,)]


def test_a_return_in_former_units_is_told_what_they_are_now(changed: RegisterOffice, tmp_path: Path) -> None:
    path = whole_return(tmp_path / "4.xlsx", with_ids=True, period="2021-04", as_of=date(2021, 4, 30))
    changed.send(path, moment("2021-05-03"))

    (outcome,) = changed.take_in(moment("2021-05-04"))

    assert outcome.verdict == "partially_accepted"
    assert changed.rows(
        "SELECT cell, fault, expected FROM ledger.finding JOIN ledger.submission USING (submission_id) "
        "WHERE period = '2021-04' AND form_sheet = '01_CapXa' "
        "AND fault IN ('unknown_unit', 'name_code_mismatch') ORDER BY source_row"
    ) == [
        (
            "B3",
            "name_code_mismatch",
            "00091 Phường Phú Gia, thay Phường Phú Thượng từ 10/04/2021 theo 895/NQ-UBTVQH14",
        ),
        (
            "A4",
            "unknown_unit",
            "30009 Thị trấn Nhật Tân, thay Phường Nhật Tân từ 10/04/2021 theo 895/NQ-UBTVQH14",
        ),
        (
            "A9",
            "unknown_unit",
            "00106 Phường Yên Phụ, thay Phường Bưởi từ 10/04/2021 theo 895/NQ-UBTVQH14",
        ),
        (
            "A10",
            "unknown_unit",
            "30001 Phường Thụy Khuê Đông, 30002 Phường Thụy Khuê Tây, thay Phường Thụy Khuê từ 10/04/2021 "
            "theo 895/NQ-UBTVQH14",
        ),
    ]


def test_a_later_version_of_the_document_stands_in_its_place(changed: RegisterOffice) -> None:
    only_renamed = [EVERY_KIND[0] | {"effective_on": APRIL}]
    assert changed.changes(only_renamed, "2021-05-05") == "rejected"
    assert [fault for _, fault, _ in changed.findings()] == ["stale_sequence"]

    assert changed.changes(only_renamed, "2021-05-05 09:00", seq=2) == "accepted"

    tables = changed.built("2021-05-07")
    assert tables.rows("SELECT commune_code FROM marts.remaining_communes") == [("00112",)]
    assert tables.rows("SELECT predecessor_id FROM marts.unit_changes") == [("00091",)]
