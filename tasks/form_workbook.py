"""The reporting form as a workbook: one writer for the blank form, the pre-filled one and a filled return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from schemas.form.form import RETURN, Form
from schemas.form.sheet import FormColumn, Reader, Sheet
from schemas.form.sheets import ACTIVITY, NOTHING_AROSE, OUTSTANDING, PETITION
from schemas.vocabularies import Vocabulary
from tasks.form_aids import FormAids, or_statement, validation
from tasks.form_styles import FREE, RIGHT, Styles

TOTAL = "Tổng cộng"
LIST_SEPARATOR = "; "

_A4 = 9
_NARROWEST, _UNKNOWN, _WIDEST = 11, 20, 34  # characters
_HEADER_LINES = 4
_LINE_HEIGHT = 15  # points
# Rows below the drawn ones in which a clerk may go on, with the same aids.
_ROOM = 1_000
_NO_AIDS = FormAids()
_MAY = {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True}
# Codes that the register gives: a clerk fills in what belongs to them.
_GIVEN = ("district_code", "district_name", "commune_code", "village_id", "post_code")
# Rows of these come and go with what happens.
_FREE_ROWS = (OUTSTANDING, PETITION, ACTIVITY)


@dataclass(frozen=True)
class FormContents:
    """What is written into a form.

    `info` holds stored values by column name of sheet 00; `rows` holds, by `Sheet.table`, a frame (or a list
    of dicts) of stored values; a table or column that is absent is left empty. `banner` goes on every sheet.
    """

    info: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, pd.DataFrame | Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    declared_no_petitions: bool = False
    banner: str = ""

    def cells(self, sheet: Sheet) -> dict[str, list[Any]]:
        """What the cells of `sheet` hold, by column name in the form's order."""
        rows = pd.DataFrame(self.rows.get(sheet.table, ()))
        rows = rows.reindex(columns=[c.name for c in sheet.columns])
        return {c.name: cell_values(c, _plain(rows[c.name])) for c in sheet.columns}


def _plain(values: pd.Series) -> list[Any]:
    if not values.hasnans:
        return values.tolist()
    return [None if is_missing else value for value, is_missing in zip(values, values.isna(), strict=True)]


def write_form(
    path: Path,
    contents: FormContents,
    *,
    created: datetime,
    has_totals: bool = False,
    aids: FormAids = _NO_AIDS,
    form: Form = RETURN,
) -> None:
    """Write the form with `contents` to `path`; equal arguments give equal bytes.

    `created` is the workbook's creation time property. `has_totals` adds a total row below each table; `aids`
    make it a form to fill in by hand. Raises KeyError for a code that is not in its vocabulary.
    """
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as workbook:
        workbook.set_properties({"title": form.info.title, "comments": contents.banner, "created": created})
        styles = Styles(workbook)
        for sheet in form.sheets:
            page = _Page(workbook.add_worksheet(sheet.name), sheet, styles, aids)
            page.write_heading(contents.banner)
            if sheet is form.info:
                page.write_info(contents.info)
            else:
                page.write_table(contents, has_totals=has_totals)


def choices(vocabulary: Vocabulary) -> dict[str, str]:
    """Stored code → what a cell says: the label, or the codes themselves where a label has a comma.

    Excel divides a drop-down's choices at commas, so such a label could never be chosen.
    """
    has_comma = any("," in label for label in vocabulary.labels)
    words = vocabulary.codes if has_comma else vocabulary.labels
    return dict(zip(vocabulary.codes, words, strict=True))


def cell_values(column: FormColumn, values: list[Any]) -> list[Any]:
    """Turn stored values into what the cells hold: words for codes, all else as it is; None stays None."""
    if column.vocabulary is None:
        return values
    words = choices(column.vocabulary)
    return [
        None if codes is None else LIST_SEPARATOR.join(words[code] for code in codes.split(";"))
        for codes in values
    ]


