"""What the gate found, on the command line: what fails with its rows, its mend and its waivers."""

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
        _print_waivers(found, console)


def print_waived(results: list[ExpectationResult], console: Console) -> None:
    """Print each expectation that was not met and passed by a waiver: who let it, why and until when."""
    for found in results:
        console.print(f"[bold yellow]! {escape(found.vi)}[/]", f"[dim]{escape(found.en)}[/]", sep="\n  ")
        _print_waivers(found, console)


def _print_waivers(found: ExpectationResult, console: Console) -> None:
    for waiver in found.waivers:
        words = (
            f"  bỏ qua {len(found.waived_rows)} dòng / waived ({waiver.exception_id}): {waiver.reason}; "
            f"{waiver.granted_by}, đến hết / through {shown(waiver.expires_at)}"
        )
        console.print(words, markup=False, highlight=False)


def _rows(found: ExpectationResult) -> Table:
    table = Table(*(escape(name) for name in found.rows[0]))
    for row in found.rows:
        table.add_row(*(escape(shown(value)) for value in row.values()))
    return table
