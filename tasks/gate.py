"""The gate: a candidate is judged before anyone reads it; what was found is kept whether it passes or not."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from schemas.expectations import Expectation, expectations
from schemas.expectations.results import ExpectationResult, GateResult
from schemas.published.snapshot import attach_read_only
from schemas.published.tables import TABLES
from schemas.settings import Settings
from tasks.judge import not_judged
from tasks.judging import JUDGE, Questions
from tasks.quality_history import quality_history
from tasks.quality_page import quality_page
from tasks.receive import archived_arrivals
from tasks.waivers import waive, waivers_in_force
from warehouse.connection import query
from warehouse.known_register import know_register

__all__ = ["ExpectationResult", "GateResult", "gate"]


def gate(
    warehouse: duckdb.DuckDBPyConnection, candidate: Path, settings: Settings, run_id: str, now: datetime
) -> GateResult:
    """Judge `candidate` (a closed DuckDB file with schema marts) by every expectation; publish nothing.

    What fails passes all the same as far as waivers in force cover it, and says so.

    What was found is kept in ledger.expectation_result and in `<home>/runs/<run_id>/` as gate.json and
    quality.html. The warehouse's connection is left as it was, but for the register as known at
    `now`. Raises duckdb.Error when a table that is judged does not exist,
    ChildProcessError when this machine ends the process that judges whatever it judges.
    """
    know_register(warehouse, now, settings)
    with _beside_the_warehouse(warehouse, candidate, settings, now) as has_release:
        found = _judge_all(warehouse, has_release=has_release)
        district_of = dict(warehouse.execute(query("district_of_commune")).fetchall())
        results = waive(found, waivers_in_force(warehouse), district_of)
        is_simulated = _is_simulated(warehouse)
        history = quality_history(warehouse, run_id)
    result = GateResult(not any(r.is_blocking for r in results), results)
    _keep_in_ledger(warehouse, run_id, result)
    page = quality_page(result, history, run_id, now, is_simulated=is_simulated)
    _keep_in_files(settings, run_id, now, result, page)
    return result


def _judge_all(warehouse: duckdb.DuckDBPyConnection, *, has_release: bool) -> list[ExpectationResult]:
    asked = [e for e in expectations() if has_release or not e.needs_release]
    tables = {table.name: warehouse.execute(f"FROM marts.{table.name}").df() for table in TABLES}
    frames = [(expectation, _frame(warehouse, expectation, tables)) for expectation in asked]
    results = JUDGE.ask(Questions(frames, tables))
    found = {result.name: result for result in results[: len(frames)]}
    return [found.get(e.name) or not_judged(e) for e in expectations()] + results[len(frames) :]


def _frame(
    warehouse: duckdb.DuckDBPyConnection, expectation: Expectation, tables: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    if expectation.select is None:
        return tables[expectation.table]
    return warehouse.execute(expectation.select).df()


def _is_simulated(warehouse: duckdb.DuckDBPyConnection) -> bool:
    found = warehouse.execute("SELECT coalesce(bool_or(is_simulated), false) FROM marts.release").fetchone()
    return found is not None and bool(found[0])


@contextmanager
def _beside_the_warehouse(
    warehouse: duckdb.DuckDBPyConnection, candidate: Path, settings: Settings, now: datetime
) -> Iterator[bool]:
    """Lay candidate, release and arrivals beside the warehouse's tables; yield whether a release exists."""
    with ExitStack() as undo:
        _attach(warehouse, candidate, "candidate", undo)
        if has_release := settings.snapshot.exists():
            # The release itself, not the link to it: the link may be swapped and the file is open meanwhile.
            _attach(warehouse, settings.snapshot.resolve(), "published", undo)
        warehouse.register("arrival", _arrivals(settings, now))
        undo.callback(warehouse.unregister, "arrival")
        _search_candidate_first(warehouse)
        undo.callback(warehouse.execute, "RESET search_path")
        yield has_release


def _attach(warehouse: duckdb.DuckDBPyConnection, file: Path, name: str, undo: ExitStack) -> None:
    attach_read_only(warehouse, file, name)
    undo.callback(warehouse.execute, f"DETACH {name}")


def _search_candidate_first(warehouse: duckdb.DuckDBPyConnection) -> None:
    # `marts.x` is then the candidate's, while `ledger.x`, `core.x`, `reference.x` stay the warehouse's.
    found = warehouse.execute("SELECT current_catalog()").fetchone()
    own = f'"{found[0]}"' if found else "memory"
    searched = ["candidate.marts", *(f"{own}.{schema}" for schema in ("ledger", "core", "reference"))]
    warehouse.execute("SET search_path = ?", [",".join(searched)])


def _arrivals(settings: Settings, now: datetime) -> pd.DataFrame:
    columns = ["submission_id", "district_code", "file_name"]
    return pd.DataFrame(
        [
            (arrival.submission_id, arrival.district_code, arrival.file_name)
            for arrival in archived_arrivals(settings)
            if arrival.received_at <= now
        ],
        columns=columns,
        dtype="str",
    )


def _keep_in_ledger(warehouse: duckdb.DuckDBPyConnection, run_id: str, result: GateResult) -> None:
    found = pd.DataFrame(
        [(run_id, r.name, r.success, _json(_seen(r))) for r in result.results],
        columns=["run_id", "expectation", "success", "observed"],
    )
    warehouse.register("found", found)
    # Replaced, not added twice: an engine may run a finished task of the same run again.
    warehouse.execute("INSERT OR REPLACE INTO ledger.expectation_result BY NAME FROM found")
    warehouse.unregister("found")


def _seen(result: ExpectationResult) -> dict[str, Any]:
    waived = {"waived_rows": result.waived_rows, "waivers": [asdict(waiver) for waiver in result.waivers]}
    seen = {"is_blocking": result.is_blocking, "observed": result.observed, "rows": result.rows}
    return {**seen, **(waived if result.waivers else {})}


def _keep_in_files(settings: Settings, run_id: str, now: datetime, result: GateResult, page: str) -> None:
    folder = settings.runs / run_id
    folder.mkdir(parents=True, exist_ok=True)
    record = {"run_id": run_id, "as_known_at": now.isoformat(), **asdict(result)}
    (folder / "gate.json").write_text(_json(record), encoding="utf-8")
    (folder / "quality.html").write_text(page, encoding="utf-8")


def _json(record: object) -> str:
    # Dates are written as ISO text; everything else of a row is a number, a text or empty.
    return json.dumps(record, ensure_ascii=False, default=str, indent=1)
