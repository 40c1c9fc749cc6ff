"""Materialize: every published table, built into a new file beside what readers open."""

from datetime import datetime
from pathlib import Path

import duckdb

from schemas.settings import Settings
from warehouse.connection import journal_of
from warehouse.picture import Picture
from warehouse.runner import build_onward


def materialize(warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime, run_id: str) -> Path:
    """Build the tables as known at `now` into `<home>/releases/<run_id>/scheme21.duckdb`; return that file.

    The file is closed and whole: no write-ahead log lies beside it. A candidate that an earlier attempt of
    the same run left there is replaced. Raises ValueError when a table and its description differ.
    """
    candidate = settings.releases / run_id / "scheme21.duckdb"
    candidate.parent.mkdir(parents=True, exist_ok=True)
    log = journal_of(candidate)
    for leftover in (candidate, log):
        leftover.unlink(missing_ok=True)
    warehouse.execute("SET VARIABLE run_id = ?", [run_id])
    build_onward(warehouse, candidate, Picture.at(now), settings)
    # DuckDB replays a log it finds beside a file: one left here would change what readers see.
    if log.exists():
        raise FileExistsError(f"{log} was left behind: {candidate} is not whole")
    return candidate
