"""Values of formulas: openpyxl writes a formula without its value, so each is put back as the file had it."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from html import escape

from openpyxl.utils.datetime import to_excel

from tasks.cells import Cell, cell_place
from tasks.mended import UNCOMPUTED
from tasks.read import Grid

_WITHOUT_VALUE = re.compile(
    r'<c r="(?P<name>[A-Z]+[0-9]+)"(?P<look>[^>]*)>'
    r"(?P<formula><f(?: [^>]*)?(?:/>|>[^<]*</f>))(?:<v ?/>|<v></v>)</c>"
)


def with_cached_values(workbook: bytes, grids: Mapping[int, Grid], epoch: datetime) -> bytes:
    """The workbook (as openpyxl wrote it) with its formulas' values as in `grids`: worksheet from 1 → grid.

    Until a workbook is recalculated (in protected view, in a previewer, by another reader) its formulas show
    these values; without them the cells are empty. `epoch` is day 0 of the workbook's dates.
    """
    parts = {f"xl/worksheets/sheet{number}.xml": grid for number, grid in grids.items()}
    filled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(filled, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename in parts:
                content = _filled(content.decode(), parts[part.filename], epoch).encode()
            new.writestr(part, content, compress_type=zipfile.ZIP_DEFLATED)
    return filled.getvalue()


def _filled(xml: str, grid: Grid, epoch: datetime) -> str:
    return _WITHOUT_VALUE.sub(partial(_with_value, grid=grid, epoch=epoch), xml)


def _with_value(found: re.Match[str], grid: Grid, epoch: datetime) -> str:
    row, column = cell_place(found["name"])
    cells = grid.rows[row] if row < len(grid.rows) else []
    value = cells[column] if column < len(cells) else ""
    if value in ("", UNCOMPUTED):
        return found[0]
    kind, text = _as_xml(value, epoch)
    return f'<c r="{found["name"]}"{found["look"]}{kind}>{found["formula"]}<v>{text}</v></c>'


def _as_xml(value: Cell, epoch: datetime) -> tuple[str, str]:
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, str):
        return ' t="str"', escape(value, quote=False)
    if isinstance(value, date | time | timedelta):
        return "", repr(to_excel(value, epoch))
    return "", repr(value)
