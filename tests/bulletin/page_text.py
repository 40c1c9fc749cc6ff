"""A page as a reader sees it: its visible text, and its tables by id, each cell's text."""

import shutil
from html.parser import HTMLParser
from pathlib import Path

import duckdb

from bulletin.language import language
from bulletin.page import bulletin_page, contents
from schemas.published.snapshot import reading

_UNSEEN = {"style", "script", "title"}
_VOID = {"meta", "link", "br", "circle", "path", "rect", "line"}


class Page(HTMLParser):
    """`text` is what can be read; `tables` maps a table's id to its rows of cell texts, header row first."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self._open: list[str] = []
        self._table: str | None = None
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def column(self, table: str, at: int) -> list[str]:
        """The cells below the header of one column."""
        return [row[at] for row in self.tables[table][1:]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "table":
            self._table = dict(attrs).get("id")
            self.tables[str(self._table)] = []
        if self._table and tag == "tr":
            self.tables[self._table].append([])
        if self._table and tag in {"td", "th"}:
            self.tables[self._table][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self._open.pop() == tag, tag
        if tag == "table":
            self._table = None

    def handle_data(self, data: str) -> None:
        if _UNSEEN & set(self._open):
            return
        self.texts.append(data)
        if self._table and {"td", "th"} & set(self._open):
            cells = self.tables[self._table][-1]
            cells[-1] = f"{cells[-1]} {data}".strip()


def spoilt(candidate: Path, folder: Path, *statements: str) -> Page:
    """The Vietnamese page after the tables were changed."""
    changed = Path(shutil.copyfile(candidate, folder / "changed.duckdb"))
    with duckdb.connect(str(changed)) as writer:
        for statement in statements:
            writer.execute(statement)
    with reading(changed) as reader:
        return Page(bulletin_page(contents(reader, "0" * 64, None), {}, language("vi")))
