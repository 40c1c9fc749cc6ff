"""Books in formats that no dependency of ours writes: OpenDocument (.ods) and Excel 97 (.xls)."""

import io
import struct
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from html import escape
from typing import Any

from tests.gallery.book import Book, Formula, Page

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    [
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    ]
    + ['xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"']
)
_HIDDEN = ' table:visibility="collapse"'
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def ods(book: Book) -> bytes:
    """An OpenDocument spreadsheet, as LibreOffice saves it."""
    tables = "".join(map(_ods_table, book.pages))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as parts:
        parts.writestr("mimetype", _ODS)
        parts.writestr("META-INF/manifest.xml", _MANIFEST)
        parts.writestr("content.xml", content)
    return buffer.getvalue()


def _ods_table(page: Page) -> str:
    rows = [
        f"<table:table-column{_HIDDEN if position in page.hidden_columns else ''}/>"
        for position in range(max(map(len, page.rows)))
    ]
    for line, row in enumerate(page.rows):
        visibility = _HIDDEN if line in page.hidden_rows else ""
        rows.append(f"<table:table-row{visibility}>{''.join(map(_ods_cell, row))}</table:table-row>")
    return f'<table:table table:name="{escape(page.name)}">{"".join(rows)}</table:table>'


def _ods_cell(cell: Any) -> str:
    if _is_error(cell):
        kind = 'table:formula="of:=NA()" office:value-type="string" calcext:value-type="error"'
        return f"<table:table-cell {kind}><text:p>{cell.cached}</text:p></table:table-cell>"
    cell = _computed(cell)
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell:%Y-%m-%d}"/>'
    if isinstance(cell, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'


def _is_error(cell: Any) -> bool:
    return isinstance(cell, Formula) and cell.cached in _ERRORS


def _computed(cell: Any) -> Any:
    """What the cell shows: a formula its value, a time of day its share of the day."""
    value = cell.cached if isinstance(cell, Formula) else cell
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    return value


# Excel 97: BIFF8 records in the one stream "Workbook" of a compound file.
_BOF, _EOF, _DATE_MODE, _XF, _SHEET, _NUMBER, _LABEL = 0x0809, 0x0A, 0x22, 0xE0, 0x85, 0x203, 0x204
_ROW, _COLUMNS, _ERROR = 0x208, 0x7D, 0x205
_ERRORS = {"#REF!": 0x17, "#N/A": 0x2A}
_GLOBALS, _WORKSHEET = 0x0005, 0x0010
_GENERAL, _DAY = 0, 1  # the two cell formats of the file, by their place in it
_NUMBER_FORMATS = (0, 14)
_LONGEST_TEXT = 2000  # of one record
_SECTOR = 512
_SMALLEST_STREAM = 4096  # shorter ones lie elsewhere in a compound file
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(book: Book) -> bytes:
    """An Excel 97–2003 workbook."""
    sheets = [b"".join(_xls_sheet(book, page)) for page in book.pages]
    offset = len(_xls_globals(book, [0] * len(sheets)))
    offsets = [offset + sum(map(len, sheets[:n])) for n in range(len(sheets))]
    return compound_file(_xls_globals(book, offsets) + b"".join(sheets))


def record(kind: int, content: bytes = b"") -> bytes:
    """One record of an Excel 97 stream."""
    return struct.pack("<HH", kind, len(content)) + content


def _begin(kind: int) -> bytes:
    return record(_BOF, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def _xls_globals(book: Book, offsets: list[int]) -> bytes:
    formats = [record(_XF, struct.pack("<HHH14x", 0, number, 0)) for number in _NUMBER_FORMATS]
    sheets = [
        record(_SHEET, struct.pack("<IBB", at, int(page.is_hidden), 0) + _text(page.name, "<BB"))
        for at, page in zip(offsets, book.pages, strict=True)
    ]
    mode = record(_DATE_MODE, struct.pack("<H", book.is_1904))
    return b"".join([_begin(_GLOBALS), mode, *formats, *sheets, record(_EOF)])


def _xls_sheet(book: Book, page: Page) -> Iterator[bytes]:
    yield _begin(_WORKSHEET)
    for position in page.hidden_columns:
        yield record(_COLUMNS, struct.pack("<6H", position, position, 2000, 0, 1, 0))
    for line in page.hidden_rows:
        yield record(_ROW, struct.pack("<6HI", line, 0, 256, 255, 0, 0, 0x20))
    for line, row in enumerate(page.rows):
        for position, cell in enumerate(row):
            value = _computed(cell)
            if _is_error(cell):
                place = struct.pack("<HHH", line, position, _GENERAL)
                yield record(_ERROR, place + bytes([_ERRORS[cell.cached], 1]))
            elif isinstance(value, str):
                place = struct.pack("<HHH", line, position, _GENERAL)
                yield record(_LABEL, place + _text(value, "<HB"))
            elif value is not None:
                is_day = isinstance(value, date)
                number = _serial(value, is_1904=book.is_1904) if is_day else value
                yield record(
                    _NUMBER, struct.pack("<HHHd", line, position, _DAY if is_day else _GENERAL, number)
                )
    yield record(_EOF)


def _text(text: str, head: str) -> bytes:
    coded = text[:_LONGEST_TEXT].encode("utf-16-le")
    return struct.pack(head, len(coded) // 2, 1) + coded


def _serial(day: date, *, is_1904: bool) -> int:
    epoch = date(1904, 1, 1) if is_1904 else date(1899, 12, 30)
    return ((day.date() if isinstance(day, datetime) else day) - epoch) // timedelta(days=1)


def compound_file(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file with this one stream."""
    stream = stream.ljust(_SMALLEST_STREAM, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    # The stream's sectors come first, then the directory, then the allocation table itself.
    tables = next(n for n in range(1, 100) if n * _SECTOR // 4 >= sectors + 1 + n)
    chain = [*range(1, sectors), _END, _END, *[_FAT] * tables]
    allocation = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * _SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry(name, 2, 0, len(stream))
    places = [sectors + 1 + n for n in range(tables)]
    return b"".join(
        [
            _compound_header(tables, sectors, places),
            stream.ljust(sectors * _SECTOR, b"\0"),
            directory.ljust(_SECTOR, b"\0"),
            allocation,
        ]
    )


def _compound_header(tables: int, directory: int, places: list[int]) -> bytes:
    head = struct.pack(
        "<8s16xHHHHH6xIII4xIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, directory),
        *(_SMALLEST_STREAM, _END, 0, _END, 0),
    )
    return head + struct.pack("<109I", *places, *[_FREE] * (109 - len(places)))


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    coded = f"{name}\0".encode("utf-16-le")
    head = coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
