"""The published tables as files for programs: CSV (UTF-8) and Parquet, one of each a table."""

from pathlib import Path

import duckdb


def write_flat_files(reader: duckdb.DuckDBPyConnection, tables: list[str], folder: Path) -> None:
    """Write csv/<table>.csv and parquet/<table>.parquet into `folder`, rows in the table's own order."""
    for kind in ("csv", "parquet"):
        (folder / kind).mkdir(exist_ok=True)
    for table in tables:
        rows = reader.table(table)
        rows.write_csv(str(folder / "csv" / f"{table}.csv"))
        rows.write_parquet(str(folder / "parquet" / f"{table}.parquet"))
