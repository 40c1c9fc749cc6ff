"""The job of the process that marks: a file's bytes, its grids and findings → the workbook to send back."""

import json
from collections.abc import Mapping

from tasks.fix_list import Notice
from tasks.grid_json import grids_of
from tasks.returned_workbook import returned_workbook


def perform(job: bytes, given: Mapping[str, int]) -> bytes:  # noqa: ARG001 - every job is given its settings
    """Mark one file. `job`: a line of grids, a line with `notice` and `findings`, then the file's bytes."""
    sheets, told, content = job.split(b"\n", 2)
    words = json.loads(told)
    return returned_workbook(content, grids_of(sheets), Notice(**words["notice"]), words["findings"])
