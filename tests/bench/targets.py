"""What the benches aim at: ratios of one subject to another, and whether they were met."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench import backfill, check, cycle, growth
from tests.bench.given import Size
from tests.bench.measure import Figure


@dataclass(frozen=True)
class Target:
    """In a bench, `subject` takes at most `most` times as long as `base`."""

    bench: str
    subject: str
    base: str
    most: float

    def line(self, by_name: dict[str, Figure]) -> str:
        """A line of Markdown's table; a bench that did not run measured nothing of it."""
        if not {self.subject, self.base} <= by_name.keys():
            return f"| {self.subject} | {self.base} | {self.most:.2f} | | not measured |"
        ratio = by_name[self.subject].median / by_name[self.base].median
        verdict = "met" if ratio <= self.most else "**missed**"
        return f"| {self.subject} | {self.base} | {self.most:.2f} | {ratio:.2f} | {verdict} |"


_NO_CELL, _TEN_CELLS = (f"`scheme21 check`, {cells} cells wrong" for cells in (0, 10))
_SHORTEST, _LONGEST = (f"building the tables with period {periods + 1}" for periods in growth.HISTORIES[::2])
_MOST_PERIODS = backfill.PERIODS[Size.USUAL][-1]
_FLOOR, _BACKFILL = (backfill.of_periods(s, _MOST_PERIODS) for s in (backfill.FLOOR, backfill.PIPELINE))
TARGETS = (
    Target(cycle.NAME, cycle.PIPELINE_WARM, cycle.FLOOR_WARM, 3),
    Target(cycle.NAME, cycle.SCHEDULED, cycle.FLOOR, 5),
    Target(cycle.NAME, cycle.WHOLE, cycle.STACK, 1 / 3),
    Target(cycle.NAME, cycle.WHOLE, cycle.PER_FILE, 1 / 3),
    Target(check.NAME, _NO_CELL, check.IMPORTS, 2),
    Target(check.NAME, _TEN_CELLS, check.IMPORTS, 2),
    Target(backfill.NAME, _BACKFILL, _FLOOR, 4),
    Target(growth.NAME, _LONGEST, _SHORTEST, 1.3),
)


def compared(measured: dict[str, list[Figure]]) -> str:
    """Every target beside what was measured, as a table of Markdown; `measured`: figures by bench."""
    return "\n".join(_lines(measured))


def _lines(measured: dict[str, list[Figure]]) -> Iterator[str]:
    yield "| subject | base | ratio, at most | ratio | |"
    yield "| --- | --- | --: | --: | --- |"
    for target in TARGETS:
        yield target.line({figure.subject: figure for figure in measured.get(target.bench, [])})
