"""The returned workbook: the district's own file with its faults marked, which comes back accepted."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from python_calamine import CalamineWorkbook

from tasks.answer_sheet import ANSWER_SHEET
from tasks.cell_marks import COLOUR
from tests.answers.desk import LABELS, Desk, headers_row, listed, listed_top, mended
from tests.intake.returns import spoil, whole_return

OVER_CAP = {f"02_ThonTDP!H{row}": 9 for row in (3, 4, 5, 8)}
SOUND = {f"02_ThonTDP!H{row}": 3 for row in (3, 4, 5, 8)}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_faulty_cells_are_coloured_by_severity_and_say_what_to_do(desk: Desk, tmp_path: Path) -> None:
    path = spoil(whole_return(tmp_path / "r.xlsx"), {"01_CapXa!J3": None, "02_ThonTDP!H4": 9})

    page = desk.submit(path).workbook

    evidence, people = page["01_CapXa"]["J3"], page["02_ThonTDP"]["H4"]
    assert evidence.fill.fgColor.rgb == people.fill.fgColor.rgb == COLOUR["row"]
    assert page["01_CapXa"]["E3"].fill.fgColor.rgb == COLOUR["submission"]
    assert page["01_CapXa"]["E4"].comment is None
    vi, en = evidence.comment.text.split("\n")[1:3]
    assert vi.startswith("Đã ghi Hoàn thành nhưng thiếu Số quyết định.")
    assert en.startswith("Marked completed but")
    assert people.comment.text.endswith(
        "Căn cứ: Nghị định 34/2019/NĐ-CP; Nghị quyết 08/2019/NQ-HĐND của Hà Nội"
    )


def test_several_findings_of_a_cell_share_a_comment_whose_box_holds_them(desk: Desk, tmp_path: Path) -> None:
    # Above the limit, and not what the posts add up to.
    answered = desk.submit(spoil(whole_return(tmp_path / "r.xlsx"), {"01_CapXa!E3": 20, "01_CapXa!E11": 76}))

    text = answered.workbook["01_CapXa"]["E3"].comment.text
    assert [paragraph.split("\n")[0] for paragraph in text.split("\n\n")] == [
        "Vượt số người theo quy định (Dòng bị giữ lại)",
        "Số người không khớp số vị trí (Báo cáo chưa đủ)",
    ]
    assert comment_boxes(answered.returned) == {(380, 14 + 17 * len(text.split("\n")) + 17 * WRAPPED)}


# Lines of those messages that are longer than the box is wide.
WRAPPED = 5


def comment_boxes(returned: Path | None) -> set[tuple[int, int]]:
    """Width and height, in pixels, of every comment of a workbook."""
    assert returned is not None
    with zipfile.ZipFile(returned) as parts:
        drawings = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".vml")]
    found = re.findall(r"width:(\d+)px;height:(\d+)px|height:(\d+)px;width:(\d+)px", "".join(drawings))
    return {(int(w or w2), int(h or h2)) for w, h, h2, w2 in found}


def test_every_finding_is_listed_with_a_link_to_its_cell(desk: Desk, tmp_path: Path) -> None:
    path = spoil(whole_return(tmp_path / "r.xlsx"), OVER_CAP | {"01_CapXa!J3": None})

    answered = desk.submit(path)
    page = answered.workbook

    assert page.sheetnames[0] == page.active.title == ANSWER_SHEET
    assert [sheet.title for sheet in page if sheet.sheet_view.tabSelected] == [ANSWER_SHEET]
    table = page[ANSWER_SHEET]
    listing = listed(table, 2)[
        listed(table, 0).index(f"Từng lỗi / every finding: {answered.outcome.findings}") + 1 :
    ]
    assert len(listing) == answered.outcome.findings
    assert listing[:5] == ["J3", "H3", "H4", "H5", "H8"]
    links = {link.ref: link.location for row in table.iter_rows() for cell in row if (link := cell.hyperlink)}
    assert "'01_CapXa'!J3" in links.values()
    assert "'00_ThongTin'!B6" in links.values()
    assert table.freeze_panes == f"A{headers_row(table) + 1}"
    assert table.print_title_rows == f"${headers_row(table)}:${headers_row(table)}"


def test_what_repeats_down_a_column_is_one_line_with_all_cells(desk: Desk, tmp_path: Path) -> None:
    answered = desk.submit(spoil(whole_return(tmp_path / "r.xlsx"), OVER_CAP))

    (_, group, *_) = zip(*(listed(answered.workbook[ANSWER_SHEET], c) for c in range(8)), strict=True)
    assert group == (
        "Dòng bị giữ lại",
        "02_ThonTDP",
        "H3",
        "Vượt số người theo quy định",
        "Cột «Số người KCT hiện nay»",
        "3",
        "4 lần / times: H3:H5, H8",
        "Above the legal limit",
    )
    assert (
        "  02_ThonTDP, cột «Số người KCT hiện nay»: Vượt số người theo quy định (over_cap) × 4: H3:H5, H8"
        in answered.receipt
    )


def test_mended_and_sent_again_it_is_accepted_as_it_is(desk: Desk, tmp_path: Path) -> None:
    answered = desk.submit(spoil(whole_return(tmp_path / "r.xlsx"), OVER_CAP))
    assert answered.outcome.verdict == "partially_accepted"

    again = desk.submit(mended(answered, tmp_path, SOUND | {"00_ThongTin!B6": 2}), "2021-04-03")

    assert (again.outcome.verdict, again.outcome.findings, again.returned) == ("accepted", 0, None)
    kinds = desk.rows(
        "SELECT DISTINCT detail FROM ledger.source_row "
        f"WHERE submission_id = '{again.outcome.submission_id}' AND source_sheet = '{ANSWER_SHEET}'"
    )
    assert {kind for (kind,) in kinds} <= {"answer", "blank"}


def test_a_rejected_file_comes_back_too_and_needs_no_higher_number(desk: Desk, tmp_path: Path) -> None:
    path = spoil(whole_return(tmp_path / "r.xlsx"), {"00_ThongTin!B4": "2030-01", "01_CapXa!D11": 121})
    answered = desk.submit(path)

    assert answered.outcome.verdict == "rejected"
    assert not [t for t in listed_top(answered.workbook[ANSWER_SHEET]) if "Trước khi gửi lại" in t]
    again = desk.submit(
        mended(answered, tmp_path, {"00_ThongTin!B4": "2021-03", "01_CapXa!D11": 120}), "2021-04-03"
    )
    assert again.outcome.verdict == "accepted"


def test_labels_in_the_list_are_not_taken_for_the_form_s_own(desk: Desk, tmp_path: Path) -> None:
    labels = {f"00_ThongTin!A{row}": f"Mục {row}" for row in (2, 4, 5, 6, 7)}
    answered = desk.submit(spoil(whole_return(tmp_path / "r.xlsx"), labels))
    assert answered.outcome.verdict == "rejected"

    said = {f"00_ThongTin!A{row}": word for row, word in zip((2, 4, 5, 6, 7), LABELS, strict=True)}
    again = desk.submit(mended(answered, tmp_path, said), "2021-04-03")

    assert again.outcome.verdict == "accepted"


def test_formats_widths_formulas_merges_and_notes_of_the_office_stay(desk: Desk, tmp_path: Path) -> None:
    path = whole_return(tmp_path / "r.xlsx")
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["01_CapXa"]
    sheet.column_dimensions["B"].width = 41
    sheet.merge_cells("L3:M4")
    sheet["L3"].value = "gộp"
    sheet["J3"].value = None
    sheet["J3"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["J3"].comment = Comment("hỏi lại phòng Nội vụ", "Chị Hà")
    sheet["K4"].fill = PatternFill("solid", fgColor="FF123456")
    workbook.save(path)

    back = desk.submit(path).workbook["01_CapXa"]

    assert back.column_dimensions["B"].width == 41
    assert [str(merged) for merged in back.merged_cells.ranges] == ["L3:M4"]
    assert back["D11"].value == "=SUM(D3:D10)"
    assert back["K4"].fill.fgColor.rgb == "FF123456"
    assert back["I3"].number_format == "dd/mm/yyyy"
    assert back["J3"].fill.fgColor.rgb == COLOUR["row"]
    assert back["J3"].comment.text.endswith("hỏi lại phòng Nội vụ")


def test_a_second_round_takes_the_first_marks_away(desk: Desk, tmp_path: Path) -> None:
    path = whole_return(tmp_path / "r.xlsx")
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["01_CapXa"]
    sheet["J3"].value = sheet["J4"].value = None
    sheet["J3"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["J3"].comment = Comment("hỏi lại phòng Nội vụ", "Chị Hà")
    workbook.save(path)
    first = desk.submit(path)

    still = desk.submit(
        mended(first, tmp_path, {"01_CapXa!J3": "12/QĐ-UBND", "00_ThongTin!B6": 2}), "2021-04-03"
    )

    back = still.workbook
    assert back.sheetnames.count(ANSWER_SHEET) == 1
    assert back["01_CapXa"]["J3"].fill.fgColor.rgb == "FF00FF00"
    assert back["01_CapXa"]["J3"].comment.text == "hỏi lại phòng Nội vụ"
    assert back["01_CapXa"]["J4"].fill.fgColor.rgb == COLOUR["row"]
    assert back["01_CapXa"]["J4"].comment.text.count("Đã ghi Hoàn thành") == 1


def test_formulas_keep_the_values_they_had(desk: Desk, tmp_path: Path) -> None:
    path = whole_return(tmp_path / "r.xlsx", seq=0)  # as written by a program that computes

    answered = desk.submit(path)

    assert answered.outcome.findings
    rows = CalamineWorkbook.from_path(str(answered.returned)).get_sheet_by_name("01_CapXa").to_python()
    assert [row[3:7] for row in rows if row[0] == "Tổng cộng"] == [[120.0, 64.0, 32.0, 16.0]]


def test_a_marked_cell_inside_a_merged_one_marks_what_shows(desk: Desk, tmp_path: Path) -> None:
    path = whole_return(tmp_path / "r.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook["01_CapXa"].merge_cells("J3:J4")
    workbook.save(path)

    back = desk.submit(path).workbook["01_CapXa"]

    assert back["J3"].fill.fgColor.rgb == COLOUR["row"]
    assert back["J3"].comment is not None


def test_simulated_figures_say_so_in_the_list(desk: Desk, tmp_path: Path) -> None:
    path = whole_return(tmp_path / "r.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook["00_ThongTin"]["A1"].value = "SỐ LIỆU MÔ PHỎNG"
    workbook["02_ThonTDP"]["H3"].value = 9
    workbook.save(path)

    assert "SỐ LIỆU MÔ PHỎNG / simulated data" in listed_top(desk.submit(path).workbook[ANSWER_SHEET])
