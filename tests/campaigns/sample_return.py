"""A return of the sample as rows that can be changed, and its bytes again: title, header, rows, total."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import python_calamine

from schemas.form.sheet import Reader, Sheet
from schemas.form.sheets import INFO, NOTHING_AROSE, SHEETS, SIMULATED_MARK, TABLE_SHEETS
from tasks.cells import cell_name
from tests.gallery.book import Book, Page
from tests.gallery.writers import xlsx

Row = dict[str, Any]
_HEADER = 2  # below the title and the mark of simulated figures
_FIRST = _HEADER + 1
_SHEET_OF = {sheet.table: sheet for sheet in TABLE_SHEETS}


@dataclass
class SampleReturn:
    """One return: `info` by column of sheet 00, `rows` by table, each row by column; None is an empty cell.

    `dropped_tables`, `dropped_columns` (table, column) and `extra_columns` (table → header) change the form;
    `total_errors` (table, column) → what is added to a total; `extra_sheet` names one of the office's own.
    """

    district: str
    info: Row
    rows: dict[str, list[Row]]
    dropped_tables: set[str] = field(default_factory=set)
    dropped_columns: set[tuple[str, str]] = field(default_factory=set)
    extra_columns: dict[str, str] = field(default_factory=dict)
    total_errors: dict[tuple[str, str], int] = field(default_factory=dict)
    extra_sheet: str = ""
    is_without_petitions: bool = True

    @classmethod
    def open(cls, path: Path) -> "SampleReturn":
        """Read a file that the sample wrote."""
        with python_calamine.load_workbook(str(path)) as workbook:
            grids = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
        labels = {row[0]: _plain(row[1]) for row in grids[INFO.name]}
        info = {column.name: labels[column.header] for column in INFO.columns}
        rows = {sheet.table: _rows(sheet, grids[sheet.name]) for sheet in TABLE_SHEETS}
        return cls(path.parent.name, info, rows)

    def columns(self, sheet: Sheet) -> list[str]:
        """The columns of a sheet in this file, in order."""
        return [c.name for c in sheet.columns if (sheet.table, c.name) not in self.dropped_columns]

    def place(self, table: str, row: Row | None, column: str) -> str:
        """`sheet!cell` of a row's column; without a row, of the column's header."""
        if table == INFO.table:
            at = [c.name for c in INFO.columns if (table, c.name) not in self.dropped_columns].index(column)
            return f"{INFO.name}!{cell_name(_HEADER + at, 1)}"
        sheet = _SHEET_OF[table]
        line = (
            _HEADER if row is None else _FIRST + next(n for n, r in enumerate(self.rows[table]) if r is row)
        )
        return f"{sheet.name}!{cell_name(line, self.columns(sheet).index(column))}"

    def total_place(self, table: str, column: str) -> str:
        """`sheet!cell` of a column's total."""
        sheet = _SHEET_OF[table]
        return f"{sheet.name}!{cell_name(_FIRST + len(self.rows[table]), self.columns(sheet).index(column))}"

    def content(self) -> bytes:
        """The return as a workbook."""
        sheets = [sheet for sheet in SHEETS if sheet.table not in self.dropped_tables]
        pages = [self._info_page() if sheet is INFO else self._page(sheet) for sheet in sheets]
        if self.extra_sheet:
            pages.append(Page(INFO, self.extra_sheet, [["Việc cần làm"], ["Gọi các xã"]], -1, []))
        return xlsx(Book(pages))

    def _info_page(self) -> Page:
        columns = [c for c in INFO.columns if (INFO.table, c.name) not in self.dropped_columns]
        labels = [[column.header, self.info[column.name]] for column in columns]
        return Page(INFO, INFO.name, [[INFO.title], [SIMULATED_MARK], *labels], -1, [])

    def _page(self, sheet: Sheet) -> Page:
        columns = self.columns(sheet)
        extra = [self.extra_columns[sheet.table]] if sheet.table in self.extra_columns else []
        header = [*(sheet.column(name).header for name in columns), *extra]
        body = [[row.get(name) for name in columns] for row in self.rows[sheet.table]]
        rows: list[list[Any]] = [[sheet.title], [SIMULATED_MARK], header, *body, *self._below(sheet, columns)]
        return Page(sheet, sheet.name, rows, _HEADER, columns)

    def _below(self, sheet: Sheet, columns: list[str]) -> list[list[Any]]:
        """The total row, or the statement that nothing arose."""
        if not self.rows[sheet.table]:
            return [[NOTHING_AROSE]] if sheet.table == "petition" and self.is_without_petitions else []
        counts = {c.name for c in sheet.columns if c.reader is Reader.COUNT}
        if not counts:
            return []
        return [
            ["Tổng cộng", *(self._total(sheet, name) if name in counts else None for name in columns[1:])]
        ]

    def _total(self, sheet: Sheet, column: str) -> float:
        cells = (row.get(column) for row in self.rows[sheet.table])
        counted = sum(cell for cell in cells if isinstance(cell, int | float))
        return counted + self.total_errors.get((sheet.table, column), 0)


def _rows(sheet: Sheet, grid: list[list[Any]]) -> list[Row]:
    names = [column.name for column in sheet.columns]
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in grid[_FIRST:]]
    return [row for row in rows if row[names[0]] not in {"Tổng cộng", NOTHING_AROSE}]


def _plain(cell: Any) -> Any:
    if cell == "":
        return None
    return cell if not isinstance(cell, date) else date(cell.year, cell.month, cell.day)
