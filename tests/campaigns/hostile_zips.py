"""Workbooks whose zip or XML is an attack, each built from a clean return."""

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable

from tests.campaigns.clean_returns import clean_book
from tests.gallery.old_formats import ods
from tests.gallery.writers import xlsm, xlsx, zip_of_csv

BUILT_FOR = "005"  # the district whose return each is built from
SHEET, STRINGS = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_BILLION = f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>'.encode()
_PASSWORDS = b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_DECLARATION = re.compile(rb"<\?xml[^>]*\?>\s*")
_MEGABYTE = 1_000_000


def clean() -> bytes:
    """A clean return."""
    return xlsx(clean_book(BUILT_FOR))


def zip_bomb() -> bytes:
    return _with({"xl/media/nulls.bin": bytes(600 * _MEGABYTE)})


def lying_size() -> bytes:
    """A part that says it is 100 bytes and unpacks to 400 MB."""
    content = bytearray(_with({"xl/media/nulls.bin": bytes(400 * _MEGABYTE)}))
    true, said = struct.pack("<I", 400 * _MEGABYTE), struct.pack("<I", 100)
    return bytes(content).replace(true, said)


def overlapping_entries() -> bytes:
    """A thousand entries that all unpack the same megabytes."""
    content = _with({"xl/media/nulls.bin": bytes(10 * _MEGABYTE)})
    end = content.rindex(b"PK\x05\x06")
    _, start = struct.unpack("<II", content[end + 12 : end + 20])
    last = content.rindex(b"PK\x01\x02", start, end)
    entries = content[start:end] + content[last:end] * 999
    count = struct.unpack("<H", content[end + 10 : end + 12])[0] + 999
    tail = struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), start, 0)
    return content[:start] + entries + b"PK\x05\x06" + tail


def nested_zips() -> bytes:
    inner = _with({"nulls.bin": bytes(100 * _MEGABYTE)})
    return _with({f"xl/embeddings/{n}.xlsx": inner for n in range(20)})


def many_entries() -> bytes:
    return _with({f"xl/media/{n}": b"" for n in range(60_000)})


def names_that_climb_out() -> bytes:
    """CSV files called `../../../tmp/…`."""
    with zipfile.ZipFile(io.BytesIO(zip_of_csv("utf-8-sig")(clean_book(BUILT_FOR)))) as parts:
        return _zip({f"../../../tmp/{name}": parts.read(name) for name in parts.namelist()})


def encrypted_zip() -> bytes:
    content = bytearray(clean())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 1)
    return bytes(content)


def billion_laughs() -> bytes:
    return _changed(STRINGS, lambda part: _declaring(_BILLION, part).replace(b"<t>", b"<t>&l9;", 1))


def external_entity() -> bytes:
    return _changed(STRINGS, lambda part: _declaring(_PASSWORDS, part).replace(b"<t>", b"<t>&x;", 1))


def entity_behind_a_comment() -> bytes:
    comment = b"<!--" + b"x" * 100_000 + b"-->"
    return _changed(SHEET, lambda part: _declaring(comment + _BILLION, part))


def entity_in_utf_16() -> bytes:
    return _changed(SHEET, lambda part: _in_utf_16(_declaring(_BILLION, part)))


def entity_in_ods() -> bytes:
    return _changed("content.xml", lambda part: _declaring(_PASSWORDS, part), ods(clean_book(BUILT_FOR)))


def deep_nesting() -> bytes:
    deep = b"<x>" * 200_000 + b"</x>" * 200_000
    return _changed(SHEET, lambda part: part.replace(b"</sheetData>", deep + b"</sheetData>"))


def deep_strings() -> bytes:
    deep = b"<si>" + b"<r>" * 200_000 + b"</r>" * 200_000 + b"</si></sst>"
    return _changed(STRINGS, lambda part: part.replace(b"</sst>", deep))


def huge_string() -> bytes:
    return _changed(STRINGS, lambda part: part.replace(b"<t>", b"<t>" + b"x" * 450 * _MEGABYTE, 1))


