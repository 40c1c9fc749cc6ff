"""Reading: the bytes of one file → its sheets as grids of raw cells, nothing interpreted."""

import csv
import io
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import PurePath

import python_calamine
from lxml.etree import XMLSyntaxError
from python_calamine import SheetVisibleEnum

from tasks.cells import Cell, cell_name
from tasks.ods_parts import is_ods, ods_parts
from tasks.read_limits import LOCKED, ReadLimits, UnreadableFileError, dotted, too_large
from tasks.unpacking import verify
from tasks.workbook_parts import SheetParts, WorkbookParts
from tasks.xls_parts import is_xls, xls_parts
from tasks.xlsx_parts import is_xlsx, xlsx_parts

# What reading a damaged or encrypted file raises, in calamine, in a zip, in a part of it, in a CSV. Of the
# general kinds ValueError is a number, a cell name or letters that are none.
_BROKEN = (
    *(python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, csv.Error),
    *(XMLSyntaxError, OSError, EOFError, RuntimeError, ValueError),
)
_ZIP = b"PK"
_LONGEST_TEXT = 32_767  # characters of a cell in Excel; more is a quote that a CSV never closes, or no return
# The stream in which Excel hides a workbook with a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_WORKBOOK = "không phải tệp bảng tính, hoặc tệp bị hỏng hay bị cắt cụt"
_CSV_ENCODINGS = ("utf-8-sig", "windows-1258")


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


def read(content: bytes, limits: ReadLimits) -> list[Grid]:
    """Read a workbook (.xlsx, .xlsm, .xls, .ods) or a .zip of CSV files, told apart by content, not by name.

    Raises UnreadableFileError for anything else and for what is over the limits. Hostile bytes may also take
    all memory and time, or end the process: read them by `tasks.bounded_reading`.
    """
    if not content:
        raise UnreadableFileError("tệp rỗng")
    if len(content) > limits.max_file_bytes:
        raise too_large(limits.max_file_bytes)
    try:
        grids = _read(content, limits)
    except python_calamine.PasswordError as error:
        raise UnreadableFileError(LOCKED) from error
    except _BROKEN as error:
        raise UnreadableFileError(LOCKED if _ENCRYPTED in content else _NO_WORKBOOK) from error
    if len({grid.name for grid in grids}) < len(grids):
        raise UnreadableFileError("có hai biểu trùng tên")
    _refuse_long_texts(grids)
    return grids


def _read(content: bytes, limits: ReadLimits) -> list[Grid]:
    if is_xls(content):
        return _read_xls(content, limits)
    if not content.startswith(_ZIP):
        raise UnreadableFileError(_NO_WORKBOOK)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = verify(parts, limits)
        if names and all(name.lower().endswith(".csv") for name in names):
            return _read_csv_files(parts, sorted(names), limits)
        told = _parts_of(parts, set(names))
    # calamine lays out everything up to the farthest cell: how far that is, is known before it opens.
    _refuse_beyond(limits.max_cells, told.cells, "ô")
    return [_completed(grid, told) for grid in _read_workbook(content, limits)]


def _read_xls(content: bytes, limits: ReadLimits) -> list[Grid]:
    # calamine lays out a full sheet in a second, xlrd takes half a minute: it is asked last.
    grids = _read_workbook(content, limits)
    told = xls_parts(content)
    return [_completed(grid, told) for grid in grids]


def _refuse_beyond(most: int, number: int, what: str) -> None:
    if number > most:
        raise UnreadableFileError(f"nhiều hơn {dotted(most)} {what}")


def _refuse_long_texts(grids: list[Grid]) -> None:
    for grid in grids:
        for r, row in enumerate(grid.rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str) and len(cell) > _LONGEST_TEXT:
                    place = f"{grid.name}!{cell_name(r, c)}"
                    raise UnreadableFileError(f"ô {place} dài hơn {dotted(_LONGEST_TEXT)} ký tự")


def _read_csv_files(parts: zipfile.ZipFile, names: list[str], limits: ReadLimits) -> list[Grid]:
    _refuse_beyond(limits.max_sheets, len(names), "biểu")
    grids, cells = [], 0
    for name in names:
        text = _decode(parts.read(name))
        delimiter = ";" if text.count(";") > text.count(",") else ","
        # Counted before they are laid out; a delimiter or line end within quotes counts as well.
        cells += text.count(delimiter) + max(text.count("\n"), text.count("\r"))
        _refuse_beyond(limits.max_cells, cells, "ô")
        grids.append(Grid(PurePath(name).stem, _csv_rows(text, delimiter)))
    return grids


def _csv_rows(text: str, delimiter: str) -> list[list[Cell]]:
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _decode(content: bytes) -> str:
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf_16 else _CSV_ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("không rõ bảng mã của tệp CSV")


def _read_workbook(content: bytes, limits: ReadLimits) -> list[Grid]:
    with python_calamine.load_workbook(io.BytesIO(content)) as workbook:
        _refuse_beyond(limits.max_sheets, len(workbook.sheet_names), "biểu")
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
        _refuse_beyond(limits.max_cells, sum(s.total_height * s.total_width for s in sheets), "ô")
        visible = {s.name: s.visible is SheetVisibleEnum.Visible for s in workbook.sheets_metadata}
        return [
            Grid(s.name, s.to_python(skip_empty_area=False), hidden="" if visible[s.name] else "cả biểu")
            for s in sheets
        ]


def _parts_of(parts: zipfile.ZipFile, names: set[str]) -> WorkbookParts:
    if "xl/workbook.bin" in names:
        raise UnreadableFileError("tệp .xlsb; hãy mở bằng Excel và lưu lại thành .xlsx")
    if is_xlsx(names):
        return xlsx_parts(parts)
    return ods_parts(parts) if is_ods(names) else WorkbookParts()


def _completed(grid: Grid, parts: WorkbookParts) -> Grid:
    of_sheet = parts.sheets.get(grid.name, SheetParts())
    for (row, column), shown in of_sheet.valueless.items():
        if 0 <= row < len(grid.rows) and 0 <= column < len(grid.rows[row]):
            grid.rows[row][column] = shown
    while grid.rows and not any(cell != "" for cell in grid.rows[-1]):
        grid.rows.pop()  # what lies below the last filled row is no row of the file
    return replace(
        grid, is_1904=parts.is_1904, hidden="; ".join(filter(None, [grid.hidden, *of_sheet.hidden]))
    )
