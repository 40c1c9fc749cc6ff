"""What calamine does not tell of an .xlsx: date epoch, hidden rows and columns, formulas without a value."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from tasks.cells import cell_place, column_letters
from tasks.mended import UNCOMPUTED

_SHEET = re.compile(r'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'\b(Id|Target)="([^"]*)"')
_EPOCH_1904 = re.compile(r'<(?:\w+:)?workbookPr\s[^>]*\bdate1904="(?:1|true)"')
_HIDDEN_ROW = re.compile(r'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_HIDDEN_COLUMNS = re.compile(
    r'<(?:\w+:)?col\s(?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d{1,5})")[^>]*\bmax="(\d{1,5})"'
)
_FORMULA_WITHOUT_VALUE = re.compile(
    r'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*'
    r"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*"
    r"</(?:\w+:)?c>"
)

_ERROR_CELL = re.compile(
    r'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>'
    r"(?:<(?:\w+:)?f[^>]*/>|<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>)?\s*<(?:\w+:)?v>([^<]*)</"
)


_CELL = re.compile(r'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,9})([0-9]{1,15})"')


@dataclass(frozen=True)
class SheetParts:
    """What is told of one sheet.

    `cells`: how many its used range takes up; `hidden`: in words for the clerk; `valueless`: by 0-based
    place, what these cells show.

    A valueless cell is a formula that no program has computed, or an error such as #N/A.
    """

    cells: int = 0
    hidden: tuple[str, ...] = ()
    valueless: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class XlsxParts:
    """Of one workbook: whether it counts days from 1904, and its sheets by name."""

    is_1904: bool
    sheets: dict[str, SheetParts]


def xlsx_parts(content: bytes) -> XlsxParts:
    """Look into the parts of an .xlsx or .xlsm; any other file has none of this to tell.

    Raises zipfile.BadZipFile when the file starts as a zip and is not one.
    """
    if not content.startswith(b"PK"):
        return XlsxParts(is_1904=False, sheets={})
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = set(parts.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return XlsxParts(is_1904=False, sheets={})
        workbook = _text(parts, "xl/workbook.xml")
        targets = _targets(_text(parts, "xl/_rels/workbook.xml.rels"))
        paths = {unescape(name): targets.get(relation, "") for name, relation in _SHEET.findall(workbook)}
        sheets = {name: _sheet_parts(_text(parts, path)) for name, path in paths.items() if path in names}
    return XlsxParts(is_1904=_EPOCH_1904.search(workbook) is not None, sheets=sheets)


def _text(parts: zipfile.ZipFile, path: str) -> str:
    return parts.read(path).decode("utf-8", errors="replace")


def _targets(relations: str) -> dict[str, str]:
    found = (dict(_ATTRIBUTE.findall(relation)) for relation in _RELATION.findall(relations))
    return {r["Id"]: _part_path(r["Target"]) for r in found if {"Id", "Target"} <= r.keys()}


def _part_path(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _sheet_parts(xml: str) -> SheetParts:
    rows = ", ".join(_HIDDEN_ROW.findall(xml))
    spans = [(int(low) - 1, int(high) - 1) for low, high in _HIDDEN_COLUMNS.findall(xml)]
    columns = ", ".join(f"{column_letters(low)}:{column_letters(high)}" for low, high in spans)
    said = (("dòng", rows), ("cột", columns))
    return SheetParts(
        cells=_cells_taken_up(xml),
        hidden=tuple(f"{what} {which}" for what, which in said if which),
        valueless={cell_place(cell): UNCOMPUTED for cell in _FORMULA_WITHOUT_VALUE.findall(xml)}
        | {cell_place(cell): unescape(error) for cell, error in _ERROR_CELL.findall(xml)},
    )


def _cells_taken_up(xml: str) -> int:
    # Judged before the file is opened: a reader lays out everything up to the farthest cell.
    places = _CELL.findall(xml)
    columns = {cell_place(f"{letters}1")[1] + 1 for letters, _ in places}
    return max(columns, default=0) * max((int(row) for _, row in places), default=0)
