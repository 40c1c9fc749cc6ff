"""Names of units: the key under which an office's spelling and the register's are the same name."""

import re

from schemas.text import fold

# Abbreviations stand for the kind, which is part of a commune's name.
_COMMUNE_KINDS = (
    (re.compile(r"^(?:p\.|p(?=\s)|ph\.)\s*"), "phường "),
    (re.compile(r"^(?:x\.|x(?=\s))\s*"), "xã "),
    (re.compile(r"^(?:tt\.|tt(?=\s))\s*"), "thị trấn "),
)
# A village's kind has a column of its own, so that its key is the bare name.
_VILLAGE_KIND = re.compile(r"^(?:thôn|tổ dân phố|tdp\.?|tổ)\s+(?:số\s+)?")
_LEADING_ZEROS = re.compile(r"\b0+(?=\d)")


def commune_key(name: str) -> str:
    """`P. Phúc Xá` and `Phường Phúc Xá` → `phường phúc xá`."""
    key = fold(name)
    for abbreviation, kind in _COMMUNE_KINDS:
        key = abbreviation.sub(kind, key)
    return key


def village_key(name: str) -> str:
    """`TDP số 05`, `Tổ dân phố 5` and `Tổ 5` → `5`."""
    return _LEADING_ZEROS.sub("", _VILLAGE_KIND.sub("", fold(name)))
