"""Layout: which rows of a sheet are data, and what every other row is, so that none is lost in silence."""

import re

from schemas.form.sheet import FormColumn, Reader, Sheet
from schemas.form.sheets import NOTHING_AROSE, PETITION
from schemas.text import fold
from tasks.cells import Cell, text_of
from tasks.read import Grid
from tasks.values import read_value

_TOTAL = re.compile(r"(tổng cộng|tổng số|cộng|tổng)\b")
_ROMAN = re.compile(r"[ivxlc]+\.?")
_INDEX_NUMBER = re.compile(r"[0-9]{1,2}")
_INDEX_CELL = re.compile(r"\(?(?:[a-zđ]|[0-9]{1,2})\)?(?:\s*=.*)?")
# Index rows (A, B, 1, 2, …) stand right below the header.
_INDEX_ROWS = 3
# A value of these readers says what the row is about; of those, only how many.
_NAMING = (Reader.CODE, Reader.TERM, Reader.DATE)
_COUNTING = (Reader.COUNT, Reader.DECIMAL)


def classify_rows(grid: Grid, sheet: Sheet, positions: dict[str, int], header_row: int) -> list[str]:
    """Name each row: title, header, index, total, section, statement, note, blank or data.

    `header_row` is the 0-based last row of the header. A row is data unless it is certainly something else.
    """
    kinds = ["title" if any(map(text_of, row)) else "blank" for row in grid.rows[:header_row]]
    layout = _Layout(sheet, positions)
    below = grid.rows[header_row + 1 :]
    body = [layout.kind(row, may_be_index=r < _INDEX_ROWS) for r, row in enumerate(below)]
    last = next((r for r in reversed(range(len(below))) if layout.is_certainly_data(body[r], below[r])), -1)
    return [*kinds, "header", *_end_with_notes(body, last)]


class _Layout:
    """Reads the rows of one sheet below its header."""

    def __init__(self, sheet: Sheet, positions: dict[str, int]) -> None:
        self.sheet = sheet
        self.positions = positions
        placed = [column for column in sheet.columns if column.name in positions]
        self.naming = [(positions[c.name], c) for c in placed if c.reader in _NAMING]
        self.counting = [(positions[c.name], c) for c in placed if c.reader in _COUNTING]

    def kind(self, row: list[Cell], *, may_be_index: bool) -> str:
        """What the row is, judged by itself."""
        if may_be_index and _is_index([fold(text_of(cell)) for cell in row if text_of(cell)]):
            return "index"
        if _has_value(row, self.naming):
            return "data"
        texts = [fold(text_of(cell)) for cell in row if text_of(cell)]
        if not texts:
            return "blank"
        if _is_statement(self.sheet, texts):
            return "statement"
        if any(_TOTAL.match(text) for text in texts):
            return "total"
        is_numbered = bool(_ROMAN.fullmatch(texts[0]))
        if _has_value(row, self.counting):
            return "total" if is_numbered else "data"
        return "section" if is_numbered or len(texts) == 1 else "data"

    def is_certainly_data(self, kind: str, row: list[Cell]) -> bool:
        """Whether a row taken for data holds a value that only data holds, or fills half of the columns."""
        if kind != "data":
            return False
        filled = sum(1 for at in self.positions.values() if at < len(row) and text_of(row[at]))
        return 2 * filled >= len(self.positions) or _has_value(row, self.naming + self.counting)


def _has_value(row: list[Cell], columns: list[tuple[int, FormColumn]]) -> bool:
    return any(at < len(row) and read_value(row[at], column).value is not None for at, column in columns)


def _is_statement(sheet: Sheet, texts: list[str]) -> bool:
    return sheet is PETITION and any(fold(NOTHING_AROSE) in text for text in texts) and len(texts) <= 2


def _is_index(texts: list[str]) -> bool:
    numbers = [int(t) for t in texts if _INDEX_NUMBER.fullmatch(t)]
    is_counting = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
    return len(texts) >= 3 and is_counting and all(_INDEX_CELL.fullmatch(t) for t in texts)


def _end_with_notes(kinds: list[str], last: int) -> list[str]:
    # Below the last row that is certainly data stand notes and the signature block.
    return ["note" if r > last and kind in {"data", "section"} else kind for r, kind in enumerate(kinds)]
