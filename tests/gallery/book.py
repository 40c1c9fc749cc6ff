"""A workbook before it is written: pages of cells as a clerk laid them out, to be changed in any way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from schemas.form.sheet import FormColumn, Sheet
from schemas.form.sheets import INFO, SHEETS
from tasks.form_workbook import FormContents
from tests.gallery.truth import Rows, true_info, true_rows


@dataclass(frozen=True)
class Formula:
    """A formula with the value that the office program computed; `cached` None: it never did."""

    text: str
    cached: Any = None


@dataclass
class Page:
    """One worksheet. `rows[header]` is the last header row (-1 in sheet 00); `columns` are form names or ''.

    Rows, columns and merged ranges (first row, first column, last row, last column) are counted from 0.
    """

    sheet: Sheet
    name: str
    rows: list[list[Any]]
    header: int
    columns: list[str]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False

    @property
    def body(self) -> list[list[Any]]:
        """The rows below the header."""
        return self.rows[self.header + 1 :]

    @body.setter
    def body(self, rows: list[list[Any]]) -> None:
        self.rows[self.header + 1 :] = rows

    def at(self, column: str) -> int:
        """Where the form's column stands."""
        return self.columns.index(column)

    def cells(self) -> Iterator[tuple[list[Any], int, FormColumn]]:
        """(row, position, column) of every cell that holds a value of the form."""
        if self.sheet is INFO:
            by_header = {column.header: column for column in INFO.columns}
            yield from ((row, 1, by_header[row[0]]) for row in self.rows if row and row[0] in by_header)
            return
        form = {column.name: column for column in self.sheet.columns}
        for row in self.body:
            for position, name in enumerate(self.columns):
                if name and position < len(row):
                    yield row, position, form[name]


@dataclass
class Book:
    """The pages of one file, in the order of its sheets."""

    pages: list[Page]
    is_1904: bool = False

    def page(self, table: str) -> Page:
        """The page of that table of the form."""
        return next(page for page in self.pages if page.sheet.table == table)

    @property
    def tables(self) -> list[Page]:
        """Every page but sheet 00."""
        return [page for page in self.pages if page.sheet is not INFO]


Change = Callable[[Book], None]


def book_of(info: dict[str, Any] | None = None, rows: Rows | None = None) -> Book:
    """The return as the blank form lays it out: title, header, rows; nothing else."""
    contents = FormContents(info or true_info(), true_rows() if rows is None else rows)
    return Book([_info_page(contents) if s is INFO else _table_page(contents, s) for s in SHEETS])


def _info_page(contents: FormContents) -> Page:
    labels = [[column.header, contents.info.get(column.name)] for column in INFO.columns]
    return Page(INFO, INFO.name, [[INFO.title], *labels], -1, [])


def _table_page(contents: FormContents, sheet: Sheet) -> Page:
    cells = contents.cells(sheet)
    body = [list(row) for row in zip(*cells.values(), strict=True)]
    rows = [[sheet.title], [column.header for column in sheet.columns], *body]
    return Page(sheet, sheet.name, rows, 1, list(cells))


def changed(*changes: Change) -> Book:
    """The true return after the changes, one after the other."""
    book = book_of()
    for change in changes:
        change(book)
    return book
