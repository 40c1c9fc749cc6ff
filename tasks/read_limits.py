"""What one file may hold, and the error of a file that cannot be read."""

from dataclasses import dataclass

LOCKED = "tệp có mật khẩu"


class UnreadableFileError(Exception):
    """The file is not a workbook we can open; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class ReadLimits:
    """The settings of these names: bytes of the file, unpacked and of its text; cells and sheets of it."""

    max_file_bytes: int
    max_unpacked_bytes: int
    max_text_bytes: int
    max_cells: int
    max_sheets: int


def dotted(number: int) -> str:
    """1843 → 1.843, as clerks write it."""
    return f"{number:,}".replace(",", ".")


def too_large(most_bytes: int) -> UnreadableFileError:
    """The refusal of a file of more bytes."""
    return UnreadableFileError(f"tệp lớn hơn {dotted(most_bytes)} byte")
