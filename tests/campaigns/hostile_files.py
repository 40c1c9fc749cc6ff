"""The catalogue of hostile files: how each is built, and what its receipt must say ('' where it is read)."""

import struct
from collections.abc import Callable
from dataclasses import dataclass

from tests.campaigns import hostile_zips as zips
from tests.campaigns.clean_returns import clean_book
from tests.campaigns.hostile_zips import BUILT_FOR
from tests.gallery.old_formats import compound_file, record, xls

_NO_WORKBOOK, _BYTES, _CELLS, _MEMORY = "không phải tệp bảng tính", "byte", "nhiều hơn 1.000.000 ô", "bộ nhớ"
_MULTIPLE_NUMBERS, _END_OF_SHEET, _NUMBER = 0xBD, record(0x0A), 0x203


@dataclass(frozen=True)
class Hostile:
    """One kind: `is_small` ones are built and judged in a moment, and tested each time."""

    kind: str
    build: Callable[[], bytes]
    says: str
    is_small: bool = True


def _full_sheet() -> bytes:
    """4,000 rows of 256 numbers in an .xls."""
    numbers = struct.pack("<HI", 0, 0x3FF00000) * 256
    rows = (struct.pack("<HH", r, 0) + numbers + struct.pack("<H", 255) for r in range(4000))
    return _xls_with(b"".join(record(_MULTIPLE_NUMBERS, row) for row in rows))


def _far_cell_of_xls() -> bytes:
    return _xls_with(record(_NUMBER, struct.pack("<HHHd", 65_535, 255, 0, 1.0)))


def _xls_with(records: bytes) -> bytes:
    stream = _stream_of(xls(clean_book(BUILT_FOR)))
    return compound_file(stream.removesuffix(_END_OF_SHEET) + records + _END_OF_SHEET)


def _stream_of(content: bytes) -> bytes:
    # The writer lays the stream right behind the header; nulls fill its last sector.
    directory = 512 * (1 + struct.unpack("<I", content[48:52])[0])
    return content[512:directory].rstrip(b"\0") + b"\0\0\0"


def _looping_table() -> bytes:
    """An .xls whose third sector is followed by its first, for ever."""
    content = bytearray(xls(clean_book(BUILT_FOR)))
    table = 512 * (1 + struct.unpack("<I", content[76:80])[0])
    content[table + 8 : table + 12] = struct.pack("<I", 0)
    return bytes(content)


def _password() -> bytes:
    """What Excel writes for a workbook with a password: the encrypted zip inside a compound file."""
    return compound_file(bytes(range(256)) * 40, "EncryptedPackage")


HOSTILE_FILES = (
    Hostile("nothing at all", bytes, "tệp rỗng"),
    Hostile("more than a file may have", lambda: bytes(50_000_001), "tệp lớn hơn 50.000.000 byte"),
    Hostile("zip bomb, 600 MB", zips.zip_bomb, "giải nén lớn hơn 500.000.000 byte", is_small=False),
    Hostile("zip that lies about a size", zips.lying_size, _NO_WORKBOOK, is_small=False),
    Hostile("zip with overlapping entries", zips.overlapping_entries, "giải nén"),
    Hostile("zip bombs within a workbook", zips.nested_zips, ""),
    Hostile("zip of 60,000 parts", zips.many_entries, "", is_small=False),
    Hostile("names that climb out", zips.names_that_climb_out, ""),
    Hostile("zip with a password", zips.encrypted_zip, "mật khẩu"),
    Hostile("workbook with a password", _password, "mật khẩu"),
    Hostile("billion laughs", zips.billion_laughs, "DTD"),
    Hostile("external entity", zips.external_entity, "DTD"),
    Hostile("external entity in .ods", zips.entity_in_ods, "DTD"),
    Hostile("entities behind a comment", zips.entity_behind_a_comment, "DTD"),
    Hostile("entities in UTF-16", zips.entity_in_utf_16, "DTD"),
    Hostile("200,000 elements deep", zips.deep_nesting, _NO_WORKBOOK),
    Hostile("200,000 elements deep in a text", zips.deep_strings, ""),
    Hostile("one text of 450 MB", zips.huge_string, _MEMORY, is_small=False),
    Hostile("one long text in 90,000 cells", zips.repeated_string, _MEMORY, is_small=False),
    Hostile("a million columns", zips.million_columns, _CELLS, is_small=False),
    Hostile("columns after one that says where it stands", zips.columns_after_a_named_one, _CELLS),
    Hostile("a cell at XFD1048576", zips.far_cell, _CELLS),
    Hostile("5,000 sheets", zips.many_sheets, "biểu", is_small=False),
    Hostile("columns hidden 100,000 times", zips.hidden_again_and_again, _MEMORY, is_small=False),
    Hostile("a merged range of all cells", zips.merged_sheet, ""),
    Hostile("an .ods of a billion cells", zips.repeated_rows_of_ods, _CELLS),
    Hostile("an .xls of a million cells", _full_sheet, _CELLS, is_small=False),
    Hostile("an .xls with a cell at IV65536", _far_cell_of_xls, _MEMORY, is_small=False),
    Hostile("an .xls whose sectors loop", _looping_table, _NO_WORKBOOK),
    Hostile("macros", zips.macros, ""),
    Hostile("formula that starts a program", zips.external_link, ""),
    Hostile("CSV with an open quote", zips.open_quote, "dài hơn 32.767 ký tự"),
    Hostile("CSV of 300 million commas", zips.commas, _CELLS, is_small=False),
    Hostile("CSV of 8 million empty cells", zips.empty_cells, _CELLS),
    Hostile("CSV of 8 million empty lines", zips.empty_lines, _CELLS),
    Hostile("damaged part", zips.damaged_part, _NO_WORKBOOK),
    Hostile("cut short", lambda: zips.clean()[:9000], _NO_WORKBOOK),
    Hostile("picture that is also a zip", zips.picture_and_zip, _NO_WORKBOOK),
    Hostile("web page", lambda: b"<html><table><tr><td>01</td></tr></table></html>", _NO_WORKBOOK),
)
