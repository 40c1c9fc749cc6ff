"""What the quality page says beside this run's expectations: earlier runs, and findings by fault."""

from dataclasses import dataclass, field

import duckdb

from schemas.rows import Row, rows_of
from warehouse.connection import query


@dataclass(frozen=True)
class QualityHistory:
    """Rows of `quality_run.sql` (earlier runs) and of `quality_fault.sql` (findings by fault)."""

    runs: list[Row] = field(default_factory=list)
    faults: list[Row] = field(default_factory=list)


def quality_history(warehouse: duckdb.DuckDBPyConnection, run_id: str) -> QualityHistory:
    """Read both from the ledger; `marts.findings` must be that of the candidate."""
    return QualityHistory(
        rows_of(warehouse, query("quality_run"), [run_id]),
        rows_of(warehouse, query("quality_fault")),
    )
