"""The data dictionary: docs/dictionary.md, written from the contracts and the SQL, never by hand."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from schemas.faults import catalogue
from schemas.form.form import RETURN, UNIT_CHANGES, all_sheets
from schemas.form.sheet import Sheet
from schemas.published.table import PublishedTable
from schemas.published.tables import TABLES
from schemas.vocabularies import Vocabulary
from tasks.lineage import meaning
from warehouse.runner import dependencies, read_selects

DICTIONARY = Path(__file__).parent.parent / "docs" / "dictionary.md"
# Lists that have sections of their own, by the anchor GitHub gives the section's heading.
_ANCHOR = {"fault": "các-lỗi--faults", "form_sheet": "biểu-mẫu-báo-cáo--the-reporting-form"}
_OPENING = """# Từ điển dữ liệu · Data dictionary

Tệp này do `python -m tasks.dictionary` viết ra từ `schemas/` và `warehouse/`; không sửa tay.
This file is written by `python -m tasks.dictionary` from `schemas/` and `warehouse/`; do not edit it.
"""
_LINEAGE = """Mũi tên đi từ bảng được đọc đến bảng được tính; suy ra từ chính các câu lệnh SQL.
An arrow runs from a table that is read to the table computed from it, as parsed from the SQL itself.
"""
_UNIT_CHANGES = f"""Gửi vào thư mục `{UNIT_CHANGES.folder}` của hộp nhận. Nhận cả tệp hoặc trả lại cả tệp;
muốn sửa thì gửi lại đúng phiếu đó với Lần nộp cao hơn. Phiếu trắng: `scheme21 template --unit-changes`.
It goes into the folder `{UNIT_CHANGES.folder}` of the inbox and is taken whole or not at all; a later version
of the same document, with a higher sequence, stands in its place.
"""


def render() -> str:
    """The whole dictionary as Markdown: published tables, lineage, the forms, closed lists, faults."""
    parts = [
        _OPENING,
        "## Bảng công bố · Published tables\n",
        "\n".join(f"- [{table.name}](#{table.name}): {table.title} · {table.en}" for table in TABLES) + "\n",
        *(_published(table) for table in TABLES),
        "## Nguồn gốc số liệu · Lineage\n",
        _LINEAGE,
        _lineage(),
        "## Biểu mẫu báo cáo · The reporting form\n",
        *(_sheet(sheet) for sheet in RETURN.sheets),
        "## Phiếu thay đổi đơn vị · The unit change file\n",
        _UNIT_CHANGES,
        *(_sheet(sheet) for sheet in UNIT_CHANGES.sheets),
        "## Danh mục · Closed lists\n",
        *(_vocabulary(vocabulary) for vocabulary in vocabularies()),
        "## Các lỗi · Faults\n",
        _faults(),
    ]
    return "\n".join(parts)


def _published(table: PublishedTable) -> str:
    key = ", ".join(f"`{name}`" for name in table.key) or "—"
    columns = _table(
        ("Cột · column", "Kiểu · type", "Tiêu đề · header", "Tiếng Việt", "English"),
        (
            (f"`{c.name}`", _type(c.sql_type, c.vocabulary, c.nullable), c.header, c.vi, c.en)
            for c in table.columns
        ),
    )
    vi, en = table.grain
    rules = "\n".join(f"- {vi}\n  {en}" for vi, en in table.rules)
    return (
        f"### {table.name}\n\n{table.title}. {table.en}.\n\n"
        f"- Một dòng là {vi}. One row is {en}.\n- Khóa · key: {key}\n\n{columns}\n"
        f"Quy tắc · rules:\n\n{rules}\n\nVí dụ · example:\n\n```sql\n{table.example}\n```\n"
    )


def _lineage() -> str:
    selects = read_selects()
    with duckdb.connect() as parser:
        reads = dependencies(parser, selects)
    steps = sorted(name for name in selects if name.startswith("intermediate."))
    meanings = _table(
        ("Bảng trung gian · intermediate table", "Meaning"),
        ((f"`{name}`", meaning(selects[name])) for name in steps),
    )
    return "\n".join(["```mermaid", "graph LR", *_graph(reads), "```", "", meanings])


def _graph(reads: dict[str, set[str]]) -> Iterator[str]:
    names = sorted(set(reads).union(*reads.values()))
    for schema in ("reference", "ledger", "core", "register", "settled", "intermediate", "marts"):
        yield f"  subgraph {schema}"
        for name in names:
            if name.startswith(f"{schema}."):
                yield f"    {_node(name)}[{name.removeprefix(f'{schema}.')}]"
        yield "  end"
    for target in sorted(reads):
        yield from (f"  {_node(source)} --> {_node(target)}" for source in sorted(reads[target]))


def _node(name: str) -> str:
    return name.replace(".", "_")


def _sheet(sheet: Sheet) -> str:
    columns = _table(
        ("Tiêu đề · header", "Cột · column", "Kiểu · type", "English"),
        (
            (c.header, f"`{c.name}`", _type(c.reader.value, c.vocabulary, c.nullable), c.en)
            for c in sheet.columns
        ),
    )
    return f"### {sheet.name}\n\n{sheet.title}. {sheet.en}.\n\n{columns}"


def vocabularies() -> list[Vocabulary]:
    """The closed lists that forms and tables use, by name; faults and sheets have sections of their own."""
    asked = (column.vocabulary for sheet in all_sheets() for column in sheet.columns)
    published = (column.vocabulary for table in TABLES for column in table.columns)
    named = {v.name: v for v in (*asked, *published) if v is not None and v.name not in _ANCHOR}
    return [named[name] for name in sorted(named)]


def _vocabulary(vocabulary: Vocabulary) -> str:
    rows = ((f"`{term.code}`", term.vi, term.en) for term in vocabulary.terms)
    return f"### {vocabulary.name}\n\n{_table(('Mã · code', 'Tiếng Việt', 'English'), rows)}"


def _faults() -> str:
    return _table(
        ("Lỗi · fault", "Mức · level", "Nghĩa · meaning", "Cách sửa · mend", "Căn cứ · source"),
        (
            (f"`{f.name}`", f.level, f"{f.vi} · {f.en}", f"{f.remedy_vi} · {f.remedy_en}", f.source)
            for f in catalogue().values()
        ),
    )


def _type(kind: str, vocabulary: Vocabulary | None, nullable: bool) -> str:
    listed = f", [{vocabulary.name}](#{_ANCHOR.get(vocabulary.name, vocabulary.name)})" if vocabulary else ""
    return f"{kind}{listed}" + (", có thể trống · may be empty" if nullable else "")


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(_lines(header, rows)) + "\n"


def _lines(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


if __name__ == "__main__":
    DICTIONARY.write_text(render(), encoding="utf-8")
