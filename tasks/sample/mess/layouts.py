"""How offices lay out the form: habits of a district, the same in each of its returns."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from schemas.form.sheets import COMMUNE, INFO, PETITION
from tasks.sample.mess.draft import Page, Spoilt
from tasks.sample.words import LETTERHEAD, SECTION, SIGNATURE

Habit = Callable[[list[Page]], None]

_GLIDES = (("o", "a"), ("o", "e"), ("u", "y"))
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_OLDER_TONES = {
    unicodedata.normalize("NFC", first + tone + last): unicodedata.normalize("NFC", first + last + tone)
    for first, last in _GLIDES
    for tone in _TONES
}
_COLUMN_OF_ITS_OWN = "Diện tích (km2)"


def _change_cells(pages: list[Page], change: Callable[[Any], Any]) -> None:
    """Change every cell of every sheet, a planted fault's too."""
    for page in pages:
        rows = [*page.heading, page.header, *page.body, page.total, *page.footer]
        for row in rows:
            row[:] = [_change_cell(cell, change) for cell in row]


def _change_cell(cell: Any, change: Callable[[Any], Any]) -> Any:
    return replace(cell, value=change(cell.value)) if isinstance(cell, Spoilt) else change(cell)


def _tables(pages: list[Page]) -> list[Page]:
    return [page for page in pages if page.form is not INFO]


def letterhead(pages: list[Page]) -> None:
    """Rows above the title, as on every official paper."""
    for page in pages:
        page.heading[:0] = [[LETTERHEAD[0], None, None, LETTERHEAD[1]], [None, None, None, LETTERHEAD[2]], []]


def index_row(pages: list[Page]) -> None:
    """A row of column numbers below the header: A, B, 1, 2, …"""
    for page in _tables(pages):
        page.body.insert(0, ["A", "B", *range(1, len(page.header) - 1)])


def total_first(pages: list[Page]) -> None:
    """The total row above the rows it adds up."""
    for page in pages:
        page.has_total_first = True
        page.total[:1] = ["TỔNG SỐ"] if page.total else []


def section_row(pages: list[Page]) -> None:
    """A section's number and title above the rows."""
    for page in _tables(pages):
        if page.form is not PETITION:
            page.body.insert(0, ["I", SECTION])


def signature(pages: list[Page]) -> None:
    """A note and the signature block below the table."""
    for page in pages:
        note, office, name = SIGNATURE
        page.footer += [[], [note], [None, None, None, office], [None, None, None, name]]


def renamed_sheets(pages: list[Page]) -> None:
    """Sheets with names of the office's own, last one first."""
    for number, page in enumerate(pages):
        page.name = f"Biểu {number}"
    pages.reverse()


def reversed_columns(pages: list[Page]) -> None:
    """The last column first."""
    for page in _tables(pages):
        for row in (page.header, page.total, *page.body):
            row.reverse()


def extra_column(pages: list[Page]) -> None:
    """A column that the form does not have, in sheet 01."""
    for page in pages:
        if page.form is COMMUNE:
            page.header.append(Spoilt(_COLUMN_OF_ITS_OWN, "extra_column"))
            for row in page.body:
                row.append(3.5)


def text_numbers(pages: list[Page]) -> None:
    """Numbers typed as text, dots for thousands and a comma for decimals."""

    def typed(cell: Any) -> Any:
        if not isinstance(cell, (int, float)):
            return cell
        return f"{cell:,}".translate(str.maketrans(",.", ".,"))

    _change_cells(pages, typed)


def text_dates(pages: list[Page]) -> None:
    """Dates typed as text, dd/mm/yyyy."""
    _change_cells(pages, lambda cell: cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell)


def lost_zeros(pages: list[Page]) -> None:
    """Codes that a spreadsheet made numbers of."""

    def numbered(cell: Any) -> Any:
        return int(cell) if isinstance(cell, str) and cell.isdigit() and cell.startswith("0") else cell

    _change_cells(pages, numbered)


def older_tones(pages: list[Page]) -> None:
    """The tone on the second vowel: hoà, thuỷ."""

    def respelt(cell: Any) -> Any:
        if not isinstance(cell, str):
            return cell
        for new, old in _OLDER_TONES.items():
            cell = cell.replace(new, old)
        return cell

    _change_cells(pages, respelt)


def decomposed(pages: list[Page]) -> None:
    """Text in Unicode's decomposed form (NFD), as some keyboards write it."""
    _change_cells(pages, lambda cell: unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell)


# In the order in which they are applied: what is in the cells, then where the cells stand.
HABITS: dict[str, Habit] = {
    habit.__name__: habit
    for habit in (
        extra_column,
        lost_zeros,
        text_numbers,
        text_dates,
        older_tones,
        decomposed,
        total_first,
        section_row,
        index_row,
        reversed_columns,
        signature,
        letterhead,
        renamed_sheets,
    )
}
