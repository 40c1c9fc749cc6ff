"""Backfill: every file of many periods at once: rows a second, memory against the number of files.

`python -m tests.bench backfill`. The files are written once into the cache (minutes for 3,600). One cycle
takes all that waits: it checks them in batches of at most one file a district.
"""

from dataclasses import replace
from pathlib import Path

from tests.bench.answers import must_agree, rows_loaded
from tests.bench.given import Given, Size
from tests.bench.inboxes import files_of, inbox, locked_at
from tests.bench.measure import Figure, measured, run_cold
from tests.bench.plan import write_plan

NAME = "backfill"
PERIODS = {Size.SMALL: (1, 2), Size.USUAL: (2, 6), Size.FULL: (10, 30, 60, 120)}
FLOOR, PIPELINE = "floor", "ours without Prefect"


def figures(given: Given) -> list[Figure]:
    """Floor and pipeline on each number of periods. Raises OtherAnswers."""
    return [figure for periods in PERIODS[given.size] for figure in _backfilled(given, periods)]


def _backfilled(given: Given, periods: int) -> list[Figure]:
    folder = inbox(periods, is_small=given.is_small)
    plan = write_plan(given.place.scratch / "plan", locked_at(periods - 1))
    ours = _subject(given, "pipeline", folder, plan, periods)
    rows = rows_loaded(given.place.scratch / "pipeline" / "1" / "warehouse.duckdb")
    if given.is_ours_only:
        return [replace(ours, work=rows)]
    floor = _subject(given, "floor", folder, plan, periods)
    published = {"floor": given.place.scratch / "floor" / "1" / "published.duckdb"}
    must_agree(_released(given), published, is_judged=False)
    return [replace(floor, work=rows), replace(ours, work=rows, base=floor.subject)]


def _subject(given: Given, name: str, folder: Path, plan: Path, periods: int) -> Figure:
    moment = locked_at(periods - 1).replace(tzinfo=None).isoformat()
    place = given.place

    def command(home: Path) -> list[str]:
        return place.subject(name, str(folder), str(home), "--plan", str(plan), "--now", moment)

    return measured(
        of_periods(FLOOR if name == "floor" else PIPELINE, periods),
        given.runs,
        lambda _: run_cold(command(place.fresh(name)), place.checkout),
        note=f"{len(files_of(folder))} files",
        is_warmed=False,
    )


def of_periods(subject: str, periods: int) -> str:
    """What a subject is called when it takes so many periods."""
    return f"{subject}, {periods} periods"


def _released(given: Given) -> Path:
    return given.place.scratch / "pipeline" / "1" / "published" / "scheme21.duckdb"
