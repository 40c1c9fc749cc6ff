"""The parts of an Excel workbook (.xlsx, .xlsm) that calamine does not tell."""

import zipfile
from typing import IO, Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring, iterparse

from tasks.cells import cell_place
from tasks.mended import UNCOMPUTED
from tasks.workbook_parts import SheetParts, WorkbookParts, hidden_words

_TRUE = ("1", "true")
_MOST_COLUMNS = 16_384  # of any sheet of Excel's
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def is_xlsx(names: set[str]) -> bool:
    """Whether a zip with these entries is an Excel workbook."""
    return {_WORKBOOK, _RELATIONS} <= names


def xlsx_parts(parts: zipfile.ZipFile) -> WorkbookParts:
    """Look into the parts of an Excel workbook.

    Raises xml.etree.ElementTree.ParseError or defusedxml.DefusedXmlException for a part that is no sound XML.
    """
    workbook = fromstring(parts.read(_WORKBOOK))
    targets = {r.get("Id"): _path(r.get("Target", "")) for r in fromstring(parts.read(_RELATIONS))}
    names = set(parts.namelist())
    sheets = {}
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        path = targets.get(sheet.get(_RELATION_ID) or sheet.get(_STRICT_RELATION_ID))
        if path in names:
            with parts.open(path) as part:
                sheets[sheet.get("name", "")] = _SheetReader().read(part)
    return WorkbookParts(_counts_from_1904(workbook), sheets)


def _path(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _counts_from_1904(workbook: Any) -> bool:
    properties = workbook.find("{*}workbookPr")
    return properties is not None and properties.get("date1904") in _TRUE


class _SheetReader:
    """Walks through one sheet once, without keeping it."""

    def __init__(self) -> None:
        self._row, self._column = -1, -1
        self._last_row, self._last_column = -1, -1
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[int] = []
        self._valueless: dict[tuple[int, int], str] = {}

    def read(self, part: IO[bytes]) -> SheetParts:
        begins = {"row": self._begin_row, "c": self._begin_cell, "col": self._column_format}
        for event, element in iterparse(part, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start" and tag in begins:
                begins[tag](element)
            elif event == "end" and tag == "c":
                self._end_cell(element)
            elif event == "end" and tag == "row":
                element.clear()
        return SheetParts(
            # Judged before the file is opened: a reader lays out everything up to the farthest cell.
            cells=(self._last_row + 1) * (self._last_column + 1),
            hidden=hidden_words(self._hidden_rows, self._hidden_columns),
            valueless=self._valueless,
        )

    def _begin_row(self, row: Element) -> None:
        # Rows and cells may leave out their place: it is then the next one.
        self._row = int(row.get("r", self._row + 2)) - 1
        self._column = -1
        if row.get("hidden") in _TRUE:
            self._hidden_rows.append(self._row)

    def _begin_cell(self, cell: Element) -> None:
        place = cell.get("r")
        self._row, self._column = cell_place(place) if place else (self._row, self._column + 1)
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)

    def _column_format(self, column: Element) -> None:
        if column.get("hidden") in _TRUE:
            first, last = int(column.get("min", "1")), int(column.get("max", "1"))
            self._hidden_columns += range(first - 1, min(last, _MOST_COLUMNS))

    def _end_cell(self, cell: Element) -> None:
        kind, shown = cell.get("t"), cell.findtext("{*}v")
        # A formula may well give an empty text; one that gives nothing at all was never computed.
        is_computed = bool(shown) or (kind == "str" and shown is not None)
        if kind == "e":
            self._valueless[self._row, self._column] = shown or UNCOMPUTED
        elif not is_computed and cell.find("{*}f") is not None:
            self._valueless[self._row, self._column] = UNCOMPUTED
