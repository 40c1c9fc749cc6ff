"""Reading: the bytes of one file → its sheets as grids of raw cells, nothing interpreted."""

import csv
import io
import zipfile
import zlib
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import PurePath

import python_calamine
from lxml.etree import XMLSyntaxError
from python_calamine import SheetVisibleEnum

from schemas.settings import Settings
from tasks.ods_parts import is_ods, ods_parts
from tasks.workbook_parts import SheetParts, WorkbookParts
from tasks.xls_parts import is_xls, xls_parts
from tasks.xlsx_parts import is_xlsx, xlsx_parts

Cell = str | int | float | bool | date | datetime | time | timedelta
# What reading a damaged or encrypted file raises, in calamine, in a zip, in a part of it, in a CSV. Of the
# general kinds ValueError is a number, a cell name or letters that are none.
_BROKEN = (
    *(python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, csv.Error),
    *(XMLSyntaxError, OSError, EOFError, RuntimeError, ValueError),
)
_CSV_ENCODINGS = ("utf-8-sig", "windows-1258")


class UnreadableFileError(Exception):
    """The file is not a workbook we can open; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Grid:
    """One sheet: `rows[0]` is the sheet's row 1, `rows[r][0]` column A; an empty cell is ''.

    `hidden` says in Vietnamese what of it is hidden from the office's eyes; all of it is read all the same.
    """

    name: str
    rows: list[list[Cell]]
    is_1904: bool = False
    hidden: str = ""

    def with_rows(self, rows: list[list[Cell]]) -> "Grid":
        """The same sheet with other cells."""
        return replace(self, rows=rows)


def read(content: bytes, settings: Settings) -> list[Grid]:
    """Read a workbook (.xlsx, .xlsm, .xls, .ods) or a .zip of CSV files, told apart by content, not by name.

    Raises UnreadableFileError for anything else and for what is over the size limits.
    """
    if not content:
        raise UnreadableFileError("tệp rỗng")
    if len(content) > settings.max_file_bytes:
        raise UnreadableFileError(f"tệp lớn hơn {settings.max_file_bytes} byte")
    try:
        is_csv = _is_zip_of_csv(content, settings)
        grids = _read_csv_files(content) if is_csv else _read_workbook(content, settings)
    except python_calamine.PasswordError as error:
        raise UnreadableFileError("tệp có mật khẩu") from error
    except _BROKEN as error:
        raise UnreadableFileError("không phải tệp bảng tính, hoặc tệp bị hỏng hay bị cắt cụt") from error
    if len({grid.name for grid in grids}) < len(grids):
        raise UnreadableFileError("có hai biểu trùng tên")
    return grids


def _is_zip_of_csv(content: bytes, settings: Settings) -> bool:
    if not content.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        entries = [e for e in parts.infolist() if not e.is_dir()]
    if sum(e.file_size for e in entries) > settings.max_unpacked_bytes:
        raise UnreadableFileError(f"nội dung giải nén lớn hơn {settings.max_unpacked_bytes} byte")
    return bool(entries) and all(e.filename.lower().endswith(".csv") for e in entries)


def _read_csv_files(content: bytes) -> list[Grid]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = sorted(n for n in parts.namelist() if n.lower().endswith(".csv"))
        return [Grid(PurePath(name).stem, _csv_rows(parts.read(name))) for name in names]


def _csv_rows(content: bytes) -> list[list[Cell]]:
    text = _decode(content)
    delimiter = ";" if text.count(";") > text.count(",") else ","
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _decode(content: bytes) -> str:
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf_16 else _CSV_ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("không rõ bảng mã của tệp CSV")


def _read_workbook(content: bytes, settings: Settings) -> list[Grid]:
    parts = _parts_of(content)
    if parts.cells > settings.max_cells:
        raise UnreadableFileError(f"nhiều hơn {settings.max_cells} ô")
    with python_calamine.load_workbook(io.BytesIO(content)) as workbook:
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
        if sum(sheet.total_height * sheet.total_width for sheet in sheets) > settings.max_cells:
            raise UnreadableFileError(f"nhiều hơn {settings.max_cells} ô")
        visible = {s.name: s.visible is SheetVisibleEnum.Visible for s in workbook.sheets_metadata}
        grids = [Grid(sheet.name, sheet.to_python(skip_empty_area=False)) for sheet in sheets]
    return [_completed(grid, parts, is_visible=visible[grid.name]) for grid in grids]


def _parts_of(content: bytes) -> WorkbookParts:
    if is_xls(content):
        return xls_parts(content)
    if not content.startswith(b"PK"):
        return WorkbookParts()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = set(parts.namelist())
        if "xl/workbook.bin" in names:
            raise UnreadableFileError("tệp .xlsb; hãy mở bằng Excel và lưu lại thành .xlsx")
        if is_xlsx(names):
            return xlsx_parts(parts)
        return ods_parts(parts) if is_ods(names) else WorkbookParts()


def _completed(grid: Grid, parts: WorkbookParts, *, is_visible: bool) -> Grid:
    of_sheet = parts.sheets.get(grid.name, SheetParts())
    for (row, column), shown in of_sheet.valueless.items():
        if 0 <= row < len(grid.rows) and 0 <= column < len(grid.rows[row]):
            grid.rows[row][column] = shown
    hidden = [] if is_visible else ["cả biểu"]
    while grid.rows and not any(cell != "" for cell in grid.rows[-1]):
        grid.rows.pop()  # what lies below the last filled row is no row of the file
    return replace(grid, is_1904=parts.is_1904, hidden="; ".join([*hidden, *of_sheet.hidden]))
