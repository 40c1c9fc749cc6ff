"""The parts of an OpenDocument spreadsheet (.ods) that calamine does not tell."""

import zipfile
from typing import IO, Any

from lxml.etree import iterparse

from tasks.mended import UNCOMPUTED
from tasks.workbook_parts import SheetParts, WorkbookParts, hidden_words

_CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384  # of any sheet of LibreOffice's
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def is_ods(names: set[str]) -> bool:
    """Whether a zip with these entries is an OpenDocument spreadsheet."""
    return {"mimetype", _CONTENT} <= names


def ods_parts(parts: zipfile.ZipFile) -> WorkbookParts:
    """Look into an OpenDocument spreadsheet; its dates are dates, counted from no epoch.

    Raises lxml.etree.XMLSyntaxError when it is no sound XML, ValueError when a count in it is none.
    """
    with parts.open(_CONTENT) as content:
        return WorkbookParts(sheets=_sheets(content))


def _sheets(content: IO[bytes]) -> dict[str, SheetParts]:
    sheets, reader = {}, _TableReader()
    tags = (f"{_TABLE}table", f"{_TABLE}table-column", f"{_TABLE}table-row", *_CELLS)
    for event, element in iterparse(content, events=("start", "end"), tag=tags, resolve_entities=False):
        if event == "start":
            reader.begin(element)
        elif element.tag == f"{_TABLE}table":
            sheets[element.get(f"{_TABLE}name", "")] = reader.told()
            reader = _TableReader()
        else:
            reader.end(element)
    return sheets


class _TableReader:
    """Walks through one table; a row or a cell may stand for many that are alike."""

    def __init__(self) -> None:
        self._row, self._column, self._format_column = 0, 0, 0
        self._last_row, self._last_column = -1, -1
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []
        self._valueless: dict[tuple[int, int], str] = {}
        self._is_filled = False

    def told(self) -> SheetParts:
        return SheetParts(
            cells=(self._last_row + 1) * (self._last_column + 1),
            hidden=hidden_words(self._hidden_rows, filter(self._is_used, self._hidden_columns)),
            valueless=self._valueless,
        )

    def _is_used(self, column: int) -> bool:
        return column <= self._last_column

    def begin(self, element: Any) -> None:
        if element.tag == f"{_TABLE}table-row":
            self._column, self._is_filled = 0, False

    def end(self, element: Any) -> None:
        if element.tag in _CELLS:
            self._end_cell(element)
        elif element.tag == f"{_TABLE}table-row":
            self._end_row(element)
        elif element.tag == f"{_TABLE}table-column":
            self._end_column_format(element)

    def _end_cell(self, cell: Any) -> None:
        times = _times(cell, "columns", _MOST_COLUMNS)
        if cell.get(f"{_OFFICE}value-type") or cell.get(f"{_TABLE}formula"):
            self._is_filled = True
            self._last_column = max(self._last_column, self._column + times - 1)
            shown = _shown_without_value(cell)
            if shown:
                self._valueless |= {(self._row, self._column + n): shown for n in range(times)}
        self._column += times

    def _end_row(self, row: Any) -> None:
        times = _times(row, "rows", _MOST_ROWS)
        if self._is_filled:
            self._last_row = self._row + times - 1
            if _is_hidden(row):
                self._hidden_rows += range(self._row, self._row + times)
        self._row += times
        row.clear()

    def _end_column_format(self, column: Any) -> None:
        times = _times(column, "columns", _MOST_COLUMNS)
        if _is_hidden(column):
            self._hidden_columns += range(self._format_column, self._format_column + times)
        self._format_column += times


def _times(element: Any, what: str, most: int) -> int:
    return min(int(element.get(f"{_TABLE}number-{what}-repeated", "1")), most)


def _is_hidden(element: Any) -> bool:
    return element.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _shown_without_value(cell: Any) -> str:
    if cell.get(f"{_EXTENDED}value-type") == "error":
        return "".join(cell.itertext()) or UNCOMPUTED
    is_uncomputed = cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type")
    return UNCOMPUTED if is_uncomputed else ""
