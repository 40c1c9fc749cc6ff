"""The job of the process that reads: the bytes of one file → its grids, or why it is unreadable, as JSON."""

from collections.abc import Mapping

from tasks.grid_json import to_json
from tasks.read import read
from tasks.read_limits import ReadLimits, UnreadableFileError


def perform(content: bytes, given: Mapping[str, int]) -> bytes:
    """Read one file within the limits `given` (the fields of ReadLimits)."""
    try:
        return to_json(read(content, ReadLimits(**given)))
    except UnreadableFileError as error:
        return to_json([], str(error))
