"""What a cycle hands back: how it ended, what arrived, what the gate said, where everything lies."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.run_outcomes import FAILED
from schemas.settings import Settings

if TYPE_CHECKING:  # what a refusal is must be known before pandas is loaded
    from schemas.expectations.results import GateResult
    from tasks.ingest import Outcome
    from tasks.landing import NotTaken


@dataclass
class CycleReport:
    """One cycle: `outcome` is released, unchanged, refused, untold or failed; `as_known_at` is its `now`.

    `recovered` are the ids of killed runs that this one marked as crashed; `damaged` are the files that it
    found damaged, where they lie aside now; `not_taken` is what lies in the landing place and is no file to
    take. `next_due` is when a schedule starts the next cycle, None where none does.
    """

    run_id: str
    period: str
    as_known_at: datetime
    started_at: datetime
    finished_at: datetime | None = None
    outcome: str = FAILED
    outcomes: "list[Outcome]" = field(default_factory=list)
    gate: "GateResult | None" = None
    closing_statement: Path | None = None
    recovered: list[str] = field(default_factory=list)
    damaged: list[Path] = field(default_factory=list)
    not_taken: "list[NotTaken]" = field(default_factory=list)
    next_due: datetime | None = None

    def folder(self, settings: Settings) -> Path:
        """Where the cycle's own records lie."""
        return settings.runs / self.run_id

    def write(self, settings: Settings) -> Path:
        """Keep the report as `cycle.json` in the cycle's folder; the gate keeps its own record beside it."""
        path = self.folder(settings) / "cycle.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        record = {name: value for name, value in asdict(self).items() if name != "gate"}
        record["failing_expectations"] = [result.name for result in self.gate.failing] if self.gate else []
        record["waived_expectations"] = [result.name for result in self.gate.waived] if self.gate else []
        path.write_text(json.dumps(record, default=str, ensure_ascii=False, indent=1), encoding="utf-8")
        return path


class GateRefused(RuntimeError):  # noqa: N818 - a judgement, not an error of the program
    """The candidate failed the gate: nothing was released. `report.gate` holds what failed and every row."""

    def __init__(self, report: CycleReport) -> None:
        failing = report.gate.failing if report.gate else []
        names = ", ".join(result.name for result in failing if result.is_blocking)
        super().__init__(f"Không phát hành / nothing released: {names}")
        self.report = report
