"""What a value of a published table becomes in a cell of the workbook; never a formula."""

from datetime import date, datetime
from typing import Any

from bulletin.language import language, period_named
from schemas.calendar import Period
from schemas.published.table import PublishedColumn
from schemas.text import FORMULA_SIGNS
from schemas.vocabularies import AREA_FLAG

_LETTERS_OF_A_CELL = 32_767
_CUT = " … (toàn văn trong scheme21.duckdb)"


def worded(column: PublishedColumn, value: Any) -> Any:
    """The value as people read it: a code of a closed list as its words, a period's name as the period."""
    if value is None:
        return None
    if column.is_period:
        return period_named(value)
    if column.name == "area_flags":
        return "; ".join(AREA_FLAG.label(flag) for flag in value.split(";"))
    if column.vocabulary is not None:
        return column.vocabulary.label(value)
    return value


def cell(value: Any) -> tuple[str | float | date | None, str]:
    """What stands in the cell of a worded value, None for an empty one, and the name of its style."""
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
