"""A unit change file is held against the documents that are known and the returns that stand on them."""

from datetime import date
from pathlib import Path

import pytest

from tests.register.change_file import change
from tests.register.office import APRIL, RegisterOffice, groups_in, posts_but, ward, wards_but

THUY_KHUE, BUOI, YEN_PHU = "00112 Phường Thụy Khuê", "00109 Phường Bưởi", "00106 Phường Yên Phụ"
JUNE = date(2021, 6, 1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> RegisterOffice:
    """Thụy Khuê goes into a new ward on 1 June, by a document of 20 May."""
    office = RegisterOffice(tmp_path_factory.mktemp("known"))
    merged = change("merged", THUY_KHUE, "30005 Phường Năm", effective_on=JUNE)
    assert office.changes([merged], "2021-05-20") == "accepted"
    return office


def test_a_unit_that_goes_later_by_another_document_goes_not_before(office: RegisterOffice) -> None:
    before = change("renamed", THUY_KHUE, "30001 Phường Một", effective_on=date(2021, 5, 25))

    assert office.changes([before], "2021-05-21", doc_no="08/TĐ-SNV") == "rejected"

    assert office.findings() == [
        ("L3", "known_to_change_later", "00112 → 30005 từ 01/06/2021, phiếu 07/TĐ-SNV")
    ]


def test_a_new_unit_is_called_as_another_document_calls_it(office: RegisterOffice) -> None:
    other = change("merged", YEN_PHU, "30005 Phường Sáu", effective_on=JUNE)

    assert office.changes([other], "2021-05-22", doc_no="09/TĐ-SNV") == "rejected"

    assert office.findings() == [("F3", "new_unit_differs", "Phường Năm, phường, 003, phiếu 07/TĐ-SNV")]


def test_a_new_group_lies_in_a_ward(office: RegisterOffice) -> None:
    nowhere = change(
        "established", "", "00109-003 Tổ dân phố 3", unit_level="tdp", new_kind="tdp", parent_code=None
    )

    assert office.changes([nowhere], "2021-05-23", doc_no="10/TĐ-SNV") == "rejected"

    assert office.findings() == [("H3", "unknown_unit", "00109 Phường Bưởi")]


def test_what_a_return_stands_on_is_not_taken_back(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    merged = change("merged", THUY_KHUE, BUOI, effective_on=APRIL)
    assert office.changes([merged], "2021-04-20") == "accepted"
    open_ward = ward(
        "00109",
        people_before=30,
        people_now=14,
        villages_before=8,
        villages_now=4,
        status="in_progress",
        completed_on=None,
        decision_no=None,
    )
    wards = [open_ward if row["commune_code"] == "00109" else row for row in wards_but("00112")]
    groups, posts = groups_in({"00112": "00109"}), posts_but("00112")
    outcome = office.reports("2021-05-03", "2021-04", commune=wards, village=groups, post=posts)
    assert office.changes([], "2021-05-20", seq=2) == "rejected"

    assert office.findings() == [("B3", "reported_meanwhile", outcome.submission_id)]
