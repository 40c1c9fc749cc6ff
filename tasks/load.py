"""Loading: a checked batch enters the warehouse in one transaction, every source row with its disposition."""

from pathlib import Path

import duckdb
import pandas as pd

import warehouse as warehouse_package
from tasks.batch import PLACE, Batch
from tasks.check import CheckedBatch
from tasks.receive import Arrival
from warehouse.transaction import one_transaction

_LOAD_SQL = Path(warehouse_package.__file__).parent / "load"


def load(warehouse: duckdb.DuckDBPyConnection, batch: Batch, checked: CheckedBatch, run_id: str) -> None:
    """Write ledger and facts of a batch: all of it or, when anything fails, nothing."""
    rows = dispositions(batch, checked)
    warehouse.execute("SET VARIABLE run_id = $1", [run_id])
    for name, frame in {
        "disposition": rows,
        "finding": _numbered(checked.findings),
        "repair": checked.repairs,
        "verdict": checked.verdicts,
        "status_cell": _status_cells(batch),
    }.items():
        warehouse.register("staged_frame", frame)
        warehouse.execute(f"CREATE TABLE batch.{name} AS SELECT * FROM staged_frame")  # noqa: S608
        warehouse.unregister("staged_frame")
    _insert(warehouse, batch.form.name, "batch")


def load_duplicate(
    warehouse: duckdb.DuckDBPyConnection, arrival: Arrival, duplicate_of: str, run_id: str
) -> None:
    """Record a file whose bytes were received before: its rows are all duplicates, nothing else changes."""
    known = {
        "run_id": run_id,
        "submission_id": arrival.submission_id,
        "duplicate_of": duplicate_of,
        "file_name": arrival.file_name,
        "received_at": arrival.received_at.isoformat(),
        "known_at": arrival.known_at.isoformat(),
    }
    for name, value in known.items():
        warehouse.execute(f"SET VARIABLE {name} = $1", [value])
    _insert(warehouse, "duplicate")


def _insert(warehouse: duckdb.DuckDBPyConnection, *folders: str) -> None:
    """Insert each SELECT of warehouse/load/<folder>/<schema>/<table>.sql into its table, at once."""
    selects = [path for folder in folders for path in sorted((_LOAD_SQL / folder).glob("*/*.sql"))]
    with one_transaction(warehouse):
        for path in selects:
            target = f"{path.parent.name}.{path.stem}"
            warehouse.execute(f"INSERT INTO {target} BY NAME {path.read_text(encoding='utf-8')}")


def dispositions(batch: Batch, checked: CheckedBatch) -> pd.DataFrame:
    """What became of every source row: submission_id, source_sheet, source_row, state, detail.

    Of a rejected file nothing is loaded: its data rows are quarantined.
    """
    rows = batch.rows.copy()
    rejected = checked.verdicts.loc[checked.verdicts["verdict"] == "rejected", "submission_id"]
    held = checked.findings[checked.findings["severity"] == "row"].dropna(subset="source_row")
    is_held = _index(rows).isin(_index(held)) | rows["submission_id"].isin(rejected)
    is_repeat = _index(rows).isin(_index(checked.repeats))
    rows["state"] = "loaded"
    rows.loc[is_repeat, "state"] = "duplicate"
    rows.loc[is_held, "state"] = "quarantined"
    rows.loc[rows["detail"] != "data", "state"] = "layout"
    return rows.astype({"source_row": "int64"})


def _index(lines: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(lines[PLACE].astype({"source_row": "int64"}))


def _numbered(findings: pd.DataFrame) -> pd.DataFrame:
    numbered = findings.assign(finding_no=findings.groupby("submission_id").cumcount() + 1)
    return numbered.astype({"source_row": "Int64"}) if len(numbered) else numbered


def _status_cells(batch: Batch) -> pd.DataFrame:
    # The cell that proves a row: its status where it has one, else its first placed column of the form.
    proving = {s.name: _proving_column([c.name for c in s.columns]) for s in batch.form.sheets}
    placed = batch.placed
    return placed[placed["column_name"] == placed["form_sheet"].map(proving)].astype({"letters": "str"})


def _proving_column(columns: list[str]) -> str:
    return next(
        (name for name in ("status", "obstacle_code", "posts_filled", "closing") if name in columns),
        columns[0],
    )
