"""Spoilt bytes: of a whole file, of the parts of a zipped one, of the XML in them."""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable

Spoil = Callable[[random.Random, bytes], bytes]
_VALUES = (
    "",
    "-1",
    "0",
    "1",
    "99999",
    "4294967296",
    "true",
    "A1",
    "XFD1048576",
    "ZZZZ99999999",
    "x",
    "NaN",
    "s",
    "e",
)
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_REPEATED = (16_384, 1_048_576, 2**31, 10**12)
_FAR = (b"XFD1048576", b"ZZZZ99999999", b"XFD1", b"A1048576", b"A4294967296", b"ALL200000")
_VALUE = re.compile(rb"<v>([^<]*)</v>")


def _flip(chance: random.Random, content: bytes) -> bytes:
    flipped = bytearray(content)
    for _ in range(chance.choice((1, 3, 30)) if flipped else 0):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _truncate(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _splice(chance: random.Random, content: bytes) -> bytes:
    at, size = chance.randrange(len(content) + 1), chance.randint(1, 2000)
    return content[:at] + chance.choice((b"", chance.randbytes(size), content[:size])) + content[at + size :]


def _in_parts(spoil: Callable[[random.Random, dict[str, bytes]], list[tuple[str, bytes]]]) -> Spoil:
    """Spoil the parts of a zipped file; any other file has its bytes flipped."""

    def change(chance: random.Random, content: bytes) -> bytes:
        if not zipfile.is_zipfile(io.BytesIO(content)):
            return _flip(chance, content)
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        buffer = io.BytesIO()
        with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
            warnings.filterwarnings("ignore", "Duplicate name", UserWarning)
            for name, part in spoil(chance, parts) if parts else []:
                new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    return change


def _one_part(spoil: Spoil) -> Spoil:
    def change(chance: random.Random, parts: dict[str, bytes]) -> list[tuple[str, bytes]]:
        name = chance.choice(sorted(parts))
        return list((parts | {name: spoil(chance, parts[name])}).items())

    return _in_parts(change)


def _drop(chance: random.Random, parts: dict[str, bytes]) -> list[tuple[str, bytes]]:
    dropped = chance.choice(sorted(parts))
    return [(name, part) for name, part in parts.items() if name != dropped]


def _double(chance: random.Random, parts: dict[str, bytes]) -> list[tuple[str, bytes]]:
    name = chance.choice(sorted(parts))
    again = chance.choice((name, f"copy/{name}", name.upper(), f"../{name}"))
    return [*parts.items(), (again, parts[name])]


def _swap(chance: random.Random, parts: dict[str, bytes]) -> list[tuple[str, bytes]]:
    one, other = chance.choices(sorted(parts), k=2)
    return list((parts | {one: parts[other], other: parts[one]}).items())


def _replace_one(pattern: re.Pattern[bytes], group: int) -> Spoil:
    def change(chance: random.Random, part: bytes) -> bytes:
        found = list(pattern.finditer(part))
        if not found:
            return part
        match = chance.choice(found)
        return part[: match.start(group)] + chance.choice(_VALUES).encode() + part[match.end(group) :]

    return change


def _spread(chance: random.Random, parts: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """A cell so far away, or repeated so often, that its sheet would not fit into any memory."""
    sheets = [name for name, part in parts.items() if b"<sheetData" in part or b"<table:table" in part]
    name = chance.choice(sorted(sheets) or sorted(parts))
    part = re.sub(rb'<c r="\w+"', b'<c r="%s"' % chance.choice(_FAR), parts[name], count=chance.randint(1, 3))
    cells = b'<table:table-cell table:number-columns-repeated="%d"' % chance.choice(_REPEATED)
    part = re.sub(rb"<table:table-cell\b", cells, part, count=chance.randint(1, 30))
    rows = b'<table:table-row table:number-rows-repeated="%d"' % chance.choice((1, *_REPEATED))
    part = re.sub(rb"<table:table-row\b", rows, part, count=chance.randint(1, 3))
    return list((parts | {name: part}).items())


SPOILS: dict[str, Spoil] = {
    **{"bytes_flipped": _flip, "truncated": _truncate, "bytes_spliced": _splice},
    **{
        "part_dropped": _in_parts(_drop),
        "part_doubled": _in_parts(_double),
        "parts_swapped": _in_parts(_swap),
    },
    "cells_far_apart": _in_parts(_spread),
    **{"part_flipped": _one_part(_flip), "part_truncated": _one_part(_truncate)},
    "attribute_changed": _one_part(_replace_one(_ATTRIBUTE, 2)),
    "value_changed": _one_part(_replace_one(_VALUE, 1)),
}
