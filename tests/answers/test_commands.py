"""`scheme21 template` and `scheme21 check --annotate`."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from flows.command_line import app
from flows.exits import Exit
from tasks.cell_marks import COLOUR
from tests.answers.desk import Desk
from tests.intake.returns import spoil, whole_return


def invoke(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_blank_form_needs_no_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    code, said = invoke("template")

    assert (code, said) == (Exit.OK, "Đã ghi / written: bieu-mau-de-an-21.xlsx\n")
    assert openpyxl.load_workbook(tmp_path / "bieu-mau-de-an-21.xlsx")["00_ThongTin"]["B2"].value is None
    assert [path.name for path in tmp_path.iterdir()] == ["bieu-mau-de-an-21.xlsx"]


def test_the_next_period_is_offered_from_the_warehouse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    desk.submit(whole_return(tmp_path / "r.xlsx"))
    monkeypatch.chdir(tmp_path)

    code, said = invoke("template", "003", "--home", desk.settings.home)

    assert (code, said) == (Exit.OK, "Đã ghi / written: 003-2021-04.xlsx\n")
    assert openpyxl.load_workbook(tmp_path / "003-2021-04.xlsx")["02_ThonTDP"]["A3"].value == "00091-001"


def test_a_wrong_district_or_period_is_a_usage_error(tmp_path: Path) -> None:
    for arguments in (["999"], ["003", "2021-13"]):
        code, said = invoke("template", *arguments, "--home", tmp_path / "home", "-o", tmp_path / "t.xlsx")
        assert code == Exit.USAGE
        assert arguments[-1] in said
    assert list(tmp_path.iterdir()) == []


def test_check_writes_the_marked_copy_beside_the_file(tmp_path: Path) -> None:
    path = spoil(whole_return(tmp_path / "r.xlsx"), {"02_ThonTDP!H3": 9})
    before = path.read_bytes()

    code, said = invoke("check", path, "--annotate", "--now", "2021-04-02")

    assert code == Exit.OK
    assert "r-can-sua.xlsx" in said.replace("\n", "")
    page = openpyxl.load_workbook(tmp_path / "r-can-sua.xlsx")
    assert page["Cần sửa"]["A1"].value == "CẦN SỬA – 003 Quận Tây Hồ"
    assert page["02_ThonTDP"]["H3"].fill.fgColor.rgb == COLOUR["row"]
    assert path.read_bytes() == before


def test_a_file_without_a_workbook_in_it_has_no_marked_copy(tmp_path: Path) -> None:
    (tmp_path / "anh.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")

    code, said = invoke("check", tmp_path / "anh.xlsx", "--annotate")

    assert code == Exit.REFUSED
    assert "marked copy: không mở được" in said
    assert [path.name for path in tmp_path.iterdir()] == ["anh.xlsx"]
