"""A return as its clerk is still typing it: cells that can be changed, and sheets that can be laid out."""

from dataclasses import dataclass, field
from typing import Any

from schemas.form.sheet import Reader, Sheet
from schemas.form.sheets import INFO, NOTHING_AROSE, PETITION, TABLE_SHEETS
from tasks.form_workbook import TOTAL, FormContents

Row = dict[str, Any]


@dataclass(frozen=True)
class Spoilt:
    """A cell that holds `value` in which `fault` was planted."""

    value: Any
    fault: str


@dataclass
class Draft:
    """The cells of a return: `info` by column name; `rows` by table, each row by column name."""

    info: Row
    rows: dict[str, list[Row]]
    banner: str
    is_without_petitions: bool
    dropped_sheet: str = ""
    dropped_column: tuple[str, str] = ("", "")
    wrong_total: tuple[str, str] = ("", "")

    @classmethod
    def of(cls, contents: FormContents) -> "Draft":
        """The draft that says what `contents` says."""
        return cls(
            info={c.name: contents.info.get(c.name) for c in INFO.columns},
            rows={sheet.table: _as_rows(contents.cells(sheet)) for sheet in TABLE_SHEETS},
            banner=contents.banner,
            is_without_petitions=contents.declared_no_petitions,
        )


def _as_rows(cells: dict[str, list[Any]]) -> list[Row]:
    return [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


@dataclass
class Page:
    """A worksheet before it is written; `total` is empty where the sheet has no total row.

    `readers` has one entry a column of `header` and `body`; sheet 00 has no header.
    """

    form: Sheet
    name: str
    heading: list[list[Any]]
    header: list[Any]
    readers: list[Reader]
    body: list[list[Any]]
    total: list[Any] = field(default_factory=list)
    footer: list[list[Any]] = field(default_factory=list)
    has_total_first: bool = False

    @property
    def grid(self) -> list[list[Any]]:
        """All rows from the top."""
        header = [self.header] if self.header else []
        total = [self.total] if self.total else []
        middle = total + self.body if self.has_total_first else self.body + total
        return [*self.heading, *header, *middle, *self.footer]


def lay_out(draft: Draft) -> list[Page]:
    """The sheets of `draft` in the form's own layout."""
    pages = [_info_page(draft), *(_table_page(draft, sheet) for sheet in TABLE_SHEETS)]
    return [page for page in pages if page.form.table != draft.dropped_sheet]


def _info_page(draft: Draft) -> Page:
    body = [[c.header, draft.info[c.name]] for c in INFO.columns]
    readers = [Reader.TEXT, Reader.TEXT]
    return Page(INFO, INFO.name, [[INFO.title], [draft.banner]], [], readers, body)


def _table_page(draft: Draft, sheet: Sheet) -> Page:
    columns = [c for c in sheet.columns if (sheet.table, c.name) != draft.dropped_column]
    body = [[row[c.name] for c in columns] for row in draft.rows[sheet.table]]
    if sheet is PETITION and draft.is_without_petitions:
        body = [[NOTHING_AROSE, *[None] * (len(columns) - 1)]]
    page = Page(
        form=sheet,
        name=sheet.name,
        heading=[[sheet.title], [draft.banner]],
        header=[c.header for c in columns],
        readers=[c.reader for c in columns],
        body=body,
    )
    page.total = _total(page, [c.name for c in columns], draft.wrong_total)
    return page


def _total(page: Page, names: list[str], wrong: tuple[str, str]) -> list[Any]:
    """The total row; none where a cell is spoilt, so that the planted fault stays the only one."""
    cells = [cell for row in page.body for cell in row]
    if Reader.COUNT not in page.readers or len(page.body) < 2 or any(isinstance(c, Spoilt) for c in cells):
        return []
    total: list[Any] = [TOTAL]
    for position, reader in enumerate(page.readers[1:], 1):
        if reader is not Reader.COUNT:
            total.append(None)
            continue
        counted = sum(row[position] or 0 for row in page.body)
        is_wrong = (page.form.table, names[position]) == wrong
        total.append(Spoilt(counted + 10, "control_total_mismatch") if is_wrong else counted)
    return total
