"""The template: what is known is in it, it helps filling in the rest, and filled in it is accepted."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from schemas.calendar import Period
from schemas.form.sheets import SHEETS
from schemas.vocabularies import STATUS
from tasks.template import NoSuchDistrict, know_all_for_forms, next_period, write_blank, write_template
from tests.answers.desk import Desk
from tests.intake.returns import DISTRICT, OPEN_WARD, spoil, whole_return
from warehouse.connection import open_warehouse

# What a clerk must say in the second period: the letter, and what became of the two open complaints.
FILLED = {"00_ThongTin!B7": "22/BC-UBND", "05_DonThu!D3": 0, "05_DonThu!E3": 2, "05_DonThu!F3": 0}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def offered(desk: Desk, path: Path, period: str | None = None, district: str = DISTRICT) -> Path:
    with open_warehouse(desk.settings.warehouse, desk.settings.time_zone) as warehouse:
        chosen = Period.parse(period) if period else next_period(warehouse, desk.settings, district)
        know_all_for_forms(warehouse, desk.settings)
        write_template(warehouse, desk.settings, district, chosen, path)
    return path


def values(workbook: Workbook, sheet: str, first: int = 3) -> list[tuple[object, ...]]:
    rows = workbook[sheet].iter_rows(min_row=first, values_only=True)
    return [row for row in rows if any(cell is not None for cell in row)]


def test_it_holds_what_the_last_return_said(desk: Desk, tmp_path: Path) -> None:
    desk.submit(whole_return(tmp_path / "r.xlsx"))

    page = openpyxl.load_workbook(offered(desk, tmp_path / "t.xlsx"))

    assert [cell.value for cell in page["00_ThongTin"]["B"]][1:6] == [
        "003",
        "Quận Tây Hồ",
        "2021-04",
        page["00_ThongTin"]["B5"].value,
        1,
    ]
    assert page["00_ThongTin"]["B5"].value.date() == date(2021, 4, 30)
    ward = values(page, "01_CapXa")[0]
    assert ward[:8] == ("00091", "Phường Phú Thượng", "I", 15, 8, 4, 2, "Hoàn thành")
    assert [row[0] for row in values(page, "02_ThonTDP")][:3] == ["00091-001", "00091-002", "00094-001"]
    assert values(page, "03_ChucDanh")[0][:6] == ("00091", "X01", "Văn phòng Đảng ủy", 10, 10, 2)
    assert [row[:5] for row in values(page, "04_ChuaHoanThanh")] == [
        ("Xã", OPEN_WARD, "Phường Thụy Khuê", "đông dân", "NHAN_SU"),
        ("TDP", "00109-002", "Tổ dân phố 2", "đông dân", "NHAN_SU"),
    ]
    assert values(page, "05_DonThu") == [("00091", "Khiếu nại", 2, None, None, None)]
    assert values(page, "06_HoatDong") == []


def test_of_a_period_already_reported_it_holds_that_return_and_the_next_number(
    desk: Desk, tmp_path: Path
) -> None:
    desk.submit(whole_return(tmp_path / "r.xlsx"))

    page = openpyxl.load_workbook(offered(desk, tmp_path / "t.xlsx", "2021-03"))

    assert page["00_ThongTin"]["B6"].value == 2
    assert page["00_ThongTin"]["B5"].value.date() == date(2021, 3, 24)
    assert values(page, "05_DonThu") == [("00091", "Khiếu nại", 1, 2, 1, 2)]
    assert len(values(page, "06_HoatDong")) == 1


def test_filled_in_it_comes_back_accepted(desk: Desk, tmp_path: Path) -> None:
    desk.submit(whole_return(tmp_path / "r.xlsx"))

    again = desk.submit(spoil(offered(desk, tmp_path / "t.xlsx"), FILLED), "2021-05-03")

    assert (again.outcome.verdict, again.outcome.findings) == ("accepted", 0)
    assert again.outcome.period == "2021-04"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_filled_in_and_saved_by_libreoffice_it_comes_back_accepted(desk: Desk, tmp_path: Path) -> None:
    desk.submit(whole_return(tmp_path / "r.xlsx"))
    filled = spoil(offered(desk, tmp_path / "t.xlsx"), FILLED)

    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, str(filled)], check=True, capture_output=True, timeout=120)
    again = desk.submit(tmp_path / "saved" / "t.xlsx", "2021-05-03")

    assert (again.outcome.verdict, again.outcome.findings) == ("accepted", 0)


def test_a_district_s_first_template_lists_its_communes_and_their_posts(desk: Desk, tmp_path: Path) -> None:
    page = openpyxl.load_workbook(offered(desk, tmp_path / "t.xlsx"))

    assert page["00_ThongTin"]["B4"].value == "2021-03"
    assert values(page, "01_CapXa")[0][:4] == ("00091", "Phường Phú Thượng", None, None)
    assert len(values(page, "03_ChucDanh")) == 8 * 13
    assert values(page, "02_ThonTDP") == []


def test_a_code_of_no_district_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoSuchDistrict, match="999"):
        offered(desk, tmp_path / "t.xlsx", district="999")


def test_headers_and_codes_are_locked_and_the_rest_is_not(desk: Desk, tmp_path: Path) -> None:
    desk.submit(whole_return(tmp_path / "r.xlsx"))

    page = openpyxl.load_workbook(offered(desk, tmp_path / "t.xlsx"))

    communes, backlog = page["01_CapXa"], page["04_ChuaHoanThanh"]
    assert communes.protection.sheet
    assert communes.protection.password is None
    assert communes["A2"].protection.locked
    assert communes["A3"].protection.locked
    assert not communes["E3"].protection.locked
    assert not backlog["B3"].protection.locked
    assert not backlog["B9"].protection.locked
    assert not backlog.column_dimensions["B"].protection.locked
    assert backlog.column_dimensions["B"].number_format == "@"
    assert communes.print_title_rows == "$1:$2"


def test_cells_offer_the_vocabulary_and_refuse_other_days(desk: Desk, tmp_path: Path) -> None:
    page = openpyxl.load_workbook(offered(desk, tmp_path / "t.xlsx", "2021-05"))

    rules = {str(v.sqref).split(":")[0]: v for v in page["01_CapXa"].data_validations.dataValidation}
    assert rules["H3"].formula1 == '"' + ",".join(STATUS.labels) + '"'
    assert (rules["I3"].formula1, rules["I3"].formula2) == ("43586", "44347")  # 2019-05-01 to 2021-05-31
    assert rules["E3"].type == "whole"
    assert rules["E3"].promptTitle == "Số người KCT cấp xã hiện nay"
    assert "part-time people, commune level, now" in rules["E3"].prompt
    first, *_ = page["05_DonThu"].data_validations.dataValidation
    assert first.type is None or first.type == "none"
    assert "«Không phát sinh»" in first.prompt


def test_equal_warehouses_give_equal_bytes_and_the_blank_form_is_whole(desk: Desk, tmp_path: Path) -> None:
    one, two = (offered(desk, tmp_path / name).read_bytes() for name in ("1.xlsx", "2.xlsx"))
    assert one == two

    with open_warehouse(None, desk.settings.time_zone) as warehouse:
        write_blank(warehouse, desk.settings, tmp_path / "blank.xlsx")
    page = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    assert page.sheetnames == [sheet.name for sheet in SHEETS]
    assert values(page, "01_CapXa") == []
