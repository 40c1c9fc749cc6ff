"""The bulletin on A4 paper: the same page, set by PlutoPrint, whose wheel brings its whole engine along."""

from datetime import datetime
from pathlib import Path


def write_pdf(page: str, path: Path, title: str, author: str, made_at: datetime) -> None:
    """Write the HTML `page` as an A4 PDF; equal pages give equal files, dated `made_at` (Hanoi time)."""
    import plutoprint

    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4, plutoprint.PAGE_MARGINS_NONE, plutoprint.MEDIA_TYPE_PRINT)
    # A page's links within itself need an address to be complete.
    book.load_html(page, base_url="about:bulletin")
    stamp = f"{made_at:%Y-%m-%dT%H:%M:%S}+07:00"
    book.set_metadata(plutoprint.PDF_METADATA_TITLE, title)
    book.set_metadata(plutoprint.PDF_METADATA_AUTHOR, author)
    book.set_metadata(plutoprint.PDF_METADATA_CREATION_DATE, stamp)
    book.set_metadata(plutoprint.PDF_METADATA_MODIFICATION_DATE, stamp)
    book.write_to_pdf(str(path))
