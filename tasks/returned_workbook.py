"""The returned workbook: the district's own file with every fault marked in place and listed in front."""

import io
import warnings
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import openpyxl
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from schemas.form.sheets import INFO
from tasks.batch import OpenedFile
from tasks.cached_values import with_cached_values
from tasks.cell_marks import clear, disarm, mark
from tasks.cells import cell_name
from tasks.finding_groups import Finding
from tasks.fix_list import Notice, write_fix_list
from tasks.read import Grid
from tasks.recognise import ANSWER_SHEET
from tasks.relaid_workbook import lay_out

_WORKBOOK, _MACROS = "xl/workbook.xml", "xl/vbaProject.bin"
# A return has about 10,000 cells. Marking takes 0.1 ms a cell, so a file beyond this would hold up the city.
_MOST_CELLS = 500_000
_MOST_COLUMNS = 16_384
_CELLS_OF_A_FINDING = 8
_MOST_BYTES = 60_000_000  # unpacked; styles alone can make a small sheet enormous
# What openpyxl raises on a workbook that calamine reads: parts missing, cut short, beyond the standard.
_NOT_FOR_OPENPYXL = (
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, SyntaxError, OSError, EOFError),
    *(RuntimeError, zipfile.BadZipFile, zlib.error),
)


@dataclass(frozen=True)
class ReturnedWorkbook:
    """The bytes to send back, and the ending that a file of them needs (`.xlsm` where there are macros)."""

    content: bytes
    suffix: str


def returned_workbook(
    content: bytes,
    opened: OpenedFile,
    findings: list[Finding],
    *,
    verdict: str,
    district: str,
    seq: int | None,
) -> ReturnedWorkbook | None:
    """Mark `findings` in a copy of the file `content`, which was read as `opened`.

    A workbook that openpyxl opens keeps its formats, formulas and macros; any other file (.xls, .ods, .zip of
    CSV) becomes an .xlsx with the same sheets and values. `seq` is the file's own number where it was
    accepted: a correction must have a higher one. None for a file that could not be read, or is so large that
    marking it would hold everybody up.
    """
    if opened.unreadable is not None or _is_too_large(opened, findings):
        return None
    notice = Notice(
        district=district,
        file_name=opened.arrival.file_name,
        verdict=verdict,
        is_simulated=any(sheet.is_simulated for sheet in opened.sheets),
        seq_cell=_seq_cell(opened),
        next_seq=None if seq is None else seq + 1,
    )
    grids = [sheet.grid for sheet in opened.sheets if sheet.grid.name != ANSWER_SHEET]
    if _is_for_openpyxl(content):
        # Laying the sheets out anew always works: one odd file may not stop the answers to all others.
        with suppress(*_NOT_FOR_OPENPYXL):
            return _own(content, grids, notice, findings)
    return _relaid(grids, notice, findings)


def _is_for_openpyxl(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sizes = {part.filename: part.file_size for part in parts.infolist()}
    return _WORKBOOK in sizes and sum(sizes.values()) <= _MOST_BYTES


def _own(content: bytes, grids: list[Grid], notice: Notice, findings: list[Finding]) -> ReturnedWorkbook:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        has_macros = _MACROS in parts.namelist()
    with warnings.catch_warnings():
        # It warns of what it cannot carry over (extensions of Excel 2010 and later); the rest is kept.
        warnings.simplefilter("ignore", UserWarning)
        workbook = openpyxl.load_workbook(io.BytesIO(content), keep_vba=has_macros, rich_text=True)
    workbook.template = False
    if ANSWER_SHEET in workbook.sheetnames:
        del workbook[ANSWER_SHEET]
    for sheet in workbook.worksheets:
        clear(sheet)
        disarm(sheet)
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    marked = _marked(workbook, sheets, grids, notice, findings)
    return ReturnedWorkbook(marked, ".xlsm" if has_macros else ".xlsx")


def _relaid(grids: list[Grid], notice: Notice, findings: list[Finding]) -> ReturnedWorkbook:
    workbook, sheets = lay_out(grids)
    return ReturnedWorkbook(_marked(workbook, sheets, [], notice, findings), ".xlsx")


def _marked(
    workbook: Workbook,
    sheets: dict[str, Worksheet],
    grids: list[Grid],
    notice: Notice,
    findings: list[Finding],
) -> bytes:
    mark(sheets, findings)
    write_fix_list(workbook, sheets, notice, findings)
    written = io.BytesIO()
    workbook.save(written)
    numbers = {sheet.title: number for number, sheet in enumerate(workbook.worksheets, 1)}
    known = {numbers[grid.name]: grid for grid in grids if grid.name in numbers}
    epoch: datetime = workbook.epoch or CALENDAR_WINDOWS_1900
    return with_cached_values(written.getvalue(), known, epoch)


def _seq_cell(opened: OpenedFile) -> tuple[str, str] | None:
    info = next((sheet for sheet in opened.sheets if sheet.form is INFO), None)
    if info is None or "seq" not in info.cells:
        return None
    return info.grid.name, cell_name(*info.cells["seq"])


def _is_too_large(opened: OpenedFile, findings: list[Finding]) -> bool:
    rows = [row for sheet in opened.sheets for row in sheet.grid.rows]
    cells = sum(map(len, rows)) + _CELLS_OF_A_FINDING * len(findings)
    return cells > _MOST_CELLS or max(map(len, rows), default=0) > _MOST_COLUMNS
