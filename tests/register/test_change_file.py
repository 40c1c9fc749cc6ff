"""A unit change file from the inbox to the register."""

from pathlib import Path

from tasks.answer import answer
from tests.intake.returns import Office, moment
from tests.register.change_file import FOLDER, change, change_file
from warehouse.connection import open_warehouse


def test_a_merger_is_taken_in(tmp_path: Path) -> None:
    office = Office(tmp_path)
    path = change_file(
        tmp_path / "phieu.xlsx",
        [change("merged", "00112 Phường Thụy Khuê", "00109 Phường Bưởi", share="whole")],
    )
    office.send(path, moment("2021-05-26"), district=FOLDER)

    (outcome,) = office.take_in(moment("2021-05-27"))

    assert (outcome.verdict, outcome.rows_loaded) == ("accepted", 8)
    assert office.rows("SELECT old_code, new_code, source_cell FROM core.unit_change") == [
        ("00112", "00109", "A3")
    ]


def test_another_spelling_of_the_name_makes_no_other_unit(tmp_path: Path) -> None:
    office = Office(tmp_path)
    path = change_file(
        tmp_path / "phieu.xlsx",
        [
            change("merged", "00106 Phường Yên Phụ", "00109 phường Bưởi"),
            change("merged", "00103 Phường Xuân La", "00112 Phường Thuỵ Khuê"),
        ],
    )
    office.send(path, moment("2021-05-26"), district=FOLDER)

    (outcome,) = office.take_in(moment("2021-05-27"))

    assert outcome.verdict == "accepted"
    assert office.rows("SELECT new_code, new_name FROM core.unit_change ORDER BY ALL") == [
        ("00109", "Phường Bưởi"),
        ("00112", "Phường Thụy Khuê"),
    ]


def test_the_receipt_says_which_document_and_that_it_is_taken_whole(tmp_path: Path) -> None:
    office = Office(tmp_path)
    path = change_file(tmp_path / "phieu.xlsx", [change("merged", "00113 Phường Một", "00109 Phường Bưởi")])
    office.send(path, moment("2021-05-26"), district=FOLDER)
    office.take_in(moment("2021-05-27"))

    with open_warehouse(office.settings.warehouse, office.settings.time_zone) as warehouse:
        (written,) = answer(warehouse, office.settings)

    lines = written.read_text(encoding="utf-8").splitlines()
    assert lines[:4] == [
        "GIẤY BIÊN NHẬN PHIẾU THAY ĐỔI ĐƠN VỊ / RECEIPT OF A UNIT CHANGE FILE",
        "Phiếu / document: 07/TĐ-SNV",
        "Phiếu được nhận cả hoặc trả lại cả: một dòng có lỗi thì không dòng nào được nhận.",
        "It is taken whole or not at all: one faulty row sends all of it back.",
    ]
    assert not any(line.startswith("Đơn vị / district") for line in lines)
