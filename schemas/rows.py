"""A few rows to be put into words, each a dict by column name; larger tables stay with DuckDB or pandas."""

from typing import Any

import duckdb

Row = dict[str, Any]


def rows_of(
    connection: duckdb.DuckDBPyConnection, select: str, parameters: list[Any] | None = None
) -> list[Row]:
    """The rows of a SELECT, each a dict by column name."""
    answer = connection.execute(select, parameters or [])
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
