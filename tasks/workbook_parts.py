"""What calamine does not tell of a workbook: date epoch, what is hidden, cells without a value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tasks.cells import column_letters


@dataclass(frozen=True)
class SheetParts:
    """What is told of one sheet.

    `cells`: how many its used range takes up; `hidden`: in words for the clerk; `valueless`: by 0-based
    place, what these cells show.

    A valueless cell is a formula that no program has computed, or an error such as #N/A.
    """

    cells: int = 0
    hidden: tuple[str, ...] = ()
    valueless: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkbookParts:
    """Of one workbook: whether it counts days from 1904, and its sheets by name."""

    is_1904: bool = False
    sheets: Mapping[str, SheetParts] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        """How many cells the used ranges of all sheets take up."""
        return sum(sheet.cells for sheet in self.sheets.values())


def hidden_words(rows: Iterable[int], columns: Iterable[int]) -> tuple[str, ...]:
    """What is hidden, in words for the clerk; rows and columns are counted from 0."""
    said = (
        ("dòng", ", ".join(str(row + 1) for row in sorted(rows))),
        ("cột", ", ".join(column_letters(column) for column in sorted(columns))),
    )
    return tuple(f"{what} {which}" for what, which in said if which)
