"""Mutants: returns spoilt at random, in their bytes, their parts, their cells or their layout; all seeded."""

import random
from dataclasses import dataclass

from tests.campaigns.book_edits import CHANGES
from tests.campaigns.byte_spoils import SPOILS
from tests.campaigns.clean_returns import DISTRICTS, clean_book
from tests.gallery import layouts
from tests.gallery.old_formats import ods, xls
from tests.gallery.writers import Write, xlsm, xlsx, zip_of_csv

_WRITERS: tuple[Write, ...] = (
    *[xlsx] * 6,
    xlsm,
    xls,
    ods,
    zip_of_csv("utf-8-sig"),
    zip_of_csv("windows-1258"),
)
_LAYOUTS = (
    *(layouts.title_rows, layouts.two_row_header, layouts.index_row, layouts.sections(subtotals="below")),
    *(layouts.total("Tổng cộng"), layouts.notes_and_signature, layouts.renamed_sheets, layouts.hidden_rows),
)


@dataclass(frozen=True)
class Mutant:
    """One spoilt file: reproduced by its campaign's seed and its number."""

    number: int
    kind: str
    district: str
    content: bytes

    @property
    def name(self) -> str:
        """The file's name; what it is, is told by its bytes alone."""
        return f"{self.number:05d}-{self.kind}.xlsx"


def mutant(seed: int, number: int) -> Mutant:
    """The mutant of that number; equal arguments give equal bytes."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - chance, not a secret
    district = DISTRICTS[number % len(DISTRICTS)]
    kind = chance.choice(sorted({**CHANGES, **SPOILS}))
    book = clean_book(district)
    for layout in chance.sample(_LAYOUTS, chance.randint(0, 3)):
        layout(book)
    for _ in range(chance.choice((1, 1, 1, 2, 5, 20)) if kind in CHANGES else 0):
        CHANGES[kind](chance, book)
    for page in book.pages if kind in CHANGES else []:
        page.merged = []  # they would stand where the rows no longer are
    content = chance.choice(_WRITERS)(book)
    for _ in range(chance.choice((1, 1, 2, 5)) if kind in SPOILS else 0):
        content = SPOILS[kind](chance, content)
    return Mutant(number, kind, district, content)
