"""What the gate found: one result an expectation, with every row that fails it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from schemas.expectations import CRITICAL


@dataclass(frozen=True)
class WaiverInForce:
    """A waiver as the candidate's marts.exceptions has it; without district and unit it covers everything."""

    exception_id: str
    expectation: str
    district_code: str | None
    unit_id: str | None
    reason: str
    granted_by: str
    expires_at: datetime


@dataclass(frozen=True)
class ExpectationResult:
    """One expectation as it was judged; `rows` and `waived_rows` hold every failing row, none is cut off.

    `expected` and `observed` are one line each; `raw` is the judging library's own record, kept in gate.json.
    `waivers` are those that cover some of what failed; `waived_rows` are the rows they cover.
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
    waivers: list[WaiverInForce] = field(default_factory=list)
    waived_rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_waived(self) -> bool:
        """Whether it failed and waivers cover all of it."""
        return bool(self.waivers) and not self.rows

    @property
    def is_blocking(self) -> bool:
        """Whether this result alone keeps the candidate from being released."""
        return not self.success and self.severity == CRITICAL and not self.is_waived


@dataclass(frozen=True)
class GateResult:
    """The gate's judgement of one candidate."""

    success: bool
    results: list[ExpectationResult]

    @property
    def failing(self) -> list[ExpectationResult]:
        """What failed, blocking expectations first, waived ones among it."""
        return sorted((r for r in self.results if not r.success), key=lambda r: not r.is_blocking)

    @property
    def waived(self) -> list[ExpectationResult]:
        """What failed and passes by a waiver."""
        return [result for result in self.results if result.is_waived]
