"""The sheet «Cần sửa»: every finding by severity with a link to its cell; what repeats stands on top."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from schemas.faults import LEVELS, catalogue
from schemas.vocabularies import SEVERITY, VERDICT
from tasks.answer_sheet import ANSWER_SHEET
from tasks.cell_marks import COLOUR, write_text
from tasks.finding_groups import Finding, FindingGroup, Headers, repeated

# Header → width in characters.
_COLUMNS = {
    **{"Mức độ": 19, "Biểu": 19, "Ô": 8, "Lỗi": 28, "Giá trị": 22, "Cần có": 24},
    **{"Cách sửa": 54, "English": 54},
}
_FONT, _LINK = "Calibri", "FF0563C1"
_LINE_HEIGHT, _TALLEST = 15.5, 409.0  # points; Excel knows no taller row
_HOW_TO = (
    "Sửa các ô được tô màu (rê chuột vào ô để đọc lỗi), lưu rồi gửi lại chính tệp này. Không phải xóa trang "
    "này, màu hay ghi chú: hệ thống bỏ qua. / Correct the coloured cells, save, and send this very file "
    "again; this sheet, the colours and the comments are ignored."
)
_A4 = 9
_SIDE = Side(style="thin", color="FFBFBFBF")
_FRAME = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAPPED = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True)
class Notice:
    """What stands on top: whose file, its verdict, and what else its clerk must know.

    `headers`: those of the form; `simulated_mark`: what stands over figures that are simulated.
    `seq_cell`: (sheet, cell) of the sequence number, and `next_seq` what it must be; None where it may stay.
    """

    district: str
    file_name: str
    verdict: str
    headers: Headers
    simulated_mark: str = ""
    seq_cell: tuple[str, str] | None = None
    next_seq: int | None = None


def write_fix_list(
    workbook: Workbook, sheets: Mapping[str, Worksheet], notice: Notice, findings: list[Finding]
) -> None:
    """Put the list in front of `workbook`; `sheets` by the name that the findings know them by."""
    page = _Page(workbook.create_sheet(ANSWER_SHEET, 0), sheets)
    page.write_notice(notice)
    page.write_header()
    groups = sorted(repeated(findings, notice.headers), key=lambda group: LEVELS.index(group.severity))
    if groups:
        page.write_heading(f"Lỗi lặp lại theo cột / repeated down a column: {len(groups)}")
        for group in groups:
            page.write_group(group)
    page.write_heading(f"Từng lỗi / every finding: {len(findings)}")
    for finding in sorted(findings, key=lambda finding: LEVELS.index(finding["severity"])):
        page.write_finding(finding)
    _show_alone(workbook)


class _Page:
    """The list being written from the top down; `line` is the last row written."""

    def __init__(self, sheet: Worksheet, sheets: Mapping[str, Worksheet]) -> None:
        self.sheet, self.sheets, self.line = sheet, sheets, 0
        self.looks = _looks(sheet)
        for letter, width in zip("ABCDEFGH", _COLUMNS.values(), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P/&N"

    def write_notice(self, notice: Notice) -> None:
        """Write whose file it is, what became of it, and what to do."""
        verdict = {term.code: term for term in VERDICT.terms}[notice.verdict]
        self._write_line(f"CẦN SỬA – {notice.district}", Font(name=_FONT, bold=True, size=14))
        if notice.simulated_mark:
            self._write_line(
                f"{notice.simulated_mark} / simulated data", Font(name=_FONT, bold=True, color="FFC00000")
            )
        self._write_line(f"Kết luận / verdict: {verdict.vi} / {verdict.en}", Font(name=_FONT, bold=True))
        self._write_line(f"Tệp / file: {notice.file_name}", Font(name=_FONT))
        self._write_line(_HOW_TO, Font(name=_FONT), height=2 * _LINE_HEIGHT)
        if notice.seq_cell is not None and notice.next_seq is not None:
            self._write_seq(notice.seq_cell, notice.next_seq)

    def write_header(self) -> None:
        """Write the header; it stays in sight and on every printed page."""
        self.line += 1
        for position, word in enumerate(_COLUMNS, 1):
            cell = self.sheet.cell(self.line, position, word)
            cell.font, cell.border = Font(name=_FONT, bold=True), _FRAME
            cell.fill = PatternFill("solid", fgColor="FFD9E1F2")
            cell.alignment = Alignment(horizontal="center", vertical="center")
        self.sheet.freeze_panes = f"A{self.line + 1}"
        self.sheet.print_title_rows = f"{self.line}:{self.line}"

    def write_heading(self, text: str) -> None:
        """Write a line that says what the rows below it are."""
        self.line += 1
        write_text(self.sheet.cell(self.line, 1), text)
        self.sheet.cell(self.line, 1).font = Font(name=_FONT, bold=True, italic=True)

    def write_group(self, group: FindingGroup) -> None:
        """Write a fault, its column, how often, and all its cells; the link leads to the first."""
        fault = catalogue()[group.fault]
        where = f"{len(group.findings)} lần / times: {group.ranges}"
        texts = [fault.vi, f"Cột «{group.column}»", group.expected, where, fault.en]
        self._write_row(group.severity, group.sheet, group.cells[0], texts)

    def write_finding(self, finding: Finding) -> None:
        """Write one finding."""
        fault = catalogue()[finding["fault"]]
        source = f"\nCăn cứ: {finding['source']}" if finding["source"] else ""
        remedies = finding["remedy_vi"] + source, finding["remedy_en"]
        texts = [fault.vi, finding["value"] or "", _expected(finding), *remedies]
        self._write_row(finding["severity"], finding["sheet"], finding["cell"], texts)

    def _write_row(self, severity: str, sheet: str | None, cell: str | None, texts: list[str]) -> None:
        self.line += 1
        words = [SEVERITY.label(severity), sheet or "cả tệp", cell or "", *texts]
        for position, text in enumerate(words, 1):
            at = self.sheet.cell(self.line, position)
            at._style = copy(self.looks[severity if position == 1 else "text"])
            write_text(at, text)
        self.sheet.row_dimensions[self.line].height = _height(words)
        if cell and sheet is not None and sheet in self.sheets:
            at = self.sheet.cell(self.line, 3)
            at._style = copy(self.looks["link"])
            self._link(at, self.sheets[sheet], cell)

    def _write_seq(self, place: tuple[str, str], next_seq: int) -> None:
        sheet, cell = place
        self._write_line(
            f"Trước khi gửi lại: ghi Lần nộp = {next_seq} (biểu {sheet}, ô {cell}; bấm vào đây). / "
            f"Before sending it again, write {next_seq} as the sequence number (click here).",
            Font(name=_FONT, bold=True, color=_LINK, underline="single"),
        )
        if sheet in self.sheets:
            self._link(self.sheet.cell(self.line, 1), self.sheets[sheet], cell)

    def _write_line(self, text: str, font: Font, height: float | None = None) -> None:
        self.line += 1
        cell = self.sheet.cell(self.line, 1)
        write_text(cell, text)
        cell.font = font
        self.sheet.merge_cells(start_row=self.line, start_column=1, end_row=self.line, end_column=8)
        cell.alignment = Alignment(vertical="top", wrap_text=height is not None)
        self.sheet.row_dimensions[self.line].height = height

    def _link(self, cell: Cell, target: Worksheet, place: str) -> None:
        name = cast(str, target.title).replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{place}")


def _looks(sheet: Worksheet) -> dict[str, StyleArray]:
    # Each look is made once: giving a cell its font, border and fill one by one takes ten times as long.
    cell = sheet["A1"]
    cell.alignment, cell.border, cell.font = _WRAPPED, _FRAME, Font(name=_FONT)
    looks = {"text": copy(cell._style)}
    for severity, colour in COLOUR.items():
        cell.fill = PatternFill("solid", fgColor=colour)
        looks[severity] = copy(cell._style)
    cell.fill, cell.font = PatternFill(), Font(name=_FONT, color=_LINK, underline="single")
    looks["link"] = copy(cell._style)
    cell._style = StyleArray()
    return looks


def _expected(finding: Finding) -> str:
    # A cell that held a header of the form and nothing else could be taken for that header.
    is_header = finding["fault"] == "missing_column"
    return f"cột, mục «{finding['expected']}»" if is_header else finding["expected"] or ""


def _height(words: list[str]) -> float:
    # Office programs do not fit the rows of a file that another program wrote.
    lines = (
        sum(1 + len(line) // (width - 2) for line in word.split("\n"))
        for word, width in zip(words, _COLUMNS.values(), strict=True)
    )
    return min(max(lines) * _LINE_HEIGHT, _TALLEST)


def _show_alone(workbook: Workbook) -> None:
    # A second selected tab would make one group of the two, and typing in one would change the other.
    workbook.active = 0
    for sheet in workbook.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == ANSWER_SHEET
