"""What helps a clerk to fill the form in: what a cell offers, says and refuses, and what is locked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schemas.form.sheet import FormColumn, Reader

# The limits of an office program, in characters.
_TITLE, _MESSAGE = 32, 255
_EARLIEST = date(2000, 1, 1)

# First and last day that a date may have; None where there is no such limit.
Days = tuple[date | None, date | None]


@dataclass(frozen=True)
class FormAids:
    """Aids for filling a form in by hand.

    `spare_rows`: empty rows to draw below the given ones, by `Sheet.table`; `days`: what a date may be, by
    column; `is_locked`: headers and the codes that are already there cannot be overwritten by mistake (there
    is no password).
    """

    spare_rows: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, Days] = field(default_factory=dict)
    is_locked: bool = False


def validation(column: FormColumn, words: Mapping[str, str] | None, days: Days) -> dict[str, Any]:
    """What the cells of `column` say when chosen, what they offer, and what they refuse.

    `words` are the choices of its vocabulary (stored code → what a cell says); None where it has none.
    """
    told = {"input_title": column.header[:_TITLE], "input_message": _message(column, words)}
    return {**told, **_rule(column, words, days)}


def or_statement(rule: dict[str, Any], statement: str) -> dict[str, Any]:
    """The same aid for a cell that may also hold `statement`, in place of the whole table."""
    message = f"{rule['input_message']}\nKhông có gì thì ghi «{statement}» vào ô đầu tiên."
    return {"validate": "any", "input_title": rule["input_title"], "input_message": message[:_MESSAGE]}


def _message(column: FormColumn, words: Mapping[str, str] | None) -> str:
    if words is None or column.vocabulary is None:
        return f"Cần: {column.expected}\n({column.en})"
    choices = [
        word if word == label else f"{word}: {label}"
        for word, label in zip(words.values(), column.vocabulary.labels, strict=True)
    ]
    heading = "Một hoặc nhiều, cách nhau dấu ;" if column.reader is Reader.TERMS else f"({column.en})"
    return "\n".join([heading, *choices])[:_MESSAGE]


def _rule(column: FormColumn, words: Mapping[str, str] | None, days: Days) -> dict[str, Any]:
    if words is not None and column.reader is Reader.TERM:
        refusal = "Chọn một giá trị trong danh mục."
        return {"validate": "list", "source": list(words.values()), "error_message": refusal}
    if column.reader is Reader.COUNT:
        return _at_least_zero("integer", "Nhập số nguyên từ 0 trở lên.")
    if column.reader is Reader.DECIMAL:
        return _at_least_zero("decimal", "Nhập số từ 0 trở lên, ví dụ 1,14.")
    if column.reader is Reader.DATE:
        return _day_between(*days)
    if column.digits:
        refusal = f"Mã gồm {column.digits} chữ số, kể cả số 0 ở đầu."
        return {"validate": "length", "criteria": "==", "value": column.digits, "error_message": refusal}
    return {"validate": "any"}


def _at_least_zero(kind: str, refusal: str) -> dict[str, Any]:
    return {"validate": kind, "criteria": ">=", "value": 0, "error_message": refusal}


def _day_between(first: date | None, last: date | None) -> dict[str, Any]:
    earliest = first or _EARLIEST
    said = f"Nhập ngày dạng dd/mm/yyyy, từ {earliest:%d/%m/%Y}"
    if last is None:
        return {"validate": "date", "criteria": ">=", "value": earliest, "error_message": f"{said}."}
    refusal = f"{said} đến {last:%d/%m/%Y}."
    limits = {"minimum": earliest, "maximum": last}
    return {"validate": "date", "criteria": "between", **limits, "error_message": refusal}
