"""How offices write values: each change rewrites every cell of its kind in a book."""

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from schemas.form.sheet import FormColumn, Reader
from schemas.form.sheets import INFO
from tests.gallery.book import Book, Change
from tests.gallery.legacy_text import tcvn3, vni, windows_1258

_OLD_TONES = {"Hòa": "Hoà", "hòa": "hoà", "Thụy": "Thuỵ", "hóa": "hoá", "ủy": "uỷ"}
_NUMBERS = (Reader.COUNT, Reader.DECIMAL)


def in_cells(name: str, fits: Callable[[FormColumn], bool], rewrite: Callable[[Any], Any]) -> Change:
    """A change that rewrites every value of the columns that fit; empty cells stay empty."""

    def change(book: Book) -> None:
        for page in book.pages:
            for row, position, column in page.cells():
                if row[position] is not None and fits(column):
                    row[position] = rewrite(row[position])

    change.__name__ = name
    return change


def in_all_text(name: str, rewrite: Callable[[str], str]) -> Change:
    """A change that rewrites every text of every cell: titles, headers, labels and values."""

    def change(book: Book) -> None:
        for page in book.pages:
            for row in page.rows:
                row[:] = [rewrite(value) if isinstance(value, str) else value for value in row]

    change.__name__ = name
    return change


def _of(*readers: Reader) -> Callable[[FormColumn], bool]:
    return lambda column: column.reader in readers


def _dotted(number: float) -> str:
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def _if_number(rewrite: Callable[[float], Any]) -> Callable[[Any], Any]:
    return lambda value: rewrite(value) if isinstance(value, int | float) else value


def _if_day(rewrite: Callable[[date], Any]) -> Callable[[Any], Any]:
    return lambda value: rewrite(value) if isinstance(value, date) else value


def _if_text(rewrite: Callable[[str], str]) -> Callable[[Any], Any]:
    return lambda value: rewrite(value) if isinstance(value, str) else value


def _as_number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdigit() else value


def serial(day: date) -> int:
    """The day as Excel counts it from 1900."""
    return (day - date(1899, 12, 30)).days


text_numbers = in_cells("text_numbers", _of(*_NUMBERS), _if_number(_dotted))
blank_thousands = in_cells(
    "blank_thousands", _of(Reader.COUNT), _if_number(lambda n: f"{n:,}".replace(",", " "))
)
padded_numbers = in_cells("padded_numbers", _of(Reader.COUNT), _if_number(lambda n: f"\u00a0{n} "))
text_dates = in_cells("text_dates", _of(Reader.DATE), _if_day(lambda d: f"{d:%d/%m/%Y}"))
short_dates = in_cells("short_dates", _of(Reader.DATE), _if_day(lambda d: f"{d.day}/{d.month}/{d.year}"))
iso_dates = in_cells("iso_dates", _of(Reader.DATE), _if_day(str))
serial_dates = in_cells("serial_dates", _of(Reader.DATE), _if_day(serial))
lost_zeros = in_cells("lost_zeros", lambda c: c.reader is Reader.CODE or c.name == "unit_ref", _as_number)
capitals = in_cells("capitals", _of(Reader.TERM), _if_text(str.upper))
nfd = in_all_text("nfd", lambda text: unicodedata.normalize("NFD", text))
eth = in_all_text("eth", lambda text: text.replace("Đ", "Ð"))
non_breaking = in_all_text("non_breaking", lambda text: text.replace(" ", "\u00a0"))
line_breaks = in_cells("line_breaks", _of(Reader.TEXT), _if_text(lambda text: text.replace(" ", "\n", 1)))
in_tcvn3 = in_all_text("in_tcvn3", tcvn3)
in_vni = in_all_text("in_vni", vni)
in_windows_1258 = in_all_text(
    "in_windows_1258", lambda text: windows_1258(text).decode("windows-1252", "replace")
)


def _old_tone(text: str) -> str:
    for new, old in _OLD_TONES.items():
        text = text.replace(new, old)
    return text


old_tones = in_all_text("old_tones", _old_tone)


def _abbreviated(name: str) -> str:
    return name.replace("Phường ", "P. ").replace("Tổ dân phố ", "TDP số ")


abbreviations = in_cells(
    "abbreviations", lambda c: c.name in {"commune_name", "village_name", "unit_name"}, _abbreviated
)


def epoch_1904(book: Book) -> None:
    """The workbook counts its days from 1904, as Excel for the Macintosh did."""
    book.is_1904 = True


def typed_period(text: Any) -> Change:
    """The period as the office typed it."""
    return in_cells("typed_period", lambda c: c.name == "period" and c in INFO.columns, lambda _: text)
