"""Comparing two warehouses: every table of facts and of the ledger, row by row."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.connection import rebuild_sql


class FormerUnreadable(RuntimeError):  # noqa: N818 - a state of the world
    """The warehouse in use cannot be opened: nothing can be proven equal to it."""

    def __init__(self, warehouse: Path, cause: duckdb.Error) -> None:
        super().__init__(
            f"Không mở được {warehouse} để so sánh: {cause}\n"
            "Dựng lại mà không so sánh / rebuild without comparing: scheme21 rebuild --accept-differences"
        )


@dataclass(frozen=True)
class Compared:
    """A table: how many rows only one of the two has, and the columns that only one of them has."""

    table: str
    only_former: int
    only_new: int
    columns_added: tuple[str, ...]
    columns_dropped: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether rows differ in the columns that both have."""
        return bool(self.only_former or self.only_new)


def compare_with_former(warehouse: duckdb.DuckDBPyConnection) -> list[Compared]:
    """Compare `warehouse` with the one attached as `former`; every table, by name."""
    tables = warehouse.execute(rebuild_sql("content_table")).fetchall()
    return [_compare(warehouse, *table) for table in tables]


def _compare(
    warehouse: duckdb.DuckDBPyConnection, table: str, shared: list[str], added: list[str], dropped: list[str]
) -> Compared:
    only_former = only_new = 0
    if shared:  # a table that only one of them has shares nothing
        columns = ", ".join(f'"{column}"' for column in shared)
        only_former = _rows_only_in(warehouse, f"former.{table}", table, columns)
        only_new = _rows_only_in(warehouse, table, f"former.{table}", columns)
    return Compared(table, only_former, only_new, tuple(added), tuple(dropped))


def _rows_only_in(warehouse: duckdb.DuckDBPyConnection, one: str, other: str, columns: str) -> int:
    [(rows,)] = warehouse.execute(
        # Names of the warehouse's own tables and columns, which cannot be parameters.
        f"SELECT count(*) FROM (SELECT {columns} FROM {one} EXCEPT ALL SELECT {columns} FROM {other})"  # noqa: S608
    ).fetchall()
    return int(rows)
