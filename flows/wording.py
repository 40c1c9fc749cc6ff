"""Figures and moments as Vietnamese offices write them, and the mark that simulated data always carries."""

from datetime import date, datetime

SIMULATED = "SỐ LIỆU MÔ PHỎNG (simulated data)"
UNKNOWN = "—"


def number(value: int | None) -> str:
    """1843 → `1.843`; an unknown figure is a dash, never a zero."""
    return UNKNOWN if value is None else f"{value:,}".replace(",", ".")


def decimal(value: float | None, digits: int = 1) -> str:
    """44.281 → `44,3`, rounded to `digits`."""
    if value is None:
        return UNKNOWN
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def moment(value: datetime | None) -> str:
    """A moment (already in Hanoi time) as `dd/mm/yyyy hh:mm`."""
    return UNKNOWN if value is None else f"{value:%d/%m/%Y %H:%M}"


def day(value: date | None) -> str:
    """A day as `dd/mm/yyyy`."""
    return UNKNOWN if value is None else f"{value:%d/%m/%Y}"
