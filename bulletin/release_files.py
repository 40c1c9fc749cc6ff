"""Everything readers are given beside the database, written from it: pages, PDF, workbook, CSV, Parquet."""

from pathlib import Path
from typing import Any

import duckdb

from bulletin.flat_files import write_flat_files
from bulletin.language import Language, language
from bulletin.page import bulletin_page, contents, drawn_charts, evidence_page
from bulletin.pdf import write_pdf
from bulletin.published import OutdatedRelease
from bulletin.workbook import write_workbook
from schemas.file_hash import sha256_of
from schemas.manifest import Link
from schemas.published.snapshot import reading
from schemas.published.tables import TABLES

LANGUAGES = ("vi", "en")


def write_bulletin(snapshot: Path, folder: Path, previous: Link | None) -> None:
    """Write the Board's files from the file of published tables into `folder`; equal tables give equal files.

    index.html is Vietnamese and index.en.html English; so are evidence.html and bulletin.pdf. Beside them
    scheme21.xlsx, csv/ and parquet/. `previous` is the manifest of the release before, which the pages
    name. Raises OutdatedRelease when another version of the program built the tables, ValueError when a
    table has more rows than a sheet of Excel holds.
    """
    with reading(snapshot) as reader:
        _assert_known(reader, snapshot)
        found = contents(reader, sha256_of(snapshot), previous)
        write_flat_files(reader, [table.name for table in TABLES], folder)
    write_workbook(snapshot, folder / "scheme21.xlsx")
    for code in LANGUAGES:
        _write_pages(found, language(code), folder)


def _assert_known(reader: duckdb.DuckDBPyConnection, snapshot: Path) -> None:
    columns = "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'snapshot'"
    built = set(reader.execute(columns).fetchall())
    known = {(table.name, column.name) for table in TABLES for column in table.columns}
    if built != known:
        raise OutdatedRelease(snapshot, sorted(f"{table}.{column}" for table, column in built ^ known))


def _write_pages(found: dict[str, Any], chosen: Language, folder: Path) -> None:
    charts = drawn_charts(found, chosen)
    pages = {"index": bulletin_page(found, charts, chosen), "evidence": evidence_page(found, chosen)}
    for name, page in pages.items():
        (folder / f"{name}{chosen.suffix}.html").write_text(page, encoding="utf-8")
    _ = chosen.translations.gettext
    write_pdf(
        bulletin_page(found, charts, chosen, is_print=True),
        folder / f"bulletin{chosen.suffix}.pdf",
        title=_("Bản tin Đề án 21"),
        author=_("Thành ủy Hà Nội · Ban Tổ chức"),
        made_at=found["edition"]["released_at"],
    )
