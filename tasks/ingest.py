"""Ingest: every archived arrival without a verdict is read, checked and loaded, in the order received."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import duckdb

from schemas.form.form import UNIT_CHANGES
from schemas.settings import Settings
from tasks.check import checked_by_register
from tasks.load import load, load_duplicate
from tasks.obligations import open_obligations
from tasks.opening import register_of
from tasks.opening_ahead import OpeningAhead, opening_ahead
from tasks.receive import Arrival, archived_arrivals
from tasks.turns import form_of, stretches
from tasks.workers import examined
from warehouse.connection import query


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    submission_id: str
    district_code: str
    file_name: str
    received_at: datetime
    period: str | None
    seq: int | None
    verdict: str
    rows_loaded: int
    rows_quarantined: int
    findings: int


def waiting(warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime) -> list[Arrival]:
    """Archived arrivals with `received_at <= now` that have no verdict, in the order received."""
    judged = {row[0] for row in warehouse.execute("SELECT submission_id FROM ledger.submission").fetchall()}
    arrivals = archived_arrivals(settings)
    return [a for a in arrivals if a.received_at <= now and a.submission_id not in judged]


def ingest(
    warehouse: duckdb.DuckDBPyConnection,
    settings: Settings,
    now: datetime,
    run_id: str,
    on_batch: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Outcome]:
    """Judge and load everything that waits; return one outcome a file. `on_batch(done, all)` counts files.

    Each batch is one transaction, so a killed run leaves whole batches, and the next run takes the rest.
    """
    arrivals = waiting(warehouse, settings, now)
    done = 0
    if not arrivals:
        return []
    for batches in stretches(arrivals):
        with opening_ahead(settings, chain.from_iterable(batches), register_of(warehouse)) as ahead:
            for batch in batches:
                _ingest_batch(warehouse, settings, ahead, batch, run_id)
                done += len(batch)
                on_batch(done, len(arrivals))
    if any(form_of(arrival) is UNIT_CHANGES for arrival in arrivals):
        open_obligations(warehouse, settings, now)  # a district may be there no more, or newly
    return _outcomes(warehouse, [arrival.submission_id for arrival in arrivals])


def _ingest_batch(
    warehouse: duckdb.DuckDBPyConnection,
    settings: Settings,
    ahead: OpeningAhead,
    arrivals: list[Arrival],
    run_id: str,
) -> None:
    fresh = _without_duplicates(warehouse, arrivals, run_id)
    if not fresh:
        return
    found = examined(settings, ahead, fresh, run_id)
    with checked_by_register(warehouse, found, settings) as result:
        load(warehouse, found.batch, result, run_id)


def _without_duplicates(
    warehouse: duckdb.DuckDBPyConnection, arrivals: list[Arrival], run_id: str
) -> list[Arrival]:
    columns = [[getattr(a, name) for a in arrivals] for name in ("submission_id", "sha256", "district_code")]
    original = dict(warehouse.execute(query("duplicate"), columns).fetchall())
    for arrival in arrivals:
        if arrival.submission_id in original:
            load_duplicate(warehouse, arrival, original[arrival.submission_id], run_id)
    return [a for a in arrivals if a.submission_id not in original]


def _outcomes(warehouse: duckdb.DuckDBPyConnection, submission_ids: list[str]) -> list[Outcome]:
    rows = warehouse.execute(query("outcome"), [submission_ids]).fetchall()
    found = {row[0]: Outcome(*row) for row in rows}
    if missing := set(submission_ids) - set(found):
        raise LookupError(f"{', '.join(sorted(missing))}: loaded and not in the ledger")
    return [found[submission_id] for submission_id in submission_ids]
