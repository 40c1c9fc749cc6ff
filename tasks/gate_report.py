"""What the gate refused, on the command line: every failing expectation with its rows and its mend."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.expectations.results import ExpectationResult, GateResult
from tasks.quality_page import shown


def print_refusals(result: GateResult, console: Console) -> None:
    """Print each failing expectation: what it says, every row that fails, how to mend it."""
    for found in result.failing:
        sign, colour = ("✗", "red") if found.is_blocking else ("!", "yellow")
        console.print(
            f"[bold {colour}]{sign} {escape(found.vi)}[/]", f"[dim]{escape(found.en)}[/]", sep="\n  "
        )
        console.print(f"  {found.name} · {found.table} · {found.observed}", markup=False, highlight=False)
        if found.rows:
            console.print(_rows(found))
        console.print(
            f"  → {found.remedy_vi}", f"  → {found.remedy_en}", sep="\n", markup=False, highlight=False
        )


def _rows(found: ExpectationResult) -> Table:
    table = Table(*(escape(name) for name in found.rows[0]))
    for row in found.rows:
        table.add_row(*(escape(shown(value)) for value in row.values()))
    return table
