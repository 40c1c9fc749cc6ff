"""Grids as JSON: what a process that read hostile bytes may tell, since to load a pickle can run code.

`tasks.grid_contract` holds it to its contract before it is read; the two are apart because the processes have
no time to import pydantic, and who is told something by this one need not doubt it.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from tasks.cells import Cell
from tasks.read import Grid

_MICROSECOND = timedelta(microseconds=1)
_MOMENTS: dict[str, Callable[[Any], Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda microseconds: timedelta(microseconds=microseconds),
}


def to_json(grids: Iterable[Grid], unreadable: str = "") -> bytes:
    """Write the grids of one file, or the reason why it is `unreadable`."""
    return json.dumps({"unreadable": unreadable, "sheets": list(map(_as_sheet, grids))}).encode()


def grids_of(told: bytes) -> list[Grid]:
    """The grids that `to_json` wrote in a process that is to be believed."""
    return [as_grid(**sheet) for sheet in json.loads(told)["sheets"]]


def as_grid(
    name: str, rows: list[list[Any]], moments: Iterable[tuple[int, int, str]], is_1904: bool, hidden: str
) -> Grid:
    """One grid; `moments`: 0-based row and column of the cells that are a date or time, and of which kind."""
    cells: list[list[Cell]] = [list(row) for row in rows]
    for row, column, kind in moments:
        cells[row][column] = _MOMENTS[kind](cells[row][column])
    return Grid(name, cells, is_1904, hidden)


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
