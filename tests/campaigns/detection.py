"""The detection score: every fault of the catalogue put into clean returns, again and again, and looked for.

`python -m tests.campaigns.detection` writes docs/detection.md and schemas/detection.csv and fails when a
fault is missed or a clean return is accused; `--sample FOLDER` takes a clean sample that is already written.
"""

import argparse
import copy
import hashlib
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from schemas.detection import SCORES
from schemas.faults import faults_of
from schemas.settings import Settings
from tasks.batch import gather
from tasks.bounded_reading import BoundedReader
from tasks.check import checked
from tasks.load import load
from tasks.obligations import open_obligations
from tasks.opening import open_file, register_of
from tasks.receive import Arrival
from tasks.sample import write_sample
from tests.campaigns.clean_city import CleanCity, judge_clean_city
from tests.campaigns.detection_page import page, score_lines
from tests.campaigns.file_faults import FILE_FAULTS
from tests.campaigns.injection import Injected, Injection, by_fault
from tests.campaigns.row_faults import ROW_FAULTS
from tests.campaigns.sample_return import SampleReturn
from tests.campaigns.whole_faults import SUBMISSION_FAULTS, WARNINGS
from tests.intake.returns import moment
from warehouse.connection import open_warehouse

INJECTIONS = by_fault((*FILE_FAULTS, *ROW_FAULTS, *SUBMISSION_FAULTS, *WARNINGS))
_PAGE = Path(__file__).parents[2] / "docs" / "detection.md"
_SPOILT_DISTRICTS = 20
_BATCH = 40  # files checked at once: more than a cycle has, as one cannot know them apart
_FIRST, _LATER = ("first", "2021-03", moment("2021-04-03")), ("later", "2021-04", moment("2021-05-03"))

Finding = tuple[str, str]


@dataclass(frozen=True)
class Placement:
    """One injected file, its way of being wrong, and when it was sent."""

    injection: Injection
    when: str
    district: str
    injected: Injected


@dataclass
class Score:
    """Of one way to commit a fault: files sent, files in which it was found, what was alleged besides.

    `followed`: other faults that honestly follow, and in how many files they did.
    """

    injection: Injection
    placements: int = 0
    found: int = 0
    followed: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)