class _Page:
    """One worksheet being written from the top down; `line` is the next free row."""

    def __init__(self, worksheet: Worksheet, sheet: Sheet, styles: Styles, aids: FormAids) -> None:
        self.worksheet, self.sheet, self.styles, self.aids = worksheet, sheet, styles, aids
        self.line = 0
        worksheet.set_landscape()
        worksheet.set_paper(_A4)
        worksheet.fit_to_pages(1, 0)
        worksheet.set_footer("&L&A&R&P/&N")
        if aids.is_locked:
            worksheet.protect("", _MAY)

    def write_heading(self, banner: str) -> None:
        """Write the title and, where there is one, the banner."""
        self.worksheet.write_string(self.line, 0, self.sheet.title, self.styles.title)
        self.line += 1
        if banner:
            self.worksheet.write_string(self.line, 0, banner, self.styles.banner)
            self.line += 1

    def write_info(self, info: Mapping[str, Any]) -> None:
        """Write sheet 00: a label and its value a row."""
        self.worksheet.set_column(0, 1, _WIDEST)
        for column in self.sheet.columns:
            self.worksheet.write_string(self.line, 0, column.header, self.styles.label)
            self._write_cells(column, 1, self.line, cell_values(column, [info.get(column.name)]))
            self._guide(column, 1, self.line, 1)
            self.line += 1

    def write_table(self, contents: FormContents, *, has_totals: bool) -> None:
        """Write the header and the rows (or the statement that nothing arose), then what helps filling in."""
        cells = contents.cells(self.sheet)
        self._write_header()
        first = self.line
        self._fit(cells, first)
        number = len(next(iter(cells.values())))
        spare = self.aids.spare_rows.get(self.sheet.table, 0)
        room = _ROOM if self.aids.is_locked else 0
        for position, column in enumerate(self.sheet.columns):
            self._write_cells(column, position, first, cells[column.name] + [None] * spare)
            self._guide(column, position, first, number + spare + room)
        self.line += number + spare
        if self.sheet is PETITION and contents.declared_no_petitions:
            self.worksheet.write_string(first, 0, NOTHING_AROSE, self.styles.statement)
        elif has_totals and number and Reader.COUNT in {c.reader for c in self.sheet.columns}:
            self._write_totals(cells, first)

    def _write_header(self) -> None:
        for position, column in enumerate(self.sheet.columns):
            self.worksheet.write_string(self.line, position, column.header, self.styles.header)
        self.worksheet.set_row(self.line, _HEADER_LINES * _LINE_HEIGHT)
        self.worksheet.repeat_rows(0, self.line)
        self.line += 1
        self.worksheet.freeze_panes(self.line, 0)

    def _fit(self, cells: dict[str, list[Any]], first: int) -> None:
        """Make columns as wide as their texts, and rows higher where a text is too wide for that."""
        lines: dict[int, int] = {}
        for position, column in enumerate(self.sheet.columns):
            lengths = [len(cell) if isinstance(cell, str) else 0 for cell in cells[column.name]]
            unknown = _UNKNOWN if column.reader in FREE and not any(lengths) else _NARROWEST
            width = min(max([unknown, *lengths]), _WIDEST)
            # The whole column, so that a code typed in any further row keeps its zeros.
            below = self.styles.below[column.reader] if self.aids.is_locked else None
            self.worksheet.set_column(position, position, width + 1, below)
            for line, length in enumerate(lengths, first):
                if length > width:
                    lines[line] = max(lines.get(line, 1), -(-length // (width - 3)))
        for line, number in lines.items():
            self.worksheet.set_row(line, number * _LINE_HEIGHT)

    def _write_cells(self, column: FormColumn, position: int, first: int, cells: list[Any]) -> None:
        look = self.styles.cell[column.reader]
        is_fixed = self.aids.is_locked and column.name in _GIVEN and self.sheet not in _FREE_ROWS
        given = self.styles.fixed[column.reader] if is_fixed else look
        write = self._write_of(column.reader)
        for line, cell in enumerate(cells, first):
            if cell is None:
                self.worksheet.write_blank(line, position, None, look)
            else:
                write(line, position, cell, given)

    def _write_of(self, reader: Reader) -> Any:
        if reader is Reader.DATE:
            return self.worksheet.write_datetime
        return self.worksheet.write_number if reader in RIGHT else self.worksheet.write_string

    def _guide(self, column: FormColumn, position: int, first: int, rows: int) -> None:
        if rows:
            words = None if column.vocabulary is None else choices(column.vocabulary)
            rule = validation(column, words, self.aids.days.get(column.name, (None, None)))
            if self.sheet is PETITION and position == 0:
                rule = or_statement(rule, NOTHING_AROSE)
            self.worksheet.data_validation(first, position, first + rows - 1, position, rule)

    def _write_totals(self, cells: dict[str, list[Any]], first: int) -> None:
        last = self.line - 1
        for position, column in enumerate(self.sheet.columns):
            look = self.styles.total[column.reader]
            if column.reader is Reader.COUNT:
                top, bottom = (xlsxwriter.utility.xl_rowcol_to_cell(line, position) for line in (first, last))
                total = sum(cell for cell in cells[column.name] if cell is not None)
                self.worksheet.write_formula(self.line, position, f"=SUM({top}:{bottom})", look, total)
            else:
                self.worksheet.write(self.line, position, None if position else TOTAL, look)
        self.line += 1
