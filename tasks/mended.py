"""Cells mended while a file is opened, before any column is known: what they say and what was written."""

from typing import Any

EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
UNCOMPUTED = "(công thức chưa có giá trị)"
_DAYS_BETWEEN_EPOCHS = 1462


class DecodedText(str):
    """Unicode text read from a legacy font's codes; `original` is what stood in the cell."""

    __slots__ = ("encoding", "original")
    original: str
    encoding: str

    @classmethod
    def of(cls, text: str, original: str, encoding: str) -> "DecodedText":
        """The decoded `text` that remembers its `original`."""
        decoded = cls(text)
        decoded.original, decoded.encoding = original, encoding
        return decoded


class AmbiguousText(str):
    """Text that is one thing as Unicode and another in the file's font: refused, never guessed."""

    __slots__ = ()


class Serial1904(float):
    """A day number of a workbook that counts from 1904, moved to the usual epoch."""

    __slots__ = ()

    @classmethod
    def of(cls, number: float) -> "Serial1904":
        """The serial of the usual epoch for a serial of the 1904 epoch."""
        return cls(number + _DAYS_BETWEEN_EPOCHS)


def as_written(cell: Any) -> str:
    """The cell as the office wrote it."""
    if isinstance(cell, DecodedText):
        return cell.original
    return str(cell - _DAYS_BETWEEN_EPOCHS) if isinstance(cell, Serial1904) else str(cell)
