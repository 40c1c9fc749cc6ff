"""The returned workbook: the district's own file with every fault marked in place and listed in front."""

import io
import warnings
import zipfile
import zlib
from contextlib import suppress
from datetime import datetime

import openpyxl
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tasks.answer_sheet import ANSWER_SHEET
from tasks.cached_values import with_cached_values
from tasks.cell_marks import clear, disarm, mark
from tasks.finding_groups import Finding
from tasks.fix_list import Notice, write_fix_list
from tasks.read import Grid
from tasks.relaid_workbook import lay_out

_WORKBOOK = "xl/workbook.xml"
_MOST_BYTES = 60_000_000  # unpacked; styles alone can make a small sheet enormous
# What openpyxl raises on a workbook that calamine reads: parts missing, cut short, beyond the standard.
_NOT_FOR_OPENPYXL = (
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, SyntaxError, OSError, EOFError),
    *(RuntimeError, zipfile.BadZipFile, zlib.error),
)


def returned_workbook(content: bytes, grids: list[Grid], notice: Notice, findings: list[Finding]) -> bytes:
    """Mark `findings` in a copy of the file `content`, which was read as `grids`; always an .xlsx.

    A workbook that openpyxl opens keeps its formats and formulas, and loses its macros and its links to other
    files: nobody gets from us what we cannot vouch for. Any other file (.xls, .ods, .zip of CSV, or `content`
    left empty) is laid out anew with the same sheets and values.
    """
    if _is_for_openpyxl(content):
        # Laying the sheets out anew always works: one odd file may not stop the answers to all others.
        with suppress(*_NOT_FOR_OPENPYXL):
            return _own(content, grids, notice, findings)
    workbook, sheets = lay_out(grids)
    return _marked(workbook, sheets, [], notice, findings)


def _is_for_openpyxl(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sizes = {part.filename: part.file_size for part in parts.infolist()}
    return _WORKBOOK in sizes and sum(sizes.values()) <= _MOST_BYTES


def _own(content: bytes, grids: list[Grid], notice: Notice, findings: list[Finding]) -> bytes:
    with warnings.catch_warnings():
        # It warns of what it cannot carry over (extensions of Excel 2010 and later); the rest is kept.
        warnings.simplefilter("ignore", UserWarning)
        workbook = openpyxl.load_workbook(io.BytesIO(content), keep_links=False, rich_text=True)
    workbook.template = False
    if ANSWER_SHEET in workbook.sheetnames:
        del workbook[ANSWER_SHEET]
    for sheet in workbook.worksheets:
        clear(sheet)
        disarm(sheet)
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    return _marked(workbook, sheets, grids, notice, findings)


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
