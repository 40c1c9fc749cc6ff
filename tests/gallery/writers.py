"""Books as bytes: xlsx, xlsm, and zips of CSV files in the encodings of offices."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from tests.gallery.book import Book, Formula, Page
from tests.gallery.legacy_text import windows_1258

Write = Callable[[Book], bytes]
_CREATED = datetime(2021, 4, 1)
_NOT_COMPUTED = "not-computed"
_CACHED = re.compile(rf' t="str"><f>([^<]*)</f><v>{_NOT_COMPUTED}</v>'.encode())
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WITH_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def xlsx(book: Book) -> bytes:
    """An Excel workbook; equal books give equal bytes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "date_1904": book.is_1904, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"created": _CREATED})
        for page in book.pages:
            _write_page(workbook.add_worksheet(page.name), page)
    # The writer always gives a formula a value; a file that was never computed has none.
    return _with_parts(buffer.getvalue(), lambda _, part: _CACHED.sub(rb"><f>\1</f>", part))


def xlsm(book: Book) -> bytes:
    """The same workbook with macros in it; they are never run."""
    content = _with_parts(xlsx(book), lambda _, part: part.replace(_PLAIN, _WITH_MACROS))
    return _with_part(content, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))


def zip_of_csv(encoding: str, delimiter: str = ",") -> Write:
    """A zip of one CSV a sheet, written in `encoding`."""

    def write(book: Book) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as parts:
            for page in book.pages:
                text = _csv_text(page, delimiter)
                parts.writestr(f"{page.name}.csv", encode(text, encoding))
        return buffer.getvalue()

    write.__name__ = f"zip of csv, {encoding} {delimiter}"
    return write


def encode(text: str, encoding: str) -> bytes:
    """The bytes of `text`; Windows-1258 writes most tones as marks of their own."""
    return windows_1258(text) if encoding == "windows-1258" else text.encode(encoding)


def _csv_text(page: Page, delimiter: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([[_as_text(cell) for cell in row] for row in page.rows])
    return buffer.getvalue()


def _as_text(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)


def _write_page(worksheet: Any, page: Page) -> None:
    for line, row in enumerate(page.rows):
        for position, cell in enumerate(row):
            _write_cell(worksheet, line, position, cell)
    for first_row, first_column, last_row, last_column in page.merged:
        worksheet.merge_range(
            first_row, first_column, last_row, last_column, page.rows[first_row][first_column]
        )
    for line in page.hidden_rows:
        worksheet.set_row(line, None, None, {"hidden": True})
    for position in page.hidden_columns:
        worksheet.set_column(position, position, None, None, {"hidden": True})
    if page.is_hidden:
        worksheet.hide()


def _write_cell(worksheet: Any, line: int, position: int, cell: Any) -> None:
    if isinstance(cell, Formula):
        cached = _NOT_COMPUTED if cell.cached is None else cell.cached
        worksheet.write_formula(line, position, cell.text, None, cached)
    elif isinstance(cell, str):
        worksheet.write_string(line, position, cell)
    elif isinstance(cell, date | time):
        worksheet.write_datetime(line, position, cell)
    elif cell is not None:
        worksheet.write_number(line, position, cell)


def _with_parts(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, change(entry.filename, old.read(entry)), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _with_part(content: bytes, name: str, part: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as parts:
        parts.writestr(zipfile.ZipInfo(name), part)
    return buffer.getvalue()
