"""Where mail to a district goes: the office's own list, else the address its last return gave."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb

from schemas.settings import Settings
from warehouse.connection import query

_COLUMNS = ["district_code", "email"]
_ADDRESS = re.compile(r"[!-~]+@[A-Za-z0-9.-]+")
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
    given = {
        code: [email.strip()]
        for code, email in warehouse.execute(query("contact")).fetchall()
        if is_address(email)
    }
    found = warehouse.execute("SELECT DISTINCT district_code FROM reference.district").fetchall()
    own, wrong = _own_list(settings, {code for (code,) in found})
    return Contacts(given | own, wrong)


def is_address(text: str) -> bool:
    """Whether mail can be addressed to `text`."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def _own_list(settings: Settings, districts: set[str]) -> tuple[dict[str, list[str]], list[WrongLine]]:
    own: dict[str, list[str]] = {}
    wrong: list[WrongLine] = []
    for line, code, email in _lines(settings):
        if code not in districts:
            wrong.append(WrongLine(line, f"không có quận, huyện mã {code!r}", f"no district {code!r}"))
        elif not is_address(email):
            wrong.append(
                WrongLine(line, f"địa chỉ của {code} không hợp lệ", f"the address of {code} is not one")
            )
        else:
            own.setdefault(code, []).append(email)
    return own, wrong


def _lines(settings: Settings) -> Iterator[tuple[int, str, str]]:
    """Line number, code with its zeros restored, address; a missing column gives empty text."""
    if not settings.contacts.exists():
        return
    text = settings.contacts.read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    for row in reader:
        code, email = ((row.get(name) or "").strip() for name in _COLUMNS)
        yield reader.line_num, code.zfill(_CODE_DIGITS), email
