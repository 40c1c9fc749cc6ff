"""Writing the sample: what the thirty districts would have sent, file by file, at the times they sent it."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.form_workbook import FormContents, write_form
from tasks.sample.arrivals import Arrivals, Delivery, plan_arrivals
from tasks.sample.backlog import describe_backlog
from tasks.sample.city import build_city
from tasks.sample.countdown import plan_countdown
from tasks.sample.mess.draft import Draft, lay_out
from tasks.sample.mess.faults import PlannedFault
from tasks.sample.mess.layouts import HABITS
from tasks.sample.mess.plain_workbook import Place, write_pages
from tasks.sample.mess.plan import Mess, add_corrections, fault_stream, plan_mess
from tasks.sample.petitions import plan_petitions
from tasks.sample.returns import Returns, first_draft
from tasks.sample.span import Span


@dataclass(frozen=True)
class SampleFile:
    """One file written: `path` below the sample's folder.

    `occasion` is on_time, late, draft (soon corrected), resubmission, faulty or correction.
    """

    path: str
    district_code: str
    period: str
    seq: int
    received_at: datetime
    occasion: str


@dataclass(frozen=True)
class PlantedFault:
    """One fault of the catalogue in one file; sheet and cell are empty where it has no one place.

    A fault that is a disagreement of two sheets is told where it was planted; a check may point at the other.
    """

    path: str
    fault: str
    form_sheet: str
    source_sheet: str
    cell: str


@dataclass(frozen=True)
class SampleSummary:
    """What was written.

    `files` in order of arrival; `missing` the return (district, period) that never came; `planted` every
    fault; `habits` the layout habits of each district that has any (all of its files show them).
    """

    files: list[SampleFile]
    missing: tuple[str, str] | None
    planted: list[PlantedFault]
    habits: dict[str, list[str]]


def write_sample(
    folder: Path, seed: int = 21, first: str = "2021-03", last: str = "2021-12", messy: bool = False
) -> SampleSummary:
    """Write `<folder>/<district>/<district>-<period>-lan<seq>.xlsx`, each with its arrival as file time.

    `messy` plants faults, each corrected by a later return of the period, and gives offices layouts of their
    own. All figures are simulated and marked so. Equal arguments write equal bytes. Raises ValueError for a
    span of fewer than two periods or one that starts before the baseline.
    """
    span = Span.between(first, last)
    city = build_city(seed, span.as_of(0))
    countdown = describe_backlog(seed, plan_countdown(seed, city, span), span)
    arrivals = plan_arrivals(seed, city, countdown, span)
    without = arrivals.missing[0] if arrivals.missing else None
    returns = Returns(seed, city, countdown, span, plan_petitions(seed, city, span, without))
    mess = Mess({}, {})
    if messy:
        mess = plan_mess(seed, arrivals, returns)
        arrivals = add_corrections(seed, arrivals, mess, returns)
    writer = _Writer(folder, seed, returns, mess)
    files = [writer.write(delivery) for delivery in arrivals.deliveries]
    return SampleSummary(files, _missing(arrivals, span), writer.planted, mess.habits)


def _missing(arrivals: Arrivals, span: Span) -> tuple[str, str] | None:
    if arrivals.missing is None:
        return None
    code, index = arrivals.missing
    return code, str(span.periods[index])


class _Writer:
    """Writes one delivery after the other and keeps account of the faults in them."""

    def __init__(self, folder: Path, seed: int, returns: Returns, mess: Mess) -> None:
        self.folder, self.seed, self.returns, self.mess = folder, seed, returns, mess
        self.planted: list[PlantedFault] = []

    def write(self, delivery: Delivery) -> SampleFile:
        """Write the file of `delivery` and set its time."""
        code, period = delivery.district_code, str(self.returns.span.periods[delivery.index])
        path = self.folder / code / f"{code}-{period}-lan{delivery.seq}.xlsx"
        fault = self._fault_of(delivery)
        if fault is not None and fault.name == "stale_sequence":
            path = path.with_stem(f"{path.stem}-b")  # the good one under this number came before
        path.parent.mkdir(parents=True, exist_ok=True)
        self._write_contents(path, delivery)
        moment = delivery.received_at.timestamp()
        os.utime(path, (moment, moment))
        relative = path.relative_to(self.folder).as_posix()
        return SampleFile(relative, code, period, delivery.seq, delivery.received_at, delivery.occasion)

    def _fault_of(self, delivery: Delivery) -> PlannedFault | None:
        at = (delivery.district_code, delivery.index)
        return self.mess.faults.get(at) if delivery.occasion == "faulty" else None

    def _write_contents(self, path: Path, delivery: Delivery) -> None:
        contents = self.returns.contents(delivery.district_code, delivery.index, delivery.seq)
        if delivery.occasion == "draft":
            contents = first_draft(contents)
        created = delivery.received_at.replace(tzinfo=None)
        habits = self.mess.habits.get(delivery.district_code, [])
        fault = self._fault_of(delivery)
        if fault is None and not habits:
            write_form(path, contents, created=created, has_totals=True)
            return
        content, places = self._type(contents, habits, fault, created)
        path.write_bytes(content if fault is None else fault.damage(content))
        self._remember(path, places, fault)

    def _type(
        self, contents: FormContents, habits: list[str], fault: PlannedFault | None, created: datetime
    ) -> tuple[bytes, list[Place]]:
        draft = Draft.of(contents)
        if fault is not None:
            fault.plant(draft, fault_stream(self.seed, fault))
        pages = lay_out(draft)
        for habit in habits:
            HABITS[habit](pages)
        return write_pages(pages, created)

    def _remember(self, path: Path, places: list[Place], fault: PlannedFault | None) -> None:
        relative = path.relative_to(self.folder).as_posix()
        if fault is not None and fault.name == "unreadable_file":
            places = []
        for place in places:
            planted = PlantedFault(relative, place.fault, place.form_sheet, place.source_sheet, place.cell)
            self.planted.append(planted)
        if fault is not None and fault.name not in {place.fault for place in places}:
            self.planted.append(PlantedFault(relative, fault.name, "", "", ""))
