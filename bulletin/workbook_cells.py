"""What a value of a published table becomes in a cell of the workbook; never a formula."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from bulletin.language import language, period_named
from schemas.calendar import Period
from schemas.published.table import PublishedColumn
from schemas.text import FORMULA_SIGNS
from schemas.vocabularies import AREA_FLAG

_LETTERS_OF_A_CELL = 32_767
_CUT = " … (toàn văn trong scheme21.duckdb)"


@dataclass(frozen=True)
class ShownCell:
    """What stands in a cell, None in an empty one, the name of its style, and how many letters are read."""

    content: str | float | date | None
    style: str
    letters: int


def shown(column: PublishedColumn, values: Iterable[Any]) -> list[ShownCell]:
    """The cells of a column: codes of a closed list as their words, a period's name as the month."""
    # Columns repeat few values: each distinct one is put into words once.
    once = lru_cache(maxsize=None, typed=True)(partial(_shown, column))
    return [once(value) for value in values]


def _shown(column: PublishedColumn, value: Any) -> ShownCell:
    worded = _worded(column, value)
    content, style = _cell(worded)
    return ShownCell(content, style, len(str(worded)))


def _worded(column: PublishedColumn, value: Any) -> Any:
    if value is None:
        return None
    if column.is_period:
        return period_named(value)
    if column.name == "area_flags":
        return "; ".join(AREA_FLAG.label(flag) for flag in value.split(";"))
    if column.vocabulary is not None:
        return column.vocabulary.label(value)
    return value


def _cell(value: Any) -> tuple[str | float | date | None, str]:
    match value:
        case None:
            return None, "plain"
        case bool():
            return ("Có" if value else "Không"), "text"
        case int() | float():
            return value, "count" if isinstance(value, int) else "decimal"
        case Period(months=1):
            return value.starts_on, "month"
        case Period():
            return language("vi").period(str(value)), "text"
        case datetime():
            return value, "moment"
        case date():
            return value, "day"
        case _:
            return _fitting(value), "guarded" if value.startswith(FORMULA_SIGNS) else "text"


def _fitting(text: str) -> str:
    # Excel holds no longer text in a cell; the cut is said, and the database has it whole.
    return text if len(text) <= _LETTERS_OF_A_CELL else text[: _LETTERS_OF_A_CELL - len(_CUT)] + _CUT
