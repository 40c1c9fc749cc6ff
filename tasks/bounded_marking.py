"""Marking in a process of its own: openpyxl opens what an office sent, and can be made to take all memory."""

import json
import logging
from typing import Any

from schemas.form.form import headers
from schemas.form.sheets import SIMULATED_MARK
from schemas.settings import Settings
from schemas.text import visible
from tasks.answer_sheet import ANSWER_SHEET
from tasks.bounded import BoundedProcess, BoundedWorkError
from tasks.bounded_child import ProcessLimits
from tasks.cells import cell_name
from tasks.finding_groups import Finding
from tasks.grid_json import to_json
from tasks.opening import OpenedFile

_log = logging.getLogger(__name__)
# A return has about 10,000 cells. Marking takes 0.1 ms a cell, so a file beyond this would hold up the city.
_MOST_CELLS = 500_000
_MOST_COLUMNS = 16_384
_CELLS_OF_A_FINDING = 8


class BoundedMarker(BoundedProcess):
    """Marks the workbooks that go back, one at a time, each within the limits of the settings; a context."""

    def __init__(self, settings: Settings) -> None:
        limits = ProcessLimits(
            settings.max_memory_bytes,
            settings.max_cpu_seconds,
            answer_bytes=settings.max_file_bytes,
            written_bytes=settings.max_unpacked_bytes,  # openpyxl lays out each sheet in a file
        )
        super().__init__("tasks.marking_job", limits, {})

    def returned_workbook(
        self,
        content: bytes,
        opened: OpenedFile,
        findings: list[Finding],
        *,
        verdict: str,
        district: str,
        seq: int | None,
    ) -> bytes | None:
        """The .xlsx to send back: the file `content`, read as `opened`, with `findings` marked in it.

        `seq` is the file's own number where it was accepted: a correction must have a higher one. A workbook
        that cannot be marked within the limits is laid out anew. None for a file that could not be read, or
        is so large that marking it would hold everybody up.
        """
        if opened.unreadable is not None or _is_too_large(opened, findings):
            return None
        sheets = to_json(sheet.grid for sheet in opened.sheets if sheet.grid.name != ANSWER_SHEET)
        words = json.dumps({"notice": _notice(opened, verdict, district, seq), "findings": findings})
        for file in (content, b""):
            try:
                return self.perform(b"\n".join([sheets, words.encode(), file]))
            except BoundedWorkError as error:
                # The office chose the name, and its file what openpyxl said of it.
                name, said = visible(opened.arrival.file_name), visible(str(error))
                _log.warning("%s is not marked: %s: %s", name, error.overrun, said)
        return None


def _notice(opened: OpenedFile, verdict: str, district: str, seq: int | None) -> dict[str, Any]:
    """The fields of `tasks.fix_list.Notice`."""
    return {
        "district": district,
        "file_name": opened.arrival.file_name,
        "verdict": verdict,
        "headers": headers(),
        "simulated_mark": SIMULATED_MARK if any(sheet.is_simulated for sheet in opened.sheets) else "",
        "seq_cell": _seq_cell(opened),
        "next_seq": None if seq is None else seq + 1,
    }


def _seq_cell(opened: OpenedFile) -> tuple[str, str] | None:
    info = next((sheet for sheet in opened.sheets if sheet.form is opened.form.info), None)
    if info is None or "seq" not in info.cells:
        return None
    return info.grid.name, cell_name(*info.cells["seq"])


def _is_too_large(opened: OpenedFile, findings: list[Finding]) -> bool:
    rows = [row for sheet in opened.sheets for row in sheet.grid.rows]
    cells = sum(map(len, rows)) + _CELLS_OF_A_FINDING * len(findings)
    return cells > _MOST_CELLS or max(map(len, rows), default=0) > _MOST_COLUMNS
