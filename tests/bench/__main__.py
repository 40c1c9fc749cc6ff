"""`python -m tests.bench [BENCH …]`: measures, writes docs/performance.md, prints it.

Without names all benches run, one after the other: let nothing else run on the machine. `--small` sees that
everything works and writes no page.
"""

from collections.abc import Callable

from tests.bench import backfill, check, cycle, growth, start
from tests.bench.given import Given, given_by, parser
from tests.bench.measure import Figure
from tests.bench.page import PAGE, page
from tests.bench.place import RESULTS
from tests.bench.table import printed

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
    asked = arguments.parse_args()
    unknown = set(asked.benches) - set(BENCHES)
    if unknown:
        arguments.error(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    given = given_by(asked)
    results = RESULTS.with_name("results-small") if given.is_small else RESULTS
    for name in asked.benches or BENCHES:
        print(f"{name}:\n{printed(name, BENCHES[name](given), results)}\n", flush=True)
    if not given.is_small:
        PAGE.write_text(page(), encoding="utf-8")
        print(PAGE)


if __name__ == "__main__":
    main()
