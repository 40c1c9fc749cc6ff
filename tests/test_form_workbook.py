"""The form's workbook, read back cell by cell."""

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from schemas.form.sheets import SHEETS
from schemas.vocabularies import OBSTACLE, STATUS
from tasks.form_aids import FormAids
from tasks.form_workbook import FormContents, choices, write_form

CREATED = datetime(2021, 4, 1, 8, 30)
COMMUNES = [
    {
        "commune_code": "00004",
        "commune_name": "Phường Trúc Bạch",
        "commune_class": "2",
        "people_before": 15,
        "people_now": 8,
        "villages_before": 19,
        "villages_now": 10,
        "status": "completed",
        "completed_on": date(2019, 12, 13),
        "decision_no": "4381/QĐ-UBND",
    },
    {
        "commune_code": "00006",
        "commune_name": "Phường Vĩnh Phúc",
        "commune_class": "1",
        "people_before": 17,
        "people_now": 9,
        "villages_before": 19,
        "villages_now": 12,
        "status": "in_progress",
    },
]


def grid(path: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def test_rows_are_written_as_the_clerk_would(tmp_path):
    path = tmp_path / "form.xlsx"
    contents = FormContents(
        {"district_code": "001", "as_of_date": date(2021, 3, 24), "seq": 1}, {"commune": COMMUNES}
    )
    write_form(path, contents, created=CREATED, has_totals=True)
    day = date(2019, 12, 13)
    assert grid(path, "01_CapXa")[2:] == [
        ["00004", "Phường Trúc Bạch", "II", 15.0, 8.0, 19.0, 10.0, "Hoàn thành", day, "4381/QĐ-UBND", ""],
        ["00006", "Phường Vĩnh Phúc", "I", 17.0, 9.0, 19.0, 12.0, "Đang thực hiện", "", "", ""],
        ["Tổng cộng", "", "", 32.0, 17.0, 38.0, 22.0, "", "", "", ""],
    ]
    info = grid(path, "00_ThongTin")
    assert info[0] == ["Thông tin chung", ""]
    assert info[1] == ["Mã quận/huyện", "001"]
    assert info[4] == ["Số liệu tính đến ngày", date(2021, 3, 24)]
    assert info[5] == ["Lần nộp", 1.0]


def test_headers_and_banner_stand_on_every_sheet(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(path, FormContents(banner="SỐ LIỆU MÔ PHỎNG"), created=CREATED)
    for sheet in SHEETS[1:]:
        rows = grid(path, sheet.name)
        assert rows[0][0] == sheet.title
        assert rows[1][0] == "SỐ LIỆU MÔ PHỎNG"
        assert rows[2] == [c.header for c in sheet.columns]
    assert [row[0] for row in grid(path, "00_ThongTin")[2:]] == [c.header for c in SHEETS[0].columns]


def test_nothing_arose_is_a_statement_and_not_an_empty_sheet(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(path, FormContents(declared_no_petitions=True), created=CREATED, has_totals=True)
    assert grid(path, "05_DonThu")[2] == ["Không phát sinh", "", "", "", "", ""]


def test_lists_are_joined_and_labels_with_a_comma_give_way_to_codes(tmp_path):
    path = tmp_path / "form.xlsx"
    unit = {"unit_level": "thon", "area_flags": "religious;crowded", "obstacle_code": "CHE_DO"}
    write_form(path, FormContents(rows={"outstanding": pd.DataFrame([unit])}), created=CREATED)
    assert grid(path, "04_ChuaHoanThanh")[2] == [
        "Thôn",
        "",
        "",
        "tôn giáo; đông dân",
        "CHE_DO",
        "",
        "",
        "",
        "",
    ]
    assert choices(OBSTACLE) == {code: code for code in OBSTACLE.codes}
    assert choices(STATUS)["completed"] == "Hoàn thành"


def test_a_code_outside_its_list_is_refused(tmp_path):
    rows = {"commune": [{"status": "almost"}]}
    with pytest.raises(KeyError, match="almost"):
        write_form(tmp_path / "form.xlsx", FormContents(rows=rows), created=CREATED)


def test_spare_rows_offer_the_vocabulary_and_the_print_set_up_fits(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(path, FormContents(), created=CREATED, aids=FormAids(spare_rows={"commune": 5}))
    page = load_workbook(path)["01_CapXa"]
    lists = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation if v.type == "list"}
    assert lists == {"C3:C7": '"I,II,III"', "H3:H7": '"Hoàn thành,Đang thực hiện,Chưa thực hiện"'}
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$1:$2"
    assert page["I3"].number_format == "dd/mm/yyyy"
    assert page["A3"].number_format == "@"
    assert page.freeze_panes == "A3"
    assert not page.protection.sheet


def test_equal_contents_give_equal_bytes(tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_form(tmp_path / name, FormContents(rows={"commune": COMMUNES}), created=CREATED)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
