"""Legacy fonts: TCVN3, VNI, VISCII, VPS, Windows-1258, told apart a file at a time by what then matches."""

import re
from collections.abc import Callable, Iterable, Set
from functools import cache, partial

from viparse.normalize.encodings import CHARMAPS
from viparse.normalize.tables import Charmap, convert

from schemas.form.form import all_sheets
from schemas.form.headers import header_key, headers_of
from schemas.text import fold
from tasks.cells import Cell
from tasks.mended import UNCOMPUTED, AmbiguousText, DecodedText
from tasks.read import Grid

# VNI writes ỵ as one code, which the library's table lacks.
_VNI_ADDITIONS = (("î", "ỵ"), ("Î", "Ỵ"))
# Letters and marks that only true Unicode text holds: the fonts' codes all lie below or beside them.
_VIETNAMESE_LETTER = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300-\u0323]")
_CHARMAPS = CHARMAPS | {"vni": Charmap("vni", (*CHARMAPS["vni"].pairs, *_VNI_ADDITIONS))}
# A file is only re-read when at least so many of its words make sense that did not before.
_WORDS_NEEDED = 3


def decode_legacy(grids: list[Grid], names: Set[str]) -> list[Grid]:
    """Decode the file as a whole in the one encoding under which most of its words are known.

    `names` are the folded names of the district's register; the form's own words are known besides. A file
    that reads best as it is comes back as it is. Cells that already are a known word are left alone. In a
    file that mixes a font with Unicode, text that could be either and is no known word is AmbiguousText.
    """
    known = _form_words() | names
    texts = {c for g in grids for row in g.rows for c in row if isinstance(c, str) and not c.isascii()}
    foreign = {text for text in texts if not _is_unicode(text) and not _is_known(text, known)}
    scores = {name: _score(foreign, decode, known) for name, decode in _DECODERS.items()}
    best = max(scores, key=lambda name: scores[name])
    is_clear = list(scores.values()).count(scores[best]) == 1
    if scores[best] < _WORDS_NEEDED or not is_clear:
        return grids
    is_mixed = any(_is_unicode(text) and not _is_known(text, known) for text in texts - {UNCOMPUTED})
    decoded = _decoded(foreign, best, known, is_mixed=is_mixed)
    return [g.with_rows([[_mended(c, decoded) for c in row] for row in g.rows]) for g in grids]


def _mended(cell: Cell, decoded: dict[str, str]) -> Cell:
    return decoded.get(cell, cell) if isinstance(cell, str) else cell


def _decoded(foreign: Set[str], encoding: str, known: Set[str], *, is_mixed: bool) -> dict[str, str]:
    readings = {text: _DECODERS[encoding](text) for text in foreign}
    return {
        text: DecodedText.of(reading, text, encoding)
        if not is_mixed or _is_known(reading, known)
        else AmbiguousText(text)
        for text, reading in readings.items()
        if reading is not None
    }


def _score(texts: Iterable[str], decode: Callable[[str], str | None], known: Set[str]) -> int:
    decoded = (decode(text) for text in texts)
    return sum(1 for text in decoded if text is not None and _is_known(text, known))


def _is_known(text: str, known: Set[str]) -> bool:
    return fold(text) in known or header_key(text) in known


@cache
def _form_words() -> frozenset[str]:
    headers = {key for sheet in all_sheets() for key in headers_of(sheet)}
    lists = [column.vocabulary for sheet in all_sheets() for column in sheet.columns if column.vocabulary]
    return frozenset(headers | {spelling for vocabulary in lists for spelling in vocabulary.by_spelling})


def _is_unicode(text: str) -> bool:
    return _VIETNAMESE_LETTER.search(text) is not None


def _from_windows_1258(text: str) -> str | None:
    try:
        return text.encode("cp1252").decode("cp1258")
    except UnicodeError:
        return None


_DECODERS: dict[str, Callable[[str], str | None]] = {
    **{name: partial(convert, charmap=charmap) for name, charmap in _CHARMAPS.items()},
    "windows-1258": _from_windows_1258,
}