def repeated_string() -> bytes:
    """One text of 32,000 characters that 90,000 cells show: three gigabytes out of 600 kB."""
    long = _changed(STRINGS, lambda part: part.replace(b"<t>", b"<t>" + b"x" * 32_000, 1))
    return _changed(SHEET, lambda part: _with_rows(part, b'<c t="s"><v>0</v></c>' * 30, 3000), long)


def million_columns() -> bytes:
    return _changed(SHEET, lambda part: _with_rows(part, b"<c><v>1</v></c>" * 1_000_000, 1))


def columns_after_a_named_one() -> bytes:
    """A row whose first cell says where it stands, and 100,000 that do not."""
    cells = b'<c r="A999"><v>1</v></c>' + b"<c><v>1</v></c>" * 100_000
    return _changed(
        SHEET, lambda part: part.replace(b"</sheetData>", b'<row r="999">' + cells + b"</row></sheetData>")
    )


def far_cell() -> bytes:
    return _changed(SHEET, lambda part: _with_rows(part, b'<c r="XFD1048576"><v>1</v></c>', 1))


def many_sheets() -> bytes:
    book = clean_book(BUILT_FOR)
    content = xlsx(book)
    added = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n + 90) for n in range(5000))
    return _changed("xl/workbook.xml", lambda part: part.replace(b"</sheets>", added + b"</sheets>"), content)


def hidden_again_and_again() -> bytes:
    columns = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 100_000 + b"</cols><sheetData>"
    return _changed(SHEET, lambda part: part.replace(b"<sheetData>", columns, 1))


def repeated_rows_of_ods() -> bytes:
    filled = b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
    filled += b'table:number-columns-repeated="1000" office:value-type="float" office:value="1"/>'
    row = filled + b"</table:table-row></table:table>"
    return _changed(
        "content.xml", lambda part: part.replace(b"</table:table>", row, 1), ods(clean_book(BUILT_FOR))
    )


def macros() -> bytes:
    return xlsm(clean_book(BUILT_FOR))


def external_link() -> bytes:
    """A formula that asks a program of the reader's machine for its value."""
    dde = b"<row><c t=\"str\"><f>cmd|'/c calc'!A0</f><v>=cmd|'/c calc'!A0</v></c></row></sheetData>"
    return _changed(SHEET, lambda part: part.replace(b"</sheetData>", dde))


def merged_sheet() -> bytes:
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return _changed(SHEET, lambda part: part.replace(b"</sheetData>", merged))


def open_quote() -> bytes:
    return _zip({"01.csv": b'"' + b"a,b\n" * 20_000})


def commas() -> bytes:
    return _zip({"01.csv": b"," * 300 * _MEGABYTE})


def empty_cells() -> bytes:
    """Each file within the limit, all together beyond it."""
    return _zip({f"{n:02d}.csv": b"," * 800_000 for n in range(10)})


def empty_lines() -> bytes:
    return _zip({"01.csv": b"\r\n" * 8_000_000})


def damaged_part() -> bytes:
    content = bytearray(clean())
    at = content.index(b"xl/worksheets/sheet2.xml") + 200
    content[at : at + 50] = random.Random(21).randbytes(50)  # noqa: S311 - chance, not a secret
    return bytes(content)


def picture_and_zip() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(100) + clean()


def _declaring(declared: bytes, part: bytes) -> bytes:
    return b'<?xml version="1.0"?>' + declared + _DECLARATION.sub(b"", part)


def _in_utf_16(part: bytes) -> bytes:
    return part.decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")


def _with_rows(part: bytes, cells: bytes, times: int) -> bytes:
    return part.replace(b"</sheetData>", b"<row>%s</row>" % cells * times + b"</sheetData>")


def _changed(name: str, change: Callable[[bytes], bytes], content: bytes | None = None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content or clean())) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    changed = change(parts[name])
    if changed == parts[name]:
        raise ValueError(f"{name} is as it was")
    return _zip(parts | {name: changed})


def _with(added: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(clean())) as old:
        return _zip({part: old.read(part) for part in old.namelist()} | added)


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, part in parts.items():
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED, compresslevel=1)
    return buffer.getvalue()
