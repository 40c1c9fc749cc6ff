"""The parts of an Excel 97–2003 workbook (.xls) that calamine does not tell."""

import io
import struct

import xlrd

from tasks.workbook_parts import SheetParts, WorkbookParts, hidden_words

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What xlrd raises on records that are not what they say they are.
_DAMAGED_RECORDS = (
    *(xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error),
    *(AssertionError, AttributeError, LookupError, TypeError, ValueError, OverflowError),
)


def is_xls(content: bytes) -> bool:
    """Whether the bytes may be an Excel 97–2003 workbook."""
    return content.startswith(_COMPOUND_FILE)


def xls_parts(content: bytes) -> WorkbookParts:
    """Look into an Excel 97–2003 workbook. Raises ValueError when its records are damaged."""
    try:
        return _told(content)
    except _DAMAGED_RECORDS as damaged:
        raise ValueError(f"damaged records: {damaged}") from damaged


def _told(content: bytes) -> WorkbookParts:
    with xlrd.open_workbook(
        file_contents=content, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
    ) as workbook:
        sheets = {name: _sheet_parts(workbook.sheet_by_name(name)) for name in workbook.sheet_names()}
        return WorkbookParts(is_1904=workbook.datemode == 1, sheets=sheets)


def _sheet_parts(sheet: xlrd.sheet.Sheet) -> SheetParts:
    rows = [row for row, told in sheet.rowinfo_map.items() if told.hidden and row < sheet.nrows]
    columns = [column for column, told in sheet.colinfo_map.items() if told.hidden and column < sheet.ncols]
    errors = {
        (row, column): xlrd.error_text_from_code[cell.value]
        for row in range(sheet.nrows)
        for column, cell in enumerate(sheet.row(row))
        if cell.ctype == xlrd.XL_CELL_ERROR
    }
    return SheetParts(cells=sheet.nrows * sheet.ncols, hidden=hidden_words(rows, columns), valueless=errors)
