"""Writing the sample: what the thirty districts would have sent, file by file, at the times they sent it."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.form_workbook import write_form
from tasks.sample.arrivals import Arrivals, Delivery, plan_arrivals
from tasks.sample.backlog import describe_backlog
from tasks.sample.city import build_city
from tasks.sample.countdown import plan_countdown
from tasks.sample.petitions import plan_petitions
from tasks.sample.returns import Returns, first_draft
from tasks.sample.span import Span


@dataclass(frozen=True)
class SampleFile:
    """One file written: `path` below the sample's folder; `occasion` as in arrivals."""

    path: str
    district_code: str
    period: str
    seq: int
    received_at: datetime
    occasion: str


@dataclass(frozen=True)
class SampleSummary:
    """What was written: the files in order of arrival, and the return (district, period) that never came."""

    files: list[SampleFile]
    missing: tuple[str, str] | None


def write_sample(
    folder: Path, seed: int = 21, first: str = "2021-03", last: str = "2021-12", messy: bool = False
) -> SampleSummary:
    """Write `<folder>/<district>/<district>-<period>-lan<seq>.xlsx`, each with its arrival as file time.

    All figures are simulated and marked so. Equal arguments write equal bytes. Raises ValueError for a span
    of fewer than two periods or one that starts before the baseline.
    """
    span = Span.between(first, last)
    city = build_city(seed, span.as_of(0))
    countdown = describe_backlog(seed, plan_countdown(seed, city, span), span)
    arrivals = plan_arrivals(seed, city, countdown, span)
    without = arrivals.missing[0] if arrivals.missing else None
    returns = Returns(seed, city, countdown, span, plan_petitions(seed, city, span, without))
    files = [_write(folder, delivery, returns) for delivery in arrivals.deliveries]
    return SampleSummary(files, _missing(arrivals, span))


def _write(folder: Path, delivery: Delivery, returns: Returns) -> SampleFile:
    code, period = delivery.district_code, str(returns.span.periods[delivery.index])
    contents = returns.contents(code, delivery.index, delivery.seq)
    if delivery.occasion == "draft":
        contents = first_draft(contents)
    path = folder / code / f"{code}-{period}-lan{delivery.seq}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_form(path, contents, created=delivery.received_at.replace(tzinfo=None), has_totals=True)
    moment = delivery.received_at.timestamp()
    os.utime(path, (moment, moment))
    relative = path.relative_to(folder).as_posix()
    return SampleFile(relative, code, period, delivery.seq, delivery.received_at, delivery.occasion)


def _missing(arrivals: Arrivals, span: Span) -> tuple[str, str] | None:
    if arrivals.missing is None:
        return None
    code, index = arrivals.missing
    return code, str(span.periods[index])
