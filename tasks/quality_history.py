"""What the quality page says beside this run's expectations: earlier runs, and findings by fault."""

from dataclasses import dataclass, field
from typing import Any

import duckdb

from warehouse.connection import query


@dataclass(frozen=True)
class QualityHistory:
    """Rows of `quality_run.sql` (earlier runs) and of `quality_fault.sql` (findings by fault)."""

    runs: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)


def quality_history(warehouse: duckdb.DuckDBPyConnection, run_id: str) -> QualityHistory:
    """Read both from the ledger; `marts.findings` must be that of the candidate."""
    return QualityHistory(
        _rows(warehouse.execute(query("quality_run"), [run_id])),
        _rows(warehouse.execute(query("quality_fault"))),
    )


def _rows(answer: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
