"""Grids as JSON: what a process that read hostile bytes may tell, since to load a pickle can run code.

`tasks.grid_contract` reads it; the two are apart because who writes has no time to import pydantic.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from tasks.cells import Cell
from tasks.read import Grid

_MICROSECOND = timedelta(microseconds=1)


def to_json(grids: Iterable[Grid], unreadable: str = "") -> bytes:
    """Write the grids of one file, or the reason why it is `unreadable`."""
    return json.dumps({"unreadable": unreadable, "sheets": list(map(_as_sheet, grids))}).encode()


def _as_sheet(grid: Grid) -> dict[str, Any]:
    moments = [
        (r, c, type(cell).__name__)
        for r, row in enumerate(grid.rows)
        for c, cell in enumerate(row)
        if isinstance(cell, date | time | timedelta)
    ]
    rows = [list(map(_as_plain, row)) for row in grid.rows] if moments else grid.rows
    sheet = {"name": grid.name, "is_1904": grid.is_1904, "hidden": grid.hidden}
    return sheet | {"rows": rows, "moments": moments}


def _as_plain(cell: Cell) -> str | int | float | bool:
    if isinstance(cell, timedelta):
        return cell // _MICROSECOND
    return cell.isoformat() if isinstance(cell, date | datetime | time) else cell
