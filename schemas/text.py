"""Vietnamese text: one spelling for storing (NFC), one folded key for comparing, one harmless one to show."""

import re
import unicodedata
from functools import lru_cache

# Both placements of the tone on oa, oe, uy are in official use (Hoà, Hòa); the key has one of them.
_OPEN_GLIDE = re.compile(r"(?P<first>[ou])(?P<second>[aey])(?P<tone>[\u0300\u0301\u0303\u0309\u0323])(?!\w)")
# What a spreadsheet takes for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_LOOK_ALIKE = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "\u00a0": " ", "\u200b": "", "\ufeff": ""})
# Names and words come again in every row and every file; what is longer is a remark, and comes once.
_LENGTH_OF_A_NAME, _NAMES_KEPT = 200, 20_000


def tidy(text: str) -> str:
    """Return `text` in NFC with look-alike letters mended and every run of white space as one blank."""
    return _tidy_name(text) if len(text) <= _LENGTH_OF_A_NAME else _tidy(text)


def fold(text: str) -> str:
    """Return the comparison key: `tidy`, lower case, tone moved to the first vowel of a final oa, oe, uy.

    Accents are kept: without them names of different units would collide.
    """
    return _folded_name(text) if len(text) <= _LENGTH_OF_A_NAME else _folded(text)


def visible(text: str) -> str:
    """Return `text` on one line with everything that prints nothing written out: `⟨U+202E⟩`.

    For what others wrote (names of files, cells, errors) and we show: control characters steer a terminal,
    direction marks turn a name round, a line break forges the next line. A line break, which offices type in
    cells every day, is `↵`.
    """
    if text.isprintable():
        return text
    return "".join(map(_shown, _LINE_BREAK.sub("↵", text)))


def printed(value: object) -> object:
    """What a template prints of `value`: text made `visible`; markup of our own and all else as it is."""
    return visible(value) if type(value) is str else value


def _tidy(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_LOOK_ALIKE))
    return " ".join(text.split())


def _folded(text: str) -> str:
    tidied = _tidy(text).casefold()
    if tidied.isascii():
        return tidied
    decomposed = unicodedata.normalize("NFD", tidied)
    moved = _OPEN_GLIDE.sub(r"\g<first>\g<tone>\g<second>", decomposed)
    return unicodedata.normalize("NFC", moved)


_tidy_name = lru_cache(_NAMES_KEPT)(_tidy)
_folded_name = lru_cache(_NAMES_KEPT)(_folded)


def _shown(character: str) -> str:
    is_shown = character.isprintable() or unicodedata.category(character) == "Zs"
    return character if is_shown else f"⟨U+{ord(character):04X}⟩"
