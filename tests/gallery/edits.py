"""Single edits of a book: one cell, one total, one sheet or column left out."""

from typing import Any

from tests.gallery.book import Book, Change, Formula


def formulas(*, computed: bool) -> Change:
    """The people of the first ward are a formula, with the value last computed or without one."""

    def change(book: Book) -> None:
        page = book.page("commune")
        row = page.body[0]
        at = page.at("people_now")
        row[at] = Formula("=4+4", row[at] if computed else None)

    change.__name__ = f"formulas computed={computed}"
    return change


def cell(table: str, row: int, column: str, value: Any) -> Change:
    """One cell of the `row`th row (from 0) of a table holds `value`."""

    def change(book: Book) -> None:
        page = book.page(table)
        page.body[row][page.at(column)] = value

    change.__name__ = f"{table}.{row}.{column}"
    return change


def wrong_total(book: Book) -> None:
    """The last total row of sheet 01 says one person too many."""
    page = book.page("commune")
    page.rows[-1][page.at("people_now")] += 1


def nothing_arose(book: Book) -> None:
    """Sheet 05 states in words that nothing arose."""
    book.page("petition").body = [["Không phát sinh"]]


def no_petitions(book: Book) -> None:
    """Sheet 05 is empty, which says nothing."""
    book.page("petition").body = []


def drop_page(table: str) -> Change:
    """The file lacks a sheet."""

    def change(book: Book) -> None:
        book.pages.remove(book.page(table))

    return change


def drop_column(table: str, column: str) -> Change:
    """A sheet lacks a column."""

    def change(book: Book) -> None:
        page = book.page(table)
        at = page.at(column)
        page.columns.pop(at)
        for row in page.rows[page.header :]:
            row.pop(at)

    return change
