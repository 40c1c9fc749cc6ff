"""What comes back for files that are no plain .xlsx: CSV files, macros, what only one reader opens."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tasks.answer_sheet import ANSWER_SHEET
from tasks.cell_marks import COLOUR
from tests.answers.desk import LABELS, Desk, listed, mended
from tests.gallery.book import Book, book_of
from tests.gallery.old_formats import ods, xls
from tests.gallery.truth import true_rows
from tests.intake.returns import info, spoil, whole_return


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_text_that_looks_like_a_formula_stays_text(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "r.zip"
    attack = "=cmd|'/c calc'!A0"
    zip_of_csv(
        whole_return(tmp_path / "r.xlsx"), path, {("01_CapXa", 2, 7): attack, ("01_CapXa", 3, 10): "@SUM(1)"}
    )

    answered = desk.submit(path)

    page = answered.workbook
    assert answered.outcome.verdict == "partially_accepted"
    assert attack in listed(page[ANSWER_SHEET], 4)
    for sheet in page:
        formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert formulas == []
    assert page["01_CapXa"]["H3"].quotePrefix
    assert page["01_CapXa"]["K4"].quotePrefix
    assert (
        attack
        in CalamineWorkbook.from_path(str(answered.returned)).get_sheet_by_name("01_CapXa").to_python()[2]
    )


def zip_of_csv(workbook: Path, path: Path, cells: dict[tuple[str, int, int], str]) -> Path:
    """The sheets of `workbook` as CSV files in a zip, with `cells` by sheet, row and column from 0."""
    grids = CalamineWorkbook.from_path(str(workbook))
    with zipfile.ZipFile(path, "w") as parts:
        for name in grids.sheet_names:
            rows = [
                [as_csv(c) for c in row]
                for row in grids.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for (sheet, r, c), text in cells.items():
                if sheet == name:
                    rows[r][c] = text
            lines = (";".join(f'"{text}"' if ";" in text else text for text in row) for row in rows)
            parts.writestr(f"bao cao/{name}.csv", "\r\n".join(lines))
    return path


def as_csv(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def test_a_zip_of_csv_comes_back_as_one_workbook_and_that_is_accepted(desk: Desk, tmp_path: Path) -> None:
    path = zip_of_csv(whole_return(tmp_path / "r.xlsx"), tmp_path / "r.zip", {("02_ThonTDP", 2, 7): "9"})
    answered = desk.submit(path)

    assert answered.workbook.sheetnames[:3] == [ANSWER_SHEET, "00_ThongTin", "01_CapXa"]
    assert answered.workbook["02_ThonTDP"]["H3"].fill.fgColor.rgb == COLOUR["row"]
    cells: dict[str, object] = {"02_ThonTDP!H3": 3, "00_ThongTin!B6": 2}
    again = desk.submit(mended(answered, tmp_path, cells), "2021-04-03")
    assert again.outcome.verdict == "accepted"


@pytest.mark.parametrize(("ending", "write"), [("ods", ods), ("xls", xls)])
def test_an_old_or_open_format_comes_back_as_xlsx_and_that_is_accepted(
    desk: Desk, tmp_path: Path, ending: str, write: Callable[[Book], bytes]
) -> None:
    rows = true_rows()
    rows["village"][0]["people_now"] = 9
    book = book_of(info(), rows)
    path = tmp_path / f"r.{ending}"
    path.write_bytes(write(book))

    answered = desk.submit(path)

    assert answered.outcome.verdict == "partially_accepted"
    assert answered.returned is not None
    assert answered.returned.suffix == ".xlsx"
    assert answered.workbook.sheetnames == [ANSWER_SHEET, *(page.name for page in book.pages)]
    assert answered.workbook["02_ThonTDP"]["H3"].comment is not None
    assert answered.workbook["01_CapXa"]["I3"].number_format == "dd/mm/yyyy"
    cells: dict[str, object] = {"02_ThonTDP!H3": 3, "00_ThongTin!B6": 2}
    again = desk.submit(mended(answered, tmp_path, cells), "2021-04-03")
    assert (again.outcome.verdict, again.outcome.findings) == ("accepted", 0)


def test_macros_do_not_come_back(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsm"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_vba_project(io.BytesIO(b"not run by anybody"), is_stream=True)
        sheet = workbook.add_worksheet("00_ThongTin")
        for row, (label, value) in enumerate(zip(LABELS, info().values(), strict=False)):
            sheet.write(row, 0, label)
            sheet.write(row, 1, str(value))

    answered = desk.submit(path)

    assert answered.returned is not None
    assert answered.returned.suffix == ".xlsx"
    with zipfile.ZipFile(answered.returned) as parts:
        assert "xl/vbaProject.bin" not in parts.namelist()
        assert "macroEnabled" not in parts.read("[Content_Types].xml").decode()
    assert f"marked workbook: {answered.returned.name}" in answered.receipt


def test_a_file_that_cannot_be_read_gets_its_receipt_only(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")

    answered = desk.submit(path)

    assert answered.returned is None
    assert "unreadable_file" in answered.receipt


def test_a_workbook_that_openpyxl_cannot_open_is_laid_out_anew(desk: Desk, tmp_path: Path) -> None:
    path = spoil(whole_return(tmp_path / "r.xlsx"), {"02_ThonTDP!H3": 9})
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "odd.xlsx", "w") as new:
        for part in old.namelist():
            new.writestr(part, b"<cut" if part == "docProps/core.xml" else old.read(part))

    answered = desk.submit(tmp_path / "odd.xlsx")

    assert answered.workbook.sheetnames[:2] == [ANSWER_SHEET, "00_ThongTin"]
    assert answered.workbook["02_ThonTDP"]["H3"].fill.fgColor.rgb == COLOUR["row"]


def test_a_workbook_that_would_take_all_memory_to_mark_is_laid_out_anew(desk: Desk, tmp_path: Path) -> None:
    path = spoil(whole_return(tmp_path / "r.xlsx"), {"02_ThonTDP!H3": 9})
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as new:
        for part in old.namelist():
            # openpyxl makes an object of every merged cell: here 17 billion.
            merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            new.writestr(part, old.read(part).replace(b"</sheetData>", merged))
    desk.settings = desk.settings.model_copy(update={"max_memory_bytes": 300_000_000})

    answered = desk.submit(tmp_path / "bomb.xlsx")

    assert answered.workbook.sheetnames[:2] == [ANSWER_SHEET, "00_ThongTin"]
    assert answered.workbook["02_ThonTDP"]["H3"].fill.fgColor.rgb == COLOUR["row"]
