"""The published tables as one Excel workbook: a cover, one sheet a table, and what every column means."""

from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bulletin.published import part_rows
from bulletin.workbook_cells import ShownCell, shown
from bulletin.workbook_countdown import add_countdown_chart
from bulletin.workbook_cover import write_cover
from bulletin.workbook_definitions import write_definitions
from bulletin.workbook_totals import HEADER_ROW, TOTAL_BELOW, add_data_bars, write_totals
from schemas.form.sheets import SIMULATED_MARK
from schemas.published.snapshot import reading
from schemas.published.table import PublishedColumn, PublishedTable
from schemas.published.tables import TABLES
from schemas.rows import Row

_COVER, _DEFINITIONS = "Bìa", "Định nghĩa"
_HEADER_HEIGHT, _LINE_HEIGHT, _HIGHEST = 62, 15, 400  # points; Excel allows 409
_ROWS_OF_A_SHEET = 1_048_576
# Where the proof begins, which paper has no use for: the sheets of units would become too small to read.
_PRINTED_TO = {"remaining_communes": "is_overdue", "remaining_villages": "is_overdue"}
_NARROWEST, _WIDEST = 9, 34
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "mark": {"bold": True, "font_color": "#B45309"},
    "header": {"bold": True, "bg_color": "#E5E7EB", "border": 1, "text_wrap": True, "valign": "top"},
    "plain": {"valign": "top"},
    "text": {"valign": "top", "text_wrap": True},
    # The apostrophe that Excel hides: the text stays text when somebody edits the cell.
    "guarded": {"valign": "top", "text_wrap": True, "quote_prefix": True},
    "tally": {"num_format": "#,##0", "valign": "top", "align": "left", "bold": True},
    "count": {"num_format": "#,##0", "valign": "top", "align": "right", "indent": 1},
    "decimal": {"num_format": "#,##0.00", "valign": "top", "align": "right", "indent": 1},
    # A month is the date of its first day, so that it sorts and filters as one.
    "month": {"num_format": "m/yyyy", "valign": "top", "align": "left"},
    "day": {"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"},
    "moment": {"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "align": "left"},
    "link": {"font_color": "#1D4ED8", "underline": 1},
    "answer": {"bold": True, "font_size": 16, "font_color": "#0F4C8A"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "total": {"bold": True, "top": 2, "num_format": "#,##0", "align": "right", "indent": 1},
    "total_name": {"bold": True, "top": 2},
    "total_share": {"bold": True, "top": 2, "num_format": "#,##0.00", "align": "right", "indent": 1},
}


def write_workbook(candidate: Path, path: Path) -> None:
    """Write every published table of `candidate`, a DuckDB file with schema marts, to the workbook `path`.

    Codes of a closed list appear as their Vietnamese words, days and numbers as such, everything else as
    text that no spreadsheet takes for a formula. Raises ValueError when a table has more rows than a sheet
    can hold.
    """
    with reading(candidate) as reader:
        rows = {table.name: _fitting_rows(table, part_rows(reader, table.name)) for table in TABLES}
    release, *_ = rows["release"]
    with xlsxwriter.Workbook(path) as workbook:
        # The moment of the release, so that the same release gives the same file.
        workbook.set_properties({"title": "Đề án 21-ĐA/TU", "created": release["released_at"]})
        styles = {name: workbook.add_format(look) for name, look in _STYLES.items()}
        cover = workbook.add_worksheet(_COVER)
        write_cover(cover, styles, rows)
        add_countdown_chart(workbook, cover, rows["countdown"], "C6")
        for table in TABLES:
            sheet = workbook.add_worksheet(table.tab)
            _write_table(sheet, styles, table, rows[table.name], release)
            if table.name == "countdown":
                below = HEADER_ROW + len(rows["countdown"]) + TOTAL_BELOW + 3
                add_countdown_chart(workbook, sheet, rows["countdown"], f"A{below}")
        write_definitions(workbook.add_worksheet(_DEFINITIONS), styles)
        for sheet in workbook.worksheets():
            _fit_on_paper(sheet)


def _write_table(
    sheet: Worksheet, styles: dict[str, Format], table: PublishedTable, rows: list[Row], release: Row
) -> None:
    _write_heading(sheet, styles, table, is_simulated=bool(release["is_simulated"]))
    _write_rows(sheet, styles, table, rows)
    write_totals(sheet, styles, table, rows, release["latest_period"])
    add_data_bars(sheet, table, len(rows))
    sheet.repeat_rows(HEADER_ROW)
    if table.name in _PRINTED_TO:
        last = [column.name for column in table.columns].index(_PRINTED_TO[table.name])
        sheet.print_area(0, 0, HEADER_ROW + len(rows) + TOTAL_BELOW, last)


def _fitting_rows(table: PublishedTable, rows: list[Row]) -> list[Row]:
    # Above them stand the heading and below them the totals.
    if len(rows) > _ROWS_OF_A_SHEET - HEADER_ROW - 1 - TOTAL_BELOW:
        raise ValueError(f"{table.name} has {len(rows)} rows, more than a sheet of Excel holds")
    return rows


def _fit_on_paper(sheet: Worksheet) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8Đề án 21-ĐA/TU – &A&R&8Trang &P / &N")


def _write_heading(
    sheet: Worksheet, styles: dict[str, Format], table: PublishedTable, *, is_simulated: bool
) -> None:
    sheet.write_string(0, 0, table.title, styles["title"])
    if is_simulated:
        sheet.write_string(1, 0, SIMULATED_MARK, styles["mark"])
    for at, column in enumerate(table.columns):
        sheet.write_string(HEADER_ROW, at, column.header, styles["header"])
        sheet.write_comment(HEADER_ROW, at, f"{column.name}: {column.comment}")
    # Wrapped headers are up to three lines of a narrow column; not every program grows the row by itself.
    sheet.set_row(HEADER_ROW, _HEADER_HEIGHT)
    sheet.freeze_panes(HEADER_ROW + 1, 0)


def _write_rows(
    sheet: Worksheet, styles: dict[str, Format], table: PublishedTable, rows: list[dict[str, Any]]
) -> None:
    lines = [1] * len(rows)
    for at, column in enumerate(table.columns):
        cells = shown(column, (row[column.name] for row in rows))
        for below, cell in enumerate(cells, start=HEADER_ROW + 1):
            _write_cell(sheet, styles, below, at, cell)
        width = _width(column, cells)
        sheet.set_column(at, at, width)
        lines = [max(most, ceil(cell.letters / width)) for most, cell in zip(lines, cells, strict=True)]
    # Not every program grows a row to its wrapped text by itself.
    for below, number in enumerate(lines, start=HEADER_ROW + 1):
        if number > 1:
            sheet.set_row(below, min(number * _LINE_HEIGHT, _HIGHEST))
    # Row and column numbers are 0-based; an empty table keeps its header and one empty row.
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(1, len(rows)), len(table.columns) - 1)


def _write_cell(sheet: Worksheet, styles: dict[str, Format], row: int, at: int, cell: ShownCell) -> None:
    match cell.content:
        case None:
            return
        case str() as text:
            sheet.write_string(row, at, text, styles[cell.style])
        case int() | float() as number:
            sheet.write_number(row, at, number, styles[cell.style])
        case moment:
            sheet.write_datetime(row, at, moment, styles[cell.style])


def _width(column: PublishedColumn, cells: list[ShownCell]) -> int:
    # A header may wrap at its blanks, so only its longest word counts.
    longest = max([*map(len, column.header.split()), *(cell.letters for cell in cells)], default=0)
    return max(_NARROWEST, min(longest + 2, _WIDEST))
