"""Header spellings: the form's own headers and the known variants, as one lookup a sheet."""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from schemas.form.sheet import Sheet
from schemas.text import fold

_PUNCTUATION = re.compile(r"[^\w]+")
_LONGEST = 500  # characters of a header


def header_key(text: str) -> str:
    """The comparison key of a header: case, spacing, line breaks, punctuation and tone placement left out.

    Empty for a text of more than 500 characters: no office heads a column so, and each costs time to fold.
    """
    return _folded(text) if len(text) <= _LONGEST else ""


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return _PUNCTUATION.sub(" ", fold(text)).strip()


@cache
def _variants() -> list[dict[str, str]]:
    with (Path(__file__).parent / "header_variants.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def headers_of(sheet: Sheet) -> dict[str, str]:
    """Header key → column name of one sheet."""
    variants = {header_key(v["variant"]): v["column"] for v in _variants() if v["sheet"] == sheet.name}
    return variants | {header_key(column.header): column.name for column in sheet.columns}
