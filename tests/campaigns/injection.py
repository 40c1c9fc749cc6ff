"""One injection: a fault put into a return, where it must be found, and what follows from it."""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.campaigns.sample_return import Row, SampleReturn


@dataclass(frozen=True)
class Injected:
    """A spoilt file: `found_at` the `sheet!cell` of each finding of the fault ('' has no cell).

    `consequences`: other faults that honestly follow. `received_at`: when not on time.
    """

    content: bytes
    found_at: tuple[str, ...]
    consequences: frozenset[str] = frozenset()
    received_at: datetime | None = None


Spoil = Callable[[random.Random, SampleReturn], Injected | None]


@dataclass(frozen=True)
class Injection:
    """A way to commit a fault; `spoil` changes a return or says (None) that this one does not lend itself.

    `when`: the return must be the first of its district, a later one, or may be any.
    """

    fault: str
    what: str
    spoil: Spoil
    when: str = "any"


def injected(
    sent: SampleReturn, *places: tuple[str, Row | None, str], consequences: Iterable[str] = ()
) -> Injected:
    """The return as it now stands, with the fault at (table, row, column); no row: at the column's header."""
    return Injected(sent.content(), tuple(sent.place(*place) for place in places), frozenset(consequences))


@dataclass(frozen=True)
class CellFault:
    """A fault in one cell of a random row: the new value, the rows that lend themselves, what follows."""

    table: str
    column: str
    value: Callable[[Row], Any]
    fits: Callable[[Row], bool] = lambda _: True
    consequences: frozenset[str] = field(default_factory=frozenset)

    def spoil(self, chance: random.Random, sent: SampleReturn) -> Injected | None:
        """Change the cell of a row that fits."""
        rows = [row for row in sent.rows[self.table] if self.fits(row)]
        if not rows:
            return None
        row = chance.choice(rows)
        row[self.column] = self.value(row)
        return injected(sent, (self.table, row, self.column), consequences=self.consequences)


def in_cell(
    fault: str,
    cell: str,
    value: Any,
    fits: Callable[[Row], bool] = lambda _: True,
    *,
    follows: str = "",
    when: str = "any",
) -> Injection:
    """A fault in the cell `table.column`; `value` is the cell's, or a function of its row.

    `follows` names the faults that follow, blanks between.
    """
    table, column = cell.split(".")
    of_row = value if callable(value) else lambda _: value
    spoil = CellFault(table, column, of_row, fits, frozenset(follows.split())).spoil
    return Injection(fault, f"{cell} ← {'…' if callable(value) else value}", spoil, when)


def is_done(row: Row) -> bool:
    """Whether the unit is reported as completed."""
    return bool(row["status"] == "Hoàn thành")


def is_open(row: Row) -> bool:
    """Whether the unit is reported as outstanding."""
    return not is_done(row)


def more(column: str, number: float) -> Callable[[Row], float]:
    """The row's figure plus a number."""
    return lambda row: row[column] + number


def another(chance: random.Random, rows: list[Row], column: str, value: Any) -> Row | None:
    """A random row that holds another value in the column."""
    others = [row for row in rows if row[column] != value]
    return chance.choice(others) if others else None


def by_fault(injections: Iterable[Injection]) -> Mapping[str, list[Injection]]:
    """Fault → its injections."""
    found: dict[str, list[Injection]] = {}
    for injection in injections:
        found.setdefault(injection.fault, []).append(injection)
    return found
