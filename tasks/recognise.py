"""Recognising: which sheet of the form a grid is, where its columns stand, what each of its rows is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from schemas.form.form import RETURN, Form
from schemas.form.headers import header_key, headers_of
from schemas.form.sheet import Sheet
from schemas.form.sheets import SIMULATED_MARK
from schemas.text import fold
from tasks.answer_sheet import ANSWER_SHEET
from tasks.cells import Cell, text_of
from tasks.layout import classify_rows
from tasks.read import Grid

_HEADER_SEARCH_ROWS = 40
# What may be the header of a column, as it is written and as its comparison key; a column may offer several.
_Spellings = list[tuple[str, str]]
_LABELS_NEEDED = 4


@dataclass(frozen=True)
class Header:
    """A recognised header: `positions` and `extra` (unknown headers) by 0-based column."""

    positions: dict[str, int]
    last_row: int
    extra: dict[int, str]


@dataclass(frozen=True)
class RecognisedSheet:
    """One sheet of a file. `kinds[r]` says what row r+1 is: 'data' or a kind of layout.

    `cells` holds, for sheet 00 only, column name → 0-based (row, column) of its value.
    """

    grid: Grid
    form: Sheet | None
    kinds: list[str]
    header: Header | None = None
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def is_simulated(self) -> bool:
        """Whether a title of the sheet says that its figures are simulated."""
        mark = fold(SIMULATED_MARK)
        titles = (row for row, kind in zip(self.grid.rows, self.kinds, strict=True) if kind == "title")
        return any(fold(text_of(cell)).startswith(mark) for row in titles for cell in row)


def recognise(grids: list[Grid], form: Form = RETURN) -> list[RecognisedSheet]:
    """Recognise every sheet of one file; one that is none of the form's has `form` None and is all layout."""
    sheets = [_recognise_sheet(grid, form) for grid in grids]
    first_info = next((sheet for sheet in sheets if sheet.form is form.info), None)
    # A file says once who reports: a second sheet 00 is none of the form's.
    return [_foreign(s.grid) if s.form is form.info and s is not first_info else s for s in sheets]


def _recognise_sheet(grid: Grid, form: Form) -> RecognisedSheet:
    if grid.name == ANSWER_SHEET:
        return _foreign(grid)
    info_cells = _find_labels(grid, form.info)
    if len(info_cells) >= _LABELS_NEEDED:
        return RecognisedSheet(grid, form.info, _info_kinds(grid, info_cells), cells=info_cells)
    sheet, header = _find_header(grid, form.tables)
    if len(header.positions) < max(2, len(sheet.columns) // 2):
        return _foreign(grid)
    return RecognisedSheet(grid, sheet, classify_rows(grid, sheet, header.positions, header.last_row), header)


def _foreign(grid: Grid) -> RecognisedSheet:
    return RecognisedSheet(grid, None, [_foreign_kind(grid, row) for row in grid.rows])


def _foreign_kind(grid: Grid, row: list[Cell]) -> str:
    if not any(map(text_of, row)):
        return "blank"
    return "answer" if grid.name == ANSWER_SHEET else "other_sheet"


def _find_labels(grid: Grid, info: Sheet) -> dict[str, tuple[int, int]]:
    labels = headers_of(info)
    cells: dict[str, tuple[int, int]] = {}
    for r, row in enumerate(grid.rows[:_HEADER_SEARCH_ROWS]):
        for c, cell in enumerate(row):
            name = labels.get(header_key(cell)) if isinstance(cell, str) else None
            if name is not None and name not in cells:
                filled = (k for k in range(c + 1, len(row)) if text_of(row[k]))
                cells[name] = (r, next(filled, c + 1))
    return cells


def _info_kinds(grid: Grid, cells: dict[str, tuple[int, int]]) -> list[str]:
    labelled = {row for row, _ in cells.values()}
    return [
        "data" if r in labelled else "title" if any(map(text_of, row)) else "blank"
        for r, row in enumerate(grid.rows)
    ]


def _find_header(grid: Grid, tables: tuple[Sheet, ...]) -> tuple[Sheet, Header]:
    best, best_share = (tables[0], Header({}, -1, {})), 0.0
    for columns, last_row in _header_candidates(grid):
        for sheet in tables:
            header = _match(sheet, columns, last_row)
            share = len(header.positions) / len(sheet.columns)
            if share > best_share:
                best, best_share = (sheet, header), share
        if best_share == 1:
            break
    return best


def _header_candidates(grid: Grid) -> Iterator[tuple[list[_Spellings], int]]:
    # A title above a header is not its upper row: two rows are tried after every row alone.
    rows = [[text_of(cell) for cell in row] for row in grid.rows[:_HEADER_SEARCH_ROWS]]
    for r, texts in enumerate(rows):
        yield [_spelt(text) for text in texts], r
    for r, (upper, lower) in enumerate(pairwise(rows)):
        if any(upper) and any(lower):
            yield [_spelt(*texts) for texts in _two_row_header(upper, lower)], r + 1


def _spelt(*texts: str) -> _Spellings:
    return [(text, header_key(text)) for text in texts if text]


def _two_row_header(upper: list[str], lower: list[str]) -> list[list[str]]:
    # A merged upper cell speaks for the columns to its right that have a lower text of their own.
    texts, parent = [], ""
    for above, below in zip(upper, lower + [""] * (len(upper) - len(lower)), strict=False):
        parent = above or (parent if below else "")
        texts.append([f"{parent} {below}", below, above] if below else [above])
    return texts


def _match(sheet: Sheet, columns: list[_Spellings], last_row: int) -> Header:
    known = headers_of(sheet)
    positions: dict[str, int] = {}
    extra: dict[int, str] = {}
    for c, spellings in enumerate(columns):
        names = (known.get(key) for _, key in spellings)
        name = next((n for n in names if n is not None and n not in positions), None)
        if name is not None:
            positions[name] = c
        elif spellings:
            extra[c] = spellings[0][0]
    return Header(positions, last_row, extra)
