"""docs/performance.md: the figures of the benches as tables, with what they were measured on."""

import platform
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import psutil
from jinja2 import Environment, StrictUndefined

from tests.bench import backfill, check, cycle, growth, start
from tests.bench.measure import Figure, read_figures
from tests.bench.place import RESULTS, ROOT, commit
from tests.bench.table import table

PAGE = ROOT / "docs" / "performance.md"
_NOT_YET = "Not measured yet."
_PACKAGES = (
    *("duckdb", "prefect", "pandas", "pandera", "great-expectations", "python-calamine", "openpyxl"),
    *("dlt", "dbt-core", "dbt-duckdb"),
)
_WORDS = Path(__file__).parent / "performance.md.jinja"
_TABLES: dict[str, Callable[[list[Figure]], str]] = {
    cycle.NAME: lambda figures: table(figures, (cycle.FLOOR, cycle.FLOOR_WARM, cycle.STACK, cycle.PER_FILE)),
    check.NAME: lambda figures: table(figures, (check.IMPORTS,)),
    backfill.NAME: lambda figures: table(figures, unit="rows"),
    growth.NAME: lambda figures: table(figures, unit="rows"),
    start.NAME: lambda figures: table(figures, (start.BARE,)),
}


def page(results: Path = RESULTS) -> str:
    """The whole page; a bench without results yet says so."""
    tables = {
        name: table_of(read_figures(file)) if (file := results / f"{name}.json").exists() else _NOT_YET
        for name, table_of in _TABLES.items()
    }
    words = _WORDS.read_text(encoding="utf-8")
    template = Environment(undefined=StrictUndefined, keep_trailing_newline=True).from_string(words)  # noqa: S701
    return template.render(**_circumstances(), **tables)


def _circumstances() -> dict[str, str]:
    memory = psutil.virtual_memory().total / 2**30
    machine = f"{platform.system()} {platform.machine()}, {psutil.cpu_count()} cores, {memory:.0f} GiB"
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    versions = f"Python {platform.python_version()}, {packages}"
    return {"day": f"{date.today():%Y-%m-%d}", "commit": commit(), "machine": machine, "versions": versions}
