"""The files of a reprint, by the writers of a release: Parquet, CSV or workbook, and what they are."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal

import duckdb
import pandas as pd

from bulletin.flat_files import write_csv, write_flat_files
from bulletin.workbook import write_workbook
from schemas.published.snapshot import reading
from schemas.rows import Row, rows_of
from tasks.program import program
from tasks.reprint import Reprint

Format = Literal["parquet", "csv", "xlsx"]
_CHANGE = ["table", "key", "column", "as_known", "restated", "submissions"]


def write_reprint(reprinted: Reprint, tables: Collection[str], form: Format, folder: Path) -> list[Path]:
    """Write `tables` in that form and report.json into `folder`; return the files.

    The table `release` always goes along: it says as known when, and whether anything is simulated. A
    workbook holds every table. Raises ValueError when a table has more rows than a sheet of Excel holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / "report.json"
    record.write_text(json.dumps(_record(reprinted), ensure_ascii=False, indent=1), encoding="utf-8")
    if form == "xlsx":
        write_workbook(reprinted.file, folder / "scheme21.xlsx")
        return [folder / "scheme21.xlsx", record]
    wanted = {*tables, "release"}
    with reading(reprinted.file) as reader:
        write_flat_files(reader, wanted, folder, [form])
    return [*(folder / form / f"{table}.{form}" for table in sorted(wanted)), record]


def write_cells(cells: list[Row], folder: Path) -> Path:
    """Write the cells that a restated picture gives otherwise as `changes.csv`; return it."""
    path = folder / "changes.csv"
    lines = [
        (table, " ".join(key), column, then, now, " ".join(submissions))
        for table, key, column, then, now, submissions in map(dict.values, cells)
    ]
    with duckdb.connect() as writer:
        writer.register("change", pd.DataFrame(lines, columns=_CHANGE, dtype="str"))
        write_csv(writer.table("change"), path)
    return path


def _record(reprinted: Reprint) -> dict[str, Any]:
    release, known_from = reprinted.release, reprinted.known_from
    with reading(reprinted.file) as reader:
        (row,) = rows_of(reader, "SELECT is_simulated FROM release")
    return {
        "period": reprinted.period,
        "as_of": reprinted.picture.as_of.isoformat(),
        "as_known_at": reprinted.picture.known_at.isoformat(),
        "is_restated": reprinted.is_restated,
        "is_simulated": row["is_simulated"],
        "is_release": reprinted.is_release,
        "release": {"run_id": release.run_id, "manifest": release.sequence},
        "known_from": {"run_id": known_from.run_id, "manifest": known_from.sequence},
        "tables_that_differ_from_the_manifest": list(reprinted.differing),
        "program_then": release.program.model_dump(),
        "program_now": program().model_dump(),
    }
