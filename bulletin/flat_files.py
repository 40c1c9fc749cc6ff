"""The published tables as files for programs: CSV (UTF-8) and Parquet, one of each a table."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Literal

import duckdb
from duckdb import CaseExpression, ColumnExpression, ConstantExpression, Expression, FunctionExpression

from schemas.text import FORMULA_SIGNS

Kind = Literal["csv", "parquet"]
# A double click opens a CSV in a spreadsheet, which computes what looks like a formula. The mark stands
# before such a text, and before one that begins with the mark: whoever takes one away has each as it was.
_MARK = "'"
_TO_MARK = f"^[{re.escape(''.join((_MARK, *FORMULA_SIGNS)))}]"


def write_flat_files(
    reader: duckdb.DuckDBPyConnection,
    tables: Collection[str],
    folder: Path,
    kinds: Collection[Kind] = ("csv", "parquet"),
) -> None:
    """Write csv/<table>.csv and parquet/<table>.parquet into `folder`, rows in the table's own order.

    Parquet holds every text as it is.
    """
    for kind in kinds:
        (folder / kind).mkdir(exist_ok=True)
    for table in tables:
        rows = reader.table(table)
        if "csv" in kinds:
            write_csv(rows, folder / "csv" / f"{table}.csv")
        if "parquet" in kinds:
            rows.write_parquet(str(folder / "parquet" / f"{table}.parquet"))


def write_csv(rows: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write `rows` to `path`, in their order.

    A text that begins with = + - @, a tab, a carriage return or an apostrophe has an apostrophe before it.
    """
    guarded = map(_guarded, rows.columns, map(str, rows.types))
    rows.project(*guarded).write_csv(str(path))


def _guarded(name: str, kind: str) -> Expression:
    value = ColumnExpression(name)
    if kind != "VARCHAR":
        return value
    looks_computed = FunctionExpression("regexp_matches", value, ConstantExpression(_TO_MARK))
    marked = FunctionExpression("concat", ConstantExpression(_MARK), value)
    return CaseExpression(looks_computed, marked).otherwise(value).alias(name)
