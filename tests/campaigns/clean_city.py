"""The other half of the score: thirty clean districts over ten periods, of which nothing may be alleged."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from schemas.settings import Settings
from tasks.ingest import ingest
from tasks.obligations import open_obligations
from tasks.receive import archived_arrivals, receive
from tasks.sample.city import build_city
from tasks.sample.countdown import plan_countdown
from tasks.sample.span import Span
from tests.intake.returns import moment
from warehouse.connection import open_warehouse

_AFTER_ALL = moment("2022-02-01")
_FINDINGS = """
SELECT submission.district_code, submission.period, finding.fault
FROM ledger.finding JOIN ledger.submission USING (submission_id)
"""


@dataclass(frozen=True)
class CleanCity:
    """What became of the clean sample: files and rows taken in, units it planned to reopen, false alarms."""

    files: int
    districts: int
    periods: int
    rows: int
    reopened: int
    alarms: list[str]


def judge_clean_city(sample: Path, home: Path) -> CleanCity:
    """Take the whole sample in; units that it lets open again are to be told, all else is an alarm."""
    settings = Settings(home=home, inbox=str(sample), _env_file=None)
    receive(settings, _AFTER_ALL)
    with open_warehouse(None, settings.time_zone) as warehouse:
        now = max(a.received_at for a in archived_arrivals(settings)) + timedelta(days=1)
        open_obligations(warehouse, settings, now)
        outcomes = ingest(warehouse, settings, now, "clean")
        found = Counter(warehouse.execute(_FINDINGS).fetchall())
    periods = sorted({o.period for o in outcomes if o.period})
    planned = _planned_reopenings(periods[0], periods[-1])
    return CleanCity(
        files=len(outcomes),
        districts=len({o.district_code for o in outcomes}),
        periods=len(periods),
        rows=sum(o.rows_loaded for o in outcomes),
        reopened=planned.total(),
        alarms=[
            *map(str, (found - planned).elements()),
            *(f"not told: {p}" for p in (planned - found).elements()),
        ],
    )


def _planned_reopenings(first: str, last: str) -> Counter[tuple[str, str, str]]:
    span = Span.between(first, last)
    units = plan_countdown(21, build_city(21, span.as_of(0)), span).units
    again = units[units["opens"] > 0]
    return Counter(
        (district, str(span.periods[opens]), "reopened")
        for district, opens in zip(again["district_code"], again["opens"], strict=True)
    )
