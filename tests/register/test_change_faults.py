"""What is wrong with a unit change file, with its cell; nothing of such a file is loaded."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.intake.returns import WARDS, Office, moment
from tests.register.change_file import FOLDER, change, change_file

BUOI, THUY_KHUE = "00109 Phường Bưởi", "00112 Phường Thụy Khuê"
SPLIT = change("split", THUY_KHUE, "30001 Phường Một", share="main")
Findings = list[tuple[str, str, str]]

# Rows of the file, and cell, fault and what is expected instead.
FAULTY: list[tuple[list[dict[str, Any]], Findings]] = [
    (
        [change("merged", "00113 Phường Thụy Khê", BUOI)],
        [("C3", "unknown_unit", "00112 Phường Thụy Khuê")],
    ),
    (
        [change("merged", "00112 Phường Thụy Khê", BUOI)],
        [("D3", "name_code_mismatch", "Phường Thụy Khuê")],
    ),
    (
        [change("merged", THUY_KHUE, BUOI, decided_on=date(2021, 3, 1), effective_on=date(2021, 3, 24))],
        [("L3", "change_date_out_of_range", "có hiệu lực sau ngày số liệu gốc 24/03/2021")],
    ),
    (
        [change("merged", THUY_KHUE, BUOI, decided_on=date(2021, 6, 2))],
        [("K3", "change_date_out_of_range", "quyết định không sau ngày hiệu lực 01/06/2021")],
    ),
    ([change("merged", THUY_KHUE, BUOI, decision_no=None)], [("J3", "missing_value", "chữ")]),
    (
        [change("renamed", THUY_KHUE, "00109 Phường Hồ Tây")],
        [("E3", "code_in_use", "Phường Bưởi")],
    ),
    (
        [SPLIT],
        [
            (
                "I3",
                "split_incomplete",
                "một dòng «Toàn bộ»; hoặc đúng một dòng «Phần lớn» và ít nhất một dòng «Một phần»",
            )
        ],
    ),
    (
        [change("merged", BUOI, "30001 Phường Một"), change("merged", THUY_KHUE, "30001 Phường Hai")],
        [
            ("F3", "new_unit_differs", "Phường Hai, phường, 003, dòng 4"),
            ("F4", "new_unit_differs", "Phường Một, phường, 003, dòng 3"),
        ],
    ),
    (
        [change("renamed", BUOI, "00109 Phường Hồ Tây", new_kind="xã")],
        [("G3", "kind_mismatch", "xã / phường / thị trấn, tên bắt đầu bằng loại (Xã Sen Phương)")],
    ),
    ([change("renamed", BUOI, BUOI)], [("F3", "change_changes_nothing", "")]),
    (
        [change("established", BUOI, "30001 Phường Một")],
        [("C3", "change_without_old_unit", "để trống: đơn vị thành lập mới không có đơn vị cũ")],
    ),
    (
        [change("dissolved", BUOI)],
        [("E3", "change_without_new_unit", "Mã đơn vị mới")],
    ),
    (
        [change("renamed", BUOI, "00109 Phường Hồ Tây", parent_code="031")],
        [("H3", "unknown_unit", "001 Quận Ba Đình")],
    ),
    (
        [change("renamed", BUOI, "3001 Phường Hồ Tây"), change("reclassified", THUY_KHUE, "MỚI Phường Mới")],
        [("E4", "unusable_code", "năm chữ số")],
    ),
    *(
        (
            [
                change(
                    "established",
                    "",
                    f"{written} Tổ dân phố 3",
                    unit_level="tdp",
                    new_kind="tdp",
                    parent_code="00109",
                )
            ],
            [("E3", "unusable_code", "mã xã, phường, dấu - và một số chưa từng cấp, từ 00109-001 trở đi")],
        )
        for written in ("00109-MỚI", "TDP3", "00112-003", "00109-0003")
    ),
    (
        [
            change("dissolved", "003 Quận Tây Hồ", unit_level="district", parent_code=None),
            *(
                change("transferred", f"{code} {name}", f"{code} {name}", parent_code="005")
                for code, name in WARDS.items()
                if code not in ("00109", "00112")
            ),
            change("renamed", THUY_KHUE, "30001 Phường Một"),
        ],
        [("C3", "district_not_emptied", "00109 Phường Bưởi, 30001 Phường Một")],
    ),
    (
        [change("renamed", BUOI, "00109 Phường Hồ Tây", share="part")],
        [
            (
                "I3",
                "split_incomplete",
                "một dòng «Toàn bộ»; hoặc đúng một dòng «Phần lớn» và ít nhất một dòng «Một phần»",
            ),
            ("I3", "wrong_share", "toàn bộ"),
        ],
    ),
]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Findings]]:
    """File → verdict and findings; all of them sent to one office."""
    folder = tmp_path_factory.mktemp("faulty")
    office = Office(folder)
    for n, (rows, _) in enumerate(FAULTY):
        path = change_file(folder / f"{n:02d}.xlsx", rows, doc_no=f"{n}/TĐ")
        office.send(path, moment("2021-05-26") + timedelta(minutes=n), district=FOLDER)
    verdicts = {outcome.file_name: outcome.verdict for outcome in office.take_in(moment("2021-05-27"))}
    assert office.rows("SELECT * FROM core.unit_change") == []
    findings: dict[str, Findings] = {name: [] for name in verdicts}
    for name, *finding in office.rows(
        "SELECT file_name, cell, fault, expected FROM ledger.finding "
        "JOIN ledger.submission USING (submission_id) ORDER BY cell, fault"
    ):
        findings[name].append(tuple(finding))
    return {name: (verdicts[name], findings[name]) for name in verdicts}


@pytest.mark.parametrize("number", range(len(FAULTY)), ids=[findings[0][1] for _, findings in FAULTY])
def test_a_fault_sends_the_whole_file_back(answered: dict[str, tuple[str, Findings]], number: int) -> None:
    assert answered[f"{number:02d}.xlsx"] == ("rejected", FAULTY[number][1])
