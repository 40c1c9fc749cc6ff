"""Values as offices write them: one raw cell → its typed value, or the refusal of it."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from schemas.form.sheet import FormColumn, Reader
from schemas.text import fold, tidy
from tasks.mended import EXCEL_ERRORS, UNCOMPUTED, AmbiguousText, Serial1904

_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:[. ]\d{3})+", re.ASCII)
_INTEGER = re.compile(r"[-+]?\d+", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:[. ]\d{3})+),\d+", re.ASCII)
_POINT_DECIMAL = re.compile(r"[-+]?\d+\.(?:\d{1,2}|\d{4,})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_MONTH_OF_YEAR = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*(?:/|-|năm)\s*(\d{4})")
_NO_VALUES = EXCEL_ERRORS | {UNCOMPUTED}
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # 2000-01-01 … 2099-12-31: other numbers in a date cell are not dates
# The form asks for nothing that comes near: a larger number is a slip, and would make sums overflow.
_TOO_LARGE = 10**9
_LONGEST_NUMBER = 30
_YEARS = range(2000, 2100)


@dataclass(frozen=True)
class Reading:
    """What a cell says: `value` (None: empty or refused), the repair `method`, the `fault` if refused."""

    value: Any = None
    method: str | None = None
    fault: str | None = None


EMPTY = Reading()
_WRONG_TYPE = Reading(fault="wrong_type")
_NOT_IN_LIST = Reading(fault="not_in_list")


def read_value(raw: Any, column: FormColumn) -> Reading:
    """Read one raw cell as `column` wants it; what has two readings is refused, never guessed."""
    if raw is None or (isinstance(raw, str) and not tidy(raw)):
        return EMPTY
    if isinstance(raw, bool | AmbiguousText) or raw in _NO_VALUES:
        return _WRONG_TYPE
    return _READERS[column.reader](raw, column)


def _text(raw: Any, _: FormColumn) -> Reading:
    if isinstance(raw, str):
        text = tidy(raw)
        return Reading(text, None if text == raw else "text_tidied")
    if isinstance(raw, datetime | date):
        return Reading(f"{raw:%d/%m/%Y}", "date_as_text")
    if isinstance(raw, float) and raw.is_integer():
        return Reading(str(int(raw)), "number_as_text")
    return Reading(str(raw), "number_as_text")


def _code(raw: Any, column: FormColumn) -> Reading:
    text = _text(raw, column).value
    if not text.isascii() or not text.isdigit() or len(text) > column.digits:
        return _WRONG_TYPE
    if len(text) < column.digits:
        # Whether the padded code names a unit of the district is the register's to say (unknown_unit).
        return Reading(text.zfill(column.digits), "leading_zeros")
    return Reading(text, None if isinstance(raw, str) and raw == text else "text_tidied")


def _number(raw: Any) -> tuple[float | int | None, str | None]:
    number, method = _any_number(raw)
    return (number, method) if number is not None and abs(number) < _TOO_LARGE else (None, None)


def _any_number(raw: Any) -> tuple[float | int | None, str | None]:
    if isinstance(raw, int):
        return raw, None
    if isinstance(raw, float):
        return (raw, None) if math.isfinite(raw) else (None, None)
    if not isinstance(raw, str):
        return None, None
    text = tidy(raw)
    if len(text) > _LONGEST_NUMBER:
        return None, None
    if _INTEGER.fullmatch(text) or _THOUSANDS.fullmatch(text):
        return int(re.sub(r"[. ]", "", text)), "number_from_text"
    if _DECIMAL.fullmatch(text):
        return float(re.sub(r"[. ]", "", text).replace(",", ".")), "number_from_text"
    if _POINT_DECIMAL.fullmatch(text):
        return float(text), "number_from_text"
    return None, None


def _count(raw: Any, _: FormColumn) -> Reading:
    number, method = _number(raw)
    if number is None or number != int(number):
        return _WRONG_TYPE
    return Reading(int(number), method)


def _decimal(raw: Any, _: FormColumn) -> Reading:
    # "1.234" is a thousand in a count; in a decimal it could also be a point: two readings, so none.
    if isinstance(raw, str) and re.fullmatch(r"[-+]?\d{1,3}\.\d{3}", tidy(raw)):
        return _WRONG_TYPE
    number, method = _number(raw)
    return _WRONG_TYPE if number is None else Reading(float(number), method)


def _date(raw: Any, _: FormColumn) -> Reading:
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        return Reading(day) if day.year in _YEARS else _WRONG_TYPE
    if isinstance(raw, int | float):
        is_day = _SERIALS.start <= raw < _SERIALS.stop and raw == int(raw)
        method = "excel_serial_1904" if isinstance(raw, Serial1904) else "excel_serial"
        return Reading(_EXCEL_EPOCH + timedelta(days=int(raw)), method) if is_day else _WRONG_TYPE
    return _date_from_text(raw) if isinstance(raw, str) else _WRONG_TYPE


def _date_from_text(raw: str) -> Reading:
    text = tidy(raw)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        return _WRONG_TYPE
    if year not in _YEARS:
        return _WRONG_TYPE
    try:
        return Reading(date(year, month, day), "date_from_text")
    except ValueError:
        return _WRONG_TYPE


def _period(raw: Any, column: FormColumn) -> Reading:
    # Excel turns a typed 2021-03 into the first of the month; nothing else puts that day there.
    if isinstance(raw, date) and raw.day == 1:
        return Reading(f"{raw:%Y-%m}", "period_from_date")
    if isinstance(raw, str) and (match := _MONTH_OF_YEAR.fullmatch(fold(raw))):
        return Reading(f"{match[2]}-{int(match[1]):02d}", "period_from_text")
    return _text(raw, column)


def _term(raw: Any, column: FormColumn) -> Reading:
    text = _text(raw, column).value
    code = _spellings(column).get(fold(text))
    if code is None:
        return _NOT_IN_LIST
    is_as_printed = raw in (code, _vocabulary_label(column, code))
    return Reading(code, None if is_as_printed else "vocabulary_variant")


def _terms(raw: Any, column: FormColumn) -> Reading:
    words = [w for w in re.split(r"[;,\n]", str(raw)) if tidy(w)]
    codes = [_spellings(column).get(fold(word)) for word in words]
    if any(code is None for code in codes):
        return _NOT_IN_LIST
    listed = list(dict.fromkeys(code for code in codes if code))
    is_as_printed = raw == "; ".join(_vocabulary_label(column, code) for code in listed)
    return Reading(";".join(listed), None if is_as_printed else "vocabulary_variant")


def _spellings(column: FormColumn) -> dict[str, str]:
    if column.vocabulary is None:
        raise TypeError(f"column {column.name} has a list reader and no list")
    return column.vocabulary.by_spelling


def _vocabulary_label(column: FormColumn, code: str) -> str:
    return column.vocabulary.label(code) if column.vocabulary else code


_READERS = {
    Reader.TEXT: _text,
    Reader.CODE: _code,
    Reader.COUNT: _count,
    Reader.DECIMAL: _decimal,
    Reader.DATE: _date,
    Reader.PERIOD: _period,
    Reader.TERM: _term,
    Reader.TERMS: _terms,
}
