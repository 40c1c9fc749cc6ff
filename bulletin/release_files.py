"""Everything readers are given beside the database, written from it: pages, PDF, workbook, CSV, Parquet."""

import hashlib
from pathlib import Path
from typing import Any

from bulletin.language import Language, language
from bulletin.page import bulletin_page, contents, evidence_page
from bulletin.pdf import write_pdf
from bulletin.published import reading

LANGUAGES = ("vi", "en")


def write_bulletin(snapshot: Path, folder: Path) -> None:
    """Write the Board's files from the file of published tables into `folder`; equal tables give equal files.

    index.html is Vietnamese and index.en.html English; so are evidence.html and bulletin.pdf.
    """
    with reading(snapshot) as reader:
        found = contents(reader, hashlib.sha256(snapshot.read_bytes()).hexdigest())
    for code in LANGUAGES:
        _write_pages(found, language(code), folder)


def _write_pages(found: dict[str, Any], chosen: Language, folder: Path) -> None:
    pages = {"index": bulletin_page(found, chosen), "evidence": evidence_page(found, chosen)}
    for name, page in pages.items():
        (folder / f"{name}{chosen.suffix}.html").write_text(page, encoding="utf-8")
    _ = chosen.translations.gettext
    write_pdf(
        bulletin_page(found, chosen, is_print=True),
        folder / f"bulletin{chosen.suffix}.pdf",
        title=_("Bản tin Đề án 21"),
        author=_("Thành ủy Hà Nội · Ban Tổ chức"),
        made_at=found["edition"]["released_at"],
    )
