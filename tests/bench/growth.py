"""Growth: a new period on top of 12, 60 and 119, and a correction six periods back.

`python -m tests.bench growth`: a tenth of a country, made once into the cache; with `--full` all of it.
What is built must be what a full rebuild gives, by EXCEPT ALL. `python -m tests.bench.growth --build
module:function` measures another way to build.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.answers import differences, must_agree
from tests.bench.given import Given, Size, given_by, parser
from tests.bench.measure import Figure, Run, run_cold
from tests.bench.national import Country, found, opened, report
from tests.bench.place import CACHE
from tests.bench.table import table

NAME = "growth"
_PERIODS = 120
HISTORIES = (12, 60, 119)
_OURS, _FULL = "warehouse.runner:build_onward", "warehouse.runner:build"
_STEPS = {"report": "loading", "build": "building the tables with"}
_CORRECTED_BACK = 6
_CORRECTED = "001"
_COUNTRIES = {
    Size.SMALL: Country(3, 60, 500, 8),
    Size.USUAL: Country(6, 1_060, 9_000),
    Size.FULL: Country(),
}


@dataclass(frozen=True)
class Asked:
    """What is done on a copy of a warehouse: who reports which period, as known when, built by what."""

    warehouse: Path
    latest: int
    position: int | None = None
    only: str | None = None
    build: str = _OURS

    def arguments(self, folder: Path) -> list[str]:
        """The subject's arguments; the tables are built into <folder>/candidate.duckdb."""
        named = {
            "--position": self.position,
            "--latest": self.latest,
            "--only": self.only,
            "--build": self.build,
        }
        options = [text for name, value in named.items() if value is not None for text in (name, str(value))]
        return [str(folder / "warehouse.duckdb"), str(folder / "candidate.duckdb"), *options]


def figures(given: Given, build: str = _OURS) -> list[Figure]:
    """The new period on each history, then the correction on the longest. Raises OtherAnswers."""
    country, histories = _COUNTRIES[given.size], (3, 8) if given.is_small else HISTORIES
    measured: list[Figure] = []
    for periods, warehouse in _warehouses(country, histories):
        asked = _primed(given, Asked(warehouse, periods, periods, build=build))
        measured += _new_period(given, asked, country)
    measured = _against_the_shortest(measured)
    correction = replace(asked, latest=periods - 1, position=periods - _CORRECTED_BACK, only=_CORRECTED)
    return [*measured, _correction(given, correction)]


def _primed(given: Given, asked: Asked) -> Asked:
    """The same on a warehouse as the last cycle left it: what was known before is built already."""
    _once(given, replace(asked, latest=asked.latest - 1, position=None), "primed")
    return replace(asked, warehouse=given.place.scratch / "growth-primed" / "warehouse.duckdb")


def _warehouses(country: Country, histories: tuple[int, ...]) -> Iterator[tuple[int, Path]]:
    folder = CACHE / "countries" / "-".join(str(size) for size in vars(country).values())
    shorter: Path | None = None
    reported = 0
    for periods in histories:
        file = folder / f"{periods}.duckdb"
        if not file.exists():
            _lengthen(file, country, shorter, range(reported, periods))
        shorter, reported = file, periods
        yield periods, file


def _lengthen(file: Path, country: Country, shorter: Path | None, positions: range) -> None:
    beside = file.with_suffix(".part")
    beside.unlink(missing_ok=True)
    if shorter is None:
        found(beside, country, _PERIODS)
    else:
        shutil.copyfile(shorter, beside)
    with opened(beside) as warehouse:
        for position in positions:
            report(warehouse, position)
        warehouse.execute("CHECKPOINT")
    beside.replace(file)


def _new_period(given: Given, asked: Asked, country: Country) -> Iterator[Figure]:
    runs = [_once(given, asked, "new") for _ in range(given.runs)]
    _must_equal_a_full_rebuild(given, asked)
    for step, what in _STEPS.items():
        yield Figure(
            f"{what} period {asked.latest + 1}",
            [json.loads(run.output.splitlines()[-1])[step] for run in runs],
            peak_mb=[run.peak_mb for run in runs],
            work=country.rows_a_period,
            note=f"on {asked.latest * country.rows_a_period:,} rows; {country}",
        )


def _against_the_shortest(measured: list[Figure]) -> list[Figure]:
    steps = len(_STEPS)
    return [replace(figure, base=measured[n % steps].subject) for n, figure in enumerate(measured)]


def _correction(given: Given, asked: Asked) -> Figure:
    runs = [_once(given, asked, "new") for _ in range(given.runs)]
    _must_equal_a_full_rebuild(given, asked)
    seconds = [json.loads(run.output.splitlines()[-1])["build"] for run in runs]
    before, after = (
        given.place.scratch / f"growth-{name}" / "candidate.duckdb" for name in ("primed", "new")
    )
    changed = ", ".join(f"{table} {rows}" for table, rows in differences(before, after).items()) or "nothing"
    label = f"building the tables after a correction {_CORRECTED_BACK} periods back"
    return Figure(label, seconds, peak_mb=[r.peak_mb for r in runs], note=f"rows that differ: {changed}")


def _must_equal_a_full_rebuild(given: Given, asked: Asked) -> None:
    if asked.build == _FULL:
        return
    _once(given, replace(asked, build=_FULL), "full")
    full, new = (given.place.scratch / f"growth-{name}" / "candidate.duckdb" for name in ("full", "new"))
    must_agree(full, {asked.build: new})


def _once(given: Given, asked: Asked, name: str) -> Run:
    folder = given.place.fresh(f"growth-{name}")
    folder.mkdir()
    shutil.copyfile(asked.warehouse, folder / "warehouse.duckdb")
    return run_cold(given.place.subject("new_period", *asked.arguments(folder)), given.place.checkout)


def main() -> None:
    """Measure and print."""
    arguments = parser(__doc__)
    arguments.add_argument("--build", default=_OURS, help="what builds the tables, as module:function")
    asked = arguments.parse_args()
    print(table(figures(given_by(asked), asked.build), unit="rows", own_base="shortest history"))


if __name__ == "__main__":
    main()
