"""A form: the sheets that a file of one kind has, and what becomes of it when a row is at fault."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schemas.form.sheet import Sheet
from schemas.form.sheets import INFO, TABLE_SHEETS
from schemas.form.unit_changes import UNIT_CHANGE, UNIT_CHANGE_INFO


@dataclass(frozen=True)
class Form:
    """One kind of file.

    `info` is its sheet of labels and values. `folder` is where in the inbox its files land; returns land in
    their districts' folders. A file of a form that `is_whole` is taken whole or not at all: any fault but a
    warning sends all of it back.
    """

    name: str
    info: Sheet
    tables: tuple[Sheet, ...]
    folder: str = ""
    is_whole: bool = False

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """All sheets, the one of labels first."""
        return (self.info, *self.tables)


RETURN = Form("return", INFO, TABLE_SHEETS)
UNIT_CHANGES = Form("unit_change", UNIT_CHANGE_INFO, (UNIT_CHANGE,), folder="don-vi", is_whole=True)
FORMS = (RETURN, UNIT_CHANGES)


def all_sheets() -> Iterator[Sheet]:
    """The sheets of every form."""
    for form in FORMS:
        yield from form.sheets


@cache
def headers() -> dict[str, dict[str, str]]:
    """Sheet → column → its header, in every form."""
    return {sheet.name: {column.name: column.header for column in sheet.columns} for sheet in all_sheets()}
