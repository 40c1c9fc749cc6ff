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


SPOILS: dict[str, Spoil] = {
    **{"bytes_flipped": _flip, "truncated": _truncate, "bytes_spliced": _splice},
    **{
        "part_dropped": _in_parts(_drop),
        "part_doubled": _in_parts(_double),
        "parts_swapped": _in_parts(_swap),
    },
    **{"part_flipped": _one_part(_flip), "part_truncated": _one_part(_truncate)},
    "attribute_changed": _one_part(_replace_one(_ATTRIBUTE, 2)),
    "value_changed": _one_part(_replace_one(_VALUE, 1)),
}
