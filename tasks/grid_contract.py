"""The contract of what another process tells of a file's grids: held to it before anything is believed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from tasks.cells import Cell
from tasks.read import Grid

_MOMENTS: dict[str, Callable[[Any], Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda microseconds: timedelta(microseconds=microseconds),
}


class _Sheet(BaseModel):
    """A grid; `moments`: 0-based row and column of the cells that are a date or time, and of which kind."""

    model_config = ConfigDict(strict=True, extra="forbid")

    name: str
    rows: list[list[str | int | float | bool]]
    moments: list[tuple[int, int, Literal["date", "datetime", "time", "timedelta"]]]
    is_1904: bool
    hidden: str


class _File(BaseModel):
    """The sheets of a file, or the reason why it is unreadable."""

    model_config = ConfigDict(strict=True, extra="forbid")

    unreadable: str
    sheets: list[_Sheet]


def from_json(told: bytes) -> tuple[list[Grid], str]:
    """The grids and the reason that `tasks.grid_json` wrote. Raises ValueError for anything else."""
    file = _File.model_validate_json(told)
    try:
        return [_as_grid(sheet) for sheet in file.sheets], file.unreadable
    except (LookupError, TypeError, OverflowError) as error:
        raise ValueError(f"a moment is none, or stands nowhere: {error}") from error


def _as_grid(sheet: _Sheet) -> Grid:
    rows: list[list[Cell]] = [list(row) for row in sheet.rows]
    for row, column, kind in sheet.moments:
        rows[row][column] = _MOMENTS[kind](rows[row][column])
    return Grid(sheet.name, rows, sheet.is_1904, sheet.hidden)
