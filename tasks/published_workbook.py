"""The published tables as one Excel workbook: a cover, then one sheet a table, in Vietnamese."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from schemas.form.sheets import SIMULATED_MARK
from schemas.published.table import PublishedColumn, PublishedTable
from schemas.published.tables import TABLES
from schemas.vocabularies import AREA_FLAG
from tasks.snapshot import reading
from tasks.workbook_cover import write_cover

_COVER = "Bìa"
_HEADER_HEIGHT = 48
_HEADER_ROW = 2  # 0-based: the title and the mark stand above it
_ROWS_OF_A_SHEET = 1_048_576
_LETTERS_OF_A_CELL = 32_767
_CUT = " … (toàn văn trong scheme21.duckdb)"
_NARROWEST, _WIDEST = 9, 60
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "mark": {"bold": True, "font_color": "#B45309"},
    "header": {"bold": True, "bg_color": "#E5E7EB", "border": 1, "text_wrap": True, "valign": "top"},
    "text": {"valign": "top"},
    # The apostrophe that Excel hides: the text stays text when somebody edits the cell.
    "guarded": {"valign": "top", "quote_prefix": True},
    "tally": {"num_format": "#,##0", "valign": "top", "align": "left", "bold": True},
    "count": {"num_format": "#,##0", "valign": "top"},
    "decimal": {"num_format": "#,##0.00", "valign": "top"},
    "day": {"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"},
    "moment": {"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "align": "left"},
    "link": {"font_color": "#1D4ED8", "underline": 1},
}


def write_workbook(candidate: Path, path: Path) -> None:
    """Write every published table of `candidate`, a DuckDB file with schema marts, to the workbook `path`.

    Codes of a closed list appear as their Vietnamese words, days and numbers as such, everything else as
    text that no spreadsheet takes for a formula. Raises ValueError when a table has more rows than a sheet
    can hold.
    """
    with reading(candidate) as reader:
        rows = {table.name: _rows(reader, table) for table in TABLES}
    release, *_ = rows["release"]
    with xlsxwriter.Workbook(path) as workbook:
        # The moment of the release, so that the same release gives the same file.
        workbook.set_properties({"title": "Đề án 21-ĐA/TU", "created": release["released_at"]})
        styles = {name: workbook.add_format(look) for name, look in _STYLES.items()}
        write_cover(workbook.add_worksheet(_COVER), styles, rows)
        for table in TABLES:
            sheet = workbook.add_worksheet(table.name)
            sheet.repeat_rows(_HEADER_ROW)
            _write_heading(sheet, styles, table, is_simulated=bool(release["is_simulated"]))
            _write_rows(sheet, styles, table, rows[table.name])
        for sheet in workbook.worksheets():
            _fit_on_paper(sheet)


def _rows(reader: duckdb.DuckDBPyConnection, table: PublishedTable) -> list[dict[str, Any]]:
    found = reader.execute(f"FROM marts.{table.name}").fetchall()
    if len(found) > _ROWS_OF_A_SHEET - _HEADER_ROW - 1:
        raise ValueError(f"{table.name} has {len(found)} rows, more than a sheet of Excel holds")
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in found]


def _fit_on_paper(sheet: Worksheet) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_heading(
    sheet: Worksheet, styles: dict[str, Format], table: PublishedTable, *, is_simulated: bool
) -> None:
    sheet.write_string(0, 0, table.title, styles["title"])
    if is_simulated:
        sheet.write_string(1, 0, SIMULATED_MARK, styles["mark"])
    for at, column in enumerate(table.columns):
        sheet.write_string(_HEADER_ROW, at, column.header, styles["header"])
        sheet.write_comment(_HEADER_ROW, at, f"{column.name}: {column.comment}")
    # Wrapped headers are up to three lines of a narrow column; not every program grows the row by itself.
    sheet.set_row(_HEADER_ROW, _HEADER_HEIGHT)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)


def _write_rows(
    sheet: Worksheet, styles: dict[str, Format], table: PublishedTable, rows: list[dict[str, Any]]
) -> None:
    for at, column in enumerate(table.columns):
        values = [_worded(column, row[column.name]) for row in rows]
        for below, value in enumerate(values, start=_HEADER_ROW + 1):
            _write_cell(sheet, styles, below, at, value)
        sheet.set_column(at, at, _width(column, values))
    # Row and column numbers are 0-based; an empty table keeps its header and one empty row.
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(1, len(rows)), len(table.columns) - 1)


def _worded(column: PublishedColumn, value: Any) -> Any:
    if value is None:
        return None
    if column.name == "area_flags":
        return "; ".join(AREA_FLAG.label(flag) for flag in value.split(";"))
    if column.vocabulary is not None:
        return column.vocabulary.label(value)
    return value


def _write_cell(sheet: Worksheet, styles: dict[str, Format], row: int, at: int, value: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_string(row, at, "Có" if value else "Không", styles["text"])
        case int():
            sheet.write_number(row, at, value, styles["count"])
        case float():
            sheet.write_number(row, at, value, styles["decimal"])
        case datetime():
            sheet.write_datetime(row, at, value, styles["moment"])
        case date():
            sheet.write_datetime(row, at, value, styles["day"])
        case _:
            style = "guarded" if value.startswith(_FORMULA_SIGNS) else "text"
            sheet.write_string(row, at, _fitting(value), styles[style])


def _fitting(text: str) -> str:
    # Excel holds no longer text in a cell; the cut is said, and the database has it whole.
    return text if len(text) <= _LETTERS_OF_A_CELL else text[: _LETTERS_OF_A_CELL - len(_CUT)] + _CUT


def _width(column: PublishedColumn, values: list[Any]) -> int:
    # A header may wrap at its blanks, so only its longest word counts.
    longest = max([*map(len, column.header.split()), *(len(str(value)) for value in values)], default=0)
    return max(_NARROWEST, min(longest + 2, _WIDEST))
