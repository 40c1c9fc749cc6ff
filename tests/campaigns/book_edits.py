"""Spoilt books: hostile values, rows, columns and sheets that come and go."""

import random
from collections.abc import Callable
from typing import Any

from tests.campaigns.hostile import HOSTILE
from tests.gallery.book import Book

Change = Callable[[random.Random, Book], None]
_NAMES = (
    *("Cần sửa", "01_CapXa ", "01_capxa.", "a" * 31, "x' y", "Sheet1", " ", "x'; --", "😀", "00", "Biểu (1)"),
    *("&amp;", "<x>", "Tổng", "ＡＢＣ", "\u202ex"),
)


def _page_rows(chance: random.Random, book: Book) -> list[list[Any]]:
    return chance.choice(book.pages).rows


def _set_cell(chance: random.Random, book: Book) -> None:
    row = chance.choice(_page_rows(chance, book))
    if row:
        row[chance.randrange(len(row))] = chance.choice(HOSTILE)


def _fill_column(chance: random.Random, book: Book) -> None:
    page = chance.choice(book.pages)
    position, value = chance.randrange(11), chance.choice(HOSTILE)
    for row in page.body:
        if position < len(row):
            row[position] = value


def _insert_row(chance: random.Random, book: Book) -> None:
    rows = _page_rows(chance, book)
    made = chance.choice(
        ([], [chance.choice(HOSTILE)], chance.choices(HOSTILE, k=12), list(chance.choice(rows)))
    )
    rows.insert(chance.randint(0, len(rows)), made)


def _delete_row(chance: random.Random, book: Book) -> None:
    rows = _page_rows(chance, book)
    if len(rows) > 1:
        rows.pop(chance.randrange(len(rows)))


def _insert_column(chance: random.Random, book: Book) -> None:
    position, value = chance.randint(0, 12), chance.choice(HOSTILE)
    for row in _page_rows(chance, book):
        row.insert(position, value)


def _delete_column(chance: random.Random, book: Book) -> None:
    position = chance.randint(0, 12)
    for row in _page_rows(chance, book):
        del row[position : position + 1]


def _rename(chance: random.Random, book: Book) -> None:
    name = chance.choice(_NAMES)
    if name.casefold() not in {page.name.casefold() for page in book.pages}:
        chance.choice(book.pages).name = name


def _drop_sheet(chance: random.Random, book: Book) -> None:
    if len(book.pages) > 1:
        book.pages.pop(chance.randrange(len(book.pages)))


def _copy_sheet(chance: random.Random, book: Book) -> None:
    page = chance.choice(book.pages)
    name = f"{page.name} ({len(book.pages)})"[-31:]
    book.pages.append(
        type(page)(page.sheet, name, [list(row) for row in page.rows], page.header, page.columns)
    )


CHANGES: dict[str, Change] = {
    **{"cell_hostile": _set_cell, "column_hostile": _fill_column},
    **{"row_inserted": _insert_row, "row_deleted": _delete_row},
    **{"column_inserted": _insert_column, "column_deleted": _delete_column},
    **{"sheet_renamed": _rename, "sheet_dropped": _drop_sheet, "sheet_copied": _copy_sheet},
}
