"""What the gate found: one result an expectation, with every row that fails it."""

from dataclasses import dataclass, field
from typing import Any

from schemas.expectations import CRITICAL


@dataclass(frozen=True)
class ExpectationResult:
    """One expectation as it was judged; `rows` holds every failing row, none is cut off.

    `expected` and `observed` are one line each; `raw` is the judging library's own record, kept in gate.json.
    """

    name: str
    success: bool
    table: str
    severity: str
    vi: str
    en: str
    remedy_vi: str
    remedy_en: str
    expected: str
    observed: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def is_blocking(self) -> bool:
        """Whether this result alone keeps the candidate from being released."""
        return not self.success and self.severity == CRITICAL


@dataclass(frozen=True)
class GateResult:
    """The gate's judgement of one candidate."""

    success: bool
    results: list[ExpectationResult]

    @property
    def failing(self) -> list[ExpectationResult]:
        """What failed, blocking expectations first."""
        return sorted((r for r in self.results if not r.success), key=lambda r: r.severity != CRITICAL)