class Sender:
    """Clean returns of the sample to be spoilt, and warehouses to send them to."""

    def __init__(self, sample: Path, districts: list[str]) -> None:
        self.settings = Settings(_env_file=None)
        self.reader = BoundedReader(self.settings)
        self.districts = districts
        self.warehouses: dict[str, duckdb.DuckDBPyConnection] = {}
        self.clean = {
            (when, district): _with_petition(SampleReturn.open(_first_file(sample, district, period)), when)
            for when, period, _ in (_FIRST, _LATER)
            for district in districts
        }

    def place(self, seed: int, fault: str, number: int) -> Placement:
        """Spoil a random return with the `number`th placement of the fault."""
        ways = INJECTIONS[fault]
        injection = ways[number % len(ways)]
        chance = random.Random(f"{seed}/{fault}/{number}")  # noqa: S311 - chance, not a secret
        turn = ("first", "later")[number // len(ways) % 2]
        when = turn if injection.when == "any" else injection.when
        for district in chance.sample(self.districts, len(self.districts)):
            injected = injection.spoil(chance, copy.deepcopy(self.clean[when, district]))
            if injected is not None:
                return Placement(injection, when, district, injected)
        raise LookupError(f"no return lends itself to {fault}: {injection.what}")

    @contextmanager
    def ready(self) -> Iterator["Sender"]:
        """Open a warehouse without a return, and one that has accepted every district's first."""
        zone = self.settings.time_zone
        first = open_warehouse(None, zone)
        with self.reader, first as self.warehouses["first"], open_warehouse(None, zone) as later:
            self.warehouses["later"] = later
            for warehouse in self.warehouses.values():
                open_obligations(warehouse, self.settings, _LATER[2])
            self._accept_first(later)
            yield self

    def findings(self, placements: list[Placement]) -> Iterator[tuple[Placement, set[Finding]]]:
        """Check the placements, those of one time together, and give the findings of each."""
        for when, _, received_at in (_FIRST, _LATER):
            sent = [placement for placement in placements if placement.when == when]
            for start in range(0, len(sent), _BATCH):
                yield from self._check(self.warehouses[when], sent[start : start + _BATCH], received_at)

    def _accept_first(self, warehouse: duckdb.DuckDBPyConnection) -> None:
        register = register_of(warehouse)
        files = [(d, self.clean["first", d].content()) for d in self.districts]
        batch = gather([open_file(_arrival(d, c, _FIRST[2]), c, self.reader, register) for d, c in files])
        with checked(warehouse, batch, self.settings) as result:
            if set(result.verdicts["verdict"]) != {"accepted"}:
                raise ValueError(f"the clean returns are not clean: {result.findings}")
            load(warehouse, batch, result, "detection")

    def _check(
        self, warehouse: duckdb.DuckDBPyConnection, sent: list[Placement], received_at: datetime
    ) -> Iterator[tuple[Placement, set[Finding]]]:
        register = register_of(warehouse)
        arrivals = [
            _arrival(p.district, p.injected.content, p.injected.received_at or received_at, number)
            for number, p in enumerate(sent)
        ]
        files = zip(arrivals, sent, strict=True)
        batch = gather([open_file(a, p.injected.content, self.reader, register) for a, p in files])
        with checked(warehouse, batch, self.settings) as result:
            lines = result.findings[["submission_id", "source_sheet", "cell", "fault"]].fillna("")
        found: dict[str, set[Finding]] = {arrival.submission_id: set() for arrival in arrivals}
        for submission_id, sheet, cell, fault in lines.itertuples(index=False, name=None):
            found[submission_id].add((f"{sheet}!{cell}" if cell else "", fault))
        yield from ((p, found[a.submission_id]) for a, p in zip(arrivals, sent, strict=True))


def detect(sample: Path, districts: list[str], seed: int, placements: int) -> list[Score]:
    """Put every fault into at least so many returns and score each way of committing it."""
    scores = {id(i): Score(i) for ways in INJECTIONS.values() for i in ways}
    with Sender(sample, districts).ready() as sender:
        placed = [
            sender.place(seed, fault, number)
            for fault, ways in INJECTIONS.items()
            for number in range(max(placements, len(ways)))
        ]
        for placement, found in sender.findings(placed):
            _tally(scores[id(placement.injection)], placement, found)
    return list(scores.values())


def _tally(score: Score, placement: Placement, found: set[Finding]) -> None:
    fault, injected = placement.injection.fault, placement.injected
    expected = {(place, fault) for place in injected.found_at}
    others = {f for f in found - expected if f[1] not in injected.consequences}
    score.placements += 1
    score.followed.update({name for _, name in found - expected if name in injected.consequences})
    score.found += expected <= found
    score.missed += [f"{placement.when} {placement.district} {f}" for f in sorted(expected - found)]
    score.alarms += [f"{placement.when} {placement.district} {f}" for f in sorted(others)]


def _first_file(sample: Path, district: str, period: str) -> Path:
    return sample / district / f"{district}-{period}-lan1.xlsx"


def _with_petition(clean: SampleReturn, when: str) -> SampleReturn:
    # The sample has next to no petitions: one that stays open gives the rules on them something to hold.
    opening, received = (0, 2) if when == "first" else (2, 0)
    row = {"commune_code": clean.rows["commune"][0]["commune_code"], "petition_kind": "Khiếu nại"}
    counts = {"opening": opening, "received": received, "resolved": 0, "closing": 2}
    others = [
        r for r in clean.rows["petition"] if (r["commune_code"], r["petition_kind"]) != tuple(row.values())
    ]
    clean.rows["petition"] = [*others, row | counts]
    return clean


def _arrival(district: str, content: bytes, received_at: datetime, number: int = 0) -> Arrival:
    name = f"{number:05d}.xlsx"
    digest = hashlib.sha256(content).hexdigest()
    return Arrival(district, name, received_at, digest, len(content), received_at)


def main() -> None:
    """Parse the command line, run, write the page, print the table, exit with 1 when anything is amiss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--placements", type=int, default=60)
    parser.add_argument("--sample", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sample = given.sample or Path(folder) / "sample"
        if given.sample is None:
            write_sample(sample)
        scores = detect(sample, _smallest(sample), given.seed, given.placements)
        clean = judge_clean_city(sample, Path(folder) / "home")
    text = page(scores, clean, given.seed)
    _PAGE.write_text(text, encoding="utf-8")
    SCORES.write_text(score_lines(scores), encoding="utf-8")
    print(text)
    sys.exit(0 if is_perfect(scores, clean) else 1)


def _smallest(sample: Path) -> list[str]:
    """The districts with the smallest first files: enough of both kinds, and the campaign takes minutes."""
    sizes = {p.name: _first_file(sample, p.name, _FIRST[1]).stat().st_size for p in sample.iterdir()}
    return sorted(sorted(sizes, key=lambda district: sizes[district])[:_SPOILT_DISTRICTS])


def is_perfect(scores: list[Score], clean: CleanCity) -> bool:
    """Whether every fault of the catalogue was found everywhere and nothing was alleged that is not so."""
    is_complete = {score.injection.fault for score in scores} == set(faults_of("return"))
    return is_complete and not clean.alarms and not any(score.missed or score.alarms for score in scores)


if __name__ == "__main__":
    main()
