"""Where mail to a district goes: the office's own list, else the address its last return gave."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address

import duckdb

from schemas.settings import Settings
from warehouse.connection import query

_COLUMNS = ["district_code", "email"]
_SEVERAL = ";"
_ADDRESS = re.compile(r"[!-~]+@[A-Za-z0-9.-]+")
_CODE = re.compile(r"[0-9]{3}")
_CODE_DIGITS = 3


@dataclass(frozen=True)
class WrongLine:
    """A line of contacts.csv that cannot be used, and why; the address itself is not repeated."""

    line: int
    vi: str
    en: str


@dataclass(frozen=True)
class Contacts:
    """District code → its addresses; personal: only the ledger of alerts and the mail may hold them."""

    by_district: dict[str, list[str]] = field(default_factory=dict)
    wrong: list[WrongLine] = field(default_factory=list)


def contacts_of(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> Contacts:
    """Every district's addresses as known at the variable known_at; a district without one is left out."""
    last_given = warehouse.execute(query("contact")).fetchall()
    given = {code: usable for code, text in last_given if (usable := addresses_in(text))}
    found = warehouse.execute(query("district_codes")).fetchall()
    own, wrong = _own_list(settings, {code for (code,) in found})
    return Contacts(given | own, wrong)


def addresses_in(text: str) -> list[str]:
    """The addresses of a cell, several parted by `;`; what mail cannot be addressed to is left out."""
    return [address for part in text.split(_SEVERAL) if _is_address(address := part.strip())]


def _is_address(text: str) -> bool:
    try:
        # The parser that writes the header: what it reads otherwise would go elsewhere or nowhere.
        return _ADDRESS.fullmatch(text) is not None and Address(addr_spec=text).addr_spec == text
    except (ValueError, HeaderParseError):
        return False


def _own_list(settings: Settings, districts: set[str]) -> tuple[dict[str, list[str]], list[WrongLine]]:
    own: dict[str, list[str]] = {}
    wrong: list[WrongLine] = []
    for line, code, emails in _lines(settings):
        usable = addresses_in(emails)
        if code not in districts:
            wrong.append(_no_district(line, code))
        else:
            own[code] = own.get(code, []) + usable
            if not usable or len(usable) < sum(bool(part.strip()) for part in emails.split(_SEVERAL)):
                wrong.append(
                    WrongLine(line, f"địa chỉ của {code} không hợp lệ", f"the address of {code} is not one")
                )
    return {code: usable for code, usable in own.items() if usable}, wrong


def _no_district(line: int, code: str) -> WrongLine:
    if _CODE.fullmatch(code):
        return WrongLine(line, f"không có quận, huyện mã {code!r}", f"no district {code!r}")
    # It may be an address in the wrong column, which goes into no alert.
    return WrongLine(line, "cột district_code không phải mã ba chữ số", "district_code is not three digits")


def _lines(settings: Settings) -> Iterator[tuple[int, str, str]]:
    """Line number, code with its zeros restored, addresses parted by `;`; a missing column is empty text."""
    if not settings.contacts.exists():
        return
    text = _text(settings.contacts.read_bytes())
    header = text.partition("\n")[0]
    delimiter = next((sign for sign in ";\t" if sign in header), ",")
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    for row in reader:
        code, email = ((row.get(name) or "").strip() for name in _COLUMNS)
        # Cells without a heading are further addresses.
        emails = _SEVERAL.join([email, *(row.get(None) or [])])
        yield reader.line_num, code and code.zfill(_CODE_DIGITS), emails


def _text(content: bytes) -> str:
    """As Excel saves it: UTF-16 or UTF-8, by its mark. What is neither is replaced: no code, no address."""
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if is_utf16 else "utf-8-sig", errors="replace")
