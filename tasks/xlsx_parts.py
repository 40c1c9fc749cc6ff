"""The parts of an Excel workbook (.xlsx, .xlsm) that calamine does not tell."""

import zipfile
from functools import lru_cache
from typing import IO, Any

from lxml.etree import XMLParser, XPath, fromstring, iterparse

from tasks.cells import cell_place
from tasks.mended import UNCOMPUTED
from tasks.workbook_parts import SheetParts, WorkbookParts, hidden_words

_TRUE = ("1", "true")
_MOST_COLUMNS = 16_384  # of any sheet of Excel's
_CELL = "{*}c"
_HAS_FORMULA = XPath("boolean(*[local-name() = 'c']/*[local-name() = 'f'])")
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
        cells = [(cell.get("r", ""), cell.get("t")) for cell in row.iterchildren(_CELL)]
        if _HAS_FORMULA(row) or not self._is_plain(cells):
            self._column = -1
            for cell in row.iterchildren(_CELL):
                self._cell(cell)

    def _is_plain(self, cells: list[tuple[str, str | None]]) -> bool:
        """Whether a row is as programs write it; then it has been looked at, without a look at every cell.

        Of each of its cells, which are given as place and type: it is in this row, and is no error.
        """
        number = str(self._row + 1)
        farthest = _farthest(tuple([place.removesuffix(number) for place, _ in cells]))
        if farthest is None or "e" in [kind for _, kind in cells]:
            return False
        self._reach(self._row, farthest)
        return True

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


@lru_cache(maxsize=1_000)  # the rows of a table mostly fill the same columns
def _farthest(columns: tuple[str, ...]) -> int | None:
    """The 0-based column farthest to the right; None where one is not said, or not in capital letters."""
    letters = "".join(columns)
    if not (all(columns) and letters.isascii() and letters.isalpha() and letters.isupper()):
        return None
    return max(cell_place(f"{column}1")[1] for column in columns)


def _shown_without_value(cell: Any) -> str:
    kind, parts = cell.get("t"), {part.tag.rpartition("}")[2]: part.text for part in cell}
    if kind == "e":
        return parts.get("v") or UNCOMPUTED
    # A formula may well give an empty text; one that gives nothing at all was never computed.
    is_computed = bool(parts.get("v")) or (kind == "str" and "v" in parts)
    return UNCOMPUTED if "f" in parts and not is_computed else ""
