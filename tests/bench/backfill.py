"""Backfill: every file of up to 120 periods at once: rows a second, memory against the number of files.

`python -m tests.bench.backfill`. The files are written once into the cache (minutes for 3,600). One cycle
takes all that waits: it checks them in batches of at most one file a district.
"""

from dataclasses import replace
from pathlib import Path

import duckdb

from tests.bench.answers import must_agree
from tests.bench.given import Given, given_by, parser
from tests.bench.inboxes import files_of, inbox, locked_at
from tests.bench.measure import Figure, measured, run_cold
from tests.bench.place import RESULTS
from tests.bench.plan import write_plan
from tests.bench.table import printed

NAME = "backfill"
_PERIODS = (10, 30, 60, 120)


def figures(given: Given, longest: int = _PERIODS[-1]) -> list[Figure]:
    """Floor and pipeline on each number of periods up to `longest`. Raises OtherAnswers."""
    histories = [periods for periods in _PERIODS if periods < longest] + [longest]
    return [figure for periods in histories for figure in _backfilled(given, periods)]


def _backfilled(given: Given, periods: int) -> list[Figure]:
    folder = inbox(periods, is_small=given.is_small)
    plan = write_plan(given.place.scratch / "plan", locked_at(periods - 1))
    names = ("pipeline",) if given.is_ours_only else ("floor", "pipeline")
    found = [_subject(given, name, folder, plan, periods) for name in names]
    if not given.is_ours_only:
        must_agree(_ours(given), {"floor": given.place.scratch / "floor" / "1" / "published.duckdb"})
    return found


def _subject(given: Given, name: str, folder: Path, plan: Path, periods: int) -> Figure:
    moment = locked_at(periods - 1).replace(tzinfo=None).isoformat()
    place = given.place

    def command(home: Path) -> list[str]:
        return place.subject(name, str(folder), str(home), "--plan", str(plan), "--now", moment)

    files = len(files_of(folder))
    label = f"{'floor' if name == 'floor' else 'ours without Prefect'}, {files} files"
    figure = measured(label, given.runs, lambda _: run_cold(command(place.fresh(name)), place.checkout))
    return replace(figure, work=_rows_loaded(given)) if name == "pipeline" else figure


def _ours(given: Given) -> Path:
    return given.place.scratch / "pipeline" / "1" / "published" / "scheme21.duckdb"


def _rows_loaded(given: Given) -> int:
    with duckdb.connect(str(_ours(given).parents[1] / "warehouse.duckdb"), read_only=True) as warehouse:
        counted = warehouse.execute(
            "SELECT count(*) FROM ledger.source_row WHERE state = 'loaded'"
        ).fetchone()
    return int(counted[0]) if counted else 0


def main() -> None:
    """Measure and print."""
    arguments = parser(__doc__)
    arguments.add_argument(
        "--periods", type=int, default=_PERIODS[-1], help="the longest backlog, 30 files each"
    )
    asked = arguments.parse_args()
    print(printed(NAME, figures(given_by(asked), asked.periods), RESULTS))


if __name__ == "__main__":
    main()
