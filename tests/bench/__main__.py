"""`python -m tests.bench [BENCH …]`: measures, prints the figures, writes docs/performance.md.

Without names all benches run, one after the other: let nothing else run on the machine. What a bench found is
kept until it is measured again: the page shows the last of each, and says when, on what and how much.
`--small` sees that everything works; its page is written only where `--page` says.
"""

from collections.abc import Callable
from pathlib import Path

from tests.bench import backfill, check, cycle, growth, start
from tests.bench.given import Given, given_by, parser
from tests.bench.measure import Figure
from tests.bench.page import PAGE, TABLES, page
from tests.bench.place import CACHE
from tests.bench.results import keep

BENCHES: dict[str, Callable[[Given], list[Figure]]] = {
    start.NAME: start.figures,
    check.NAME: check.figures,
    cycle.NAME: cycle.figures,
    backfill.NAME: backfill.figures,
    growth.NAME: growth.figures,
}


def main() -> None:
    """Parse the command line, run, write, print."""
    arguments = parser(__doc__)
    arguments.add_argument("benches", nargs="*", metavar="BENCH", help=f"of {', '.join(BENCHES)}")
    arguments.add_argument("--page", type=Path, help=f"where the page is written; by default {PAGE}")
    asked = arguments.parse_args()
    unknown = set(asked.benches) - set(BENCHES)
    if unknown:
        arguments.error(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    given = given_by(asked)
    # What is measured of ours alone, or of a smoke run, is no figure for the page.
    is_published = not (given.is_small or given.is_ours_only)
    results = CACHE / ("results" if is_published else "results-unpublished")
    for name in asked.benches or BENCHES:
        figures = BENCHES[name](given)
        keep(results / f"{name}.json", figures)
        print(f"{name}:\n{TABLES[name](figures)}\n", flush=True)
    target = asked.page or (PAGE if is_published else None)
    if target is not None:
        target.write_text(page(results), encoding="utf-8")
        print(target)


if __name__ == "__main__":
    main()
