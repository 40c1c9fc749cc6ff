"""docs/performance.md: the figures of the benches as tables, with what they were measured on."""

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from schemas.faults import catalogue
from tests.bench import backfill, check, cycle, growth, start
from tests.bench.measure import Figure
from tests.bench.place import ROOT
from tests.bench.results import Circumstances, kept
from tests.bench.table import table
from tests.bench.targets import compared

PAGE = ROOT / "docs" / "performance.md"
_NOT_YET = "Not measured yet."
_WORDS = Path(__file__).parent / "performance.md.jinja"
_COMPARED_WITH = (cycle.FLOOR, cycle.FLOOR_WARM, cycle.STACK, cycle.PER_FILE)
TABLES: dict[str, Callable[[list[Figure]], str]] = {
    cycle.NAME: lambda figures: table(figures, _COMPARED_WITH, unit="rows"),
    check.NAME: lambda figures: table(figures, (check.IMPORTS,)),
    backfill.NAME: lambda figures: table(figures, unit="rows", own_base="floor"),
    growth.NAME: lambda figures: table(figures, unit="rows", own_base="shortest history"),
    start.NAME: lambda figures: table(figures, (start.BARE,)),
}


def page(results: Path) -> str:
    """The whole page; a bench without results yet says so."""
    tables = dict.fromkeys(TABLES, _NOT_YET)
    measured: dict[Circumstances, list[str]] = {}
    found: dict[str, list[Figure]] = {}
    for name, table_of in TABLES.items():
        if (file := results / f"{name}.json").exists():
            circumstances, found[name] = kept(file)
            tables[name] = table_of(found[name])
            measured.setdefault(circumstances, []).append(name.capitalize())
    words = _WORDS.read_text(encoding="utf-8")
    template = Environment(  # noqa: S701 - Markdown
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True
    ).from_string(words)
    return template.render(measured=measured, rules=_rules_of_a_return(), targets=compared(found), **tables)


def _rules_of_a_return() -> int:
    return sum(fault.form == "return" for fault in catalogue().values())
