"""The contract of what another process tells of a file's grids: held to it before anything is believed."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tasks.grid_json import as_grid
from tasks.read import Grid


class _Sheet(BaseModel):
    """A grid, as `tasks.grid_json.as_grid` takes it."""

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
        return [as_grid(**dict(sheet)) for sheet in file.sheets], file.unreadable
    except (LookupError, TypeError, OverflowError) as error:
        raise ValueError(f"a moment is none, or stands nowhere: {error}") from error
