"""The parts of an Excel workbook (.xlsx, .xlsm) that calamine does not tell."""

import zipfile
from typing import IO, Any

from lxml.etree import XMLParser, XPath, fromstring, iterparse

from tasks.cells import cell_place
from tasks.mended import UNCOMPUTED
from tasks.workbook_parts import SheetParts, WorkbookParts, hidden_words

_TRUE = ("1", "true")
_MOST_COLUMNS = 16_384  # of any sheet of Excel's
_DIGITS = "0123456789"
# Of a row: its cells; their places; whether one names no place, is an error or has a formula.
_CELLS = XPath("*[local-name() = 'c']")
_PLACES = XPath("*[local-name() = 'c']/@r", smart_strings=False)
_ODD = XPath("boolean(*[local-name() = 'c'][not(@r) or @t = 'e' or *[local-name() = 'f']])")
_STRAY_CELLS = XPath("//*[local-name() = 'c']")
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def is_xlsx(names: set[str]) -> bool:
    """Whether a zip with these entries is an Excel workbook."""
    return {_WORKBOOK, _RELATIONS} <= names


def xlsx_parts(parts: zipfile.ZipFile) -> WorkbookParts:
    """Look into the parts of an Excel workbook.

    Raises lxml.etree.XMLSyntaxError for a part that is no sound XML, ValueError for a cell without a place.
    """
    workbook = _tree(parts, _WORKBOOK)
    targets = {r.get("Id"): _path(r.get("Target", "")) for r in _tree(parts, _RELATIONS)}
    names = set(parts.namelist())
    sheets = {}
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        path = targets.get(sheet.get(_RELATION_ID) or sheet.get(_STRICT_RELATION_ID))
        if path in names:
            with parts.open(path) as part:
                sheets[sheet.get("name", "")] = _SheetReader().read(part)
    return WorkbookParts(_counts_from_1904(workbook), sheets)


def _tree(parts: zipfile.ZipFile, path: str) -> Any:
    return fromstring(parts.read(path), XMLParser(resolve_entities=False))


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
        tags = ("{*}row", "{*}col")
        elements = iterparse(part, tag=tags, resolve_entities=False)
        for _, element in elements:
            if element.tag.endswith("}row"):
                self._end_row(element)
            else:
                self._column_format(element)
            element.clear()
        # A reader takes cells that lie outside of any row, too; those within went with their row.
        for cell in _STRAY_CELLS(elements.root):
            self._cell(cell)
        return SheetParts(
            # Judged before the file is opened: a reader lays out everything up to the farthest cell.
            cells=(self._last_row + 1) * (self._last_column + 1),
            hidden=hidden_words(self._hidden_rows, self._hidden_columns),
            valueless=self._valueless,
        )

    def _end_row(self, row: Any) -> None:
        # Rows and cells may leave out their place: it is then the next one.
        self._row = int(row.get("r", self._row + 2)) - 1
        if row.get("hidden") in _TRUE:
            self._hidden_rows.append(self._row)
        if not self._is_plain(row, _PLACES(row)):
            self._column = -1
            for cell in _CELLS(row):
                self._cell(cell)

    def _is_plain(self, row: Any, places: list[str]) -> bool:
        """Whether a row is as programs write it; then it has been looked at, without a look at every cell.

        Every cell names its place, which is in this row, and none has a formula or an error.
        """
        letters = [place.rstrip(_DIGITS) for place in places]
        number = str(self._row + 1)
        is_plain = (
            _is_capitals("".join(letters))
            and not _ODD(row)
            and places == [column + number for column in letters]
        )
        if is_plain:
            farthest = max(letters, key=lambda column: (len(column), column))
            self._reach(*cell_place(farthest + number))
        return is_plain

    def _cell(self, cell: Any) -> None:
        place = cell.get("r")
        self._row, self._column = cell_place(place) if place else (self._row, self._column + 1)
        self._reach(self._row, self._column)
        shown = _shown_without_value(cell)
        if shown:
            self._valueless[self._row, self._column] = shown

    def _reach(self, row: int, column: int) -> None:
        self._last_row = max(self._last_row, row)
        self._last_column = max(self._last_column, column)

    def _column_format(self, column: Any) -> None:
        if column.get("hidden") in _TRUE:
            first, last = int(column.get("min", "1")), int(column.get("max", "1"))
            self._hidden_columns += range(first - 1, min(last, _MOST_COLUMNS))


def _is_capitals(text: str) -> bool:
    return text.isascii() and text.isalpha() and text.isupper()


def _shown_without_value(cell: Any) -> str:
    kind, parts = cell.get("t"), {part.tag.rpartition("}")[2]: part.text for part in cell}
    if kind == "e":
        return parts.get("v") or UNCOMPUTED
    # A formula may well give an empty text; one that gives nothing at all was never computed.
    is_computed = bool(parts.get("v")) or (kind == "str" and "v" in parts)
    return UNCOMPUTED if "f" in parts and not is_computed else ""
