"""Checks as they are shown: a table with the mends, a line each, or JSON for a monitor."""

import json
from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.text import visible
from tasks.checkup_result import Check, Level

_SIGNS = {Level.OK: "[green]✓[/]", Level.WARNING: "[yellow]⚠[/]", Level.CRITICAL: "[red]✗[/]"}


def print_checks(console: Console, checks: list[Check]) -> None:
    """Print a line a check, the mend below what is wrong."""
    table = Table(title="Kiểm tra hệ thống / doctor", title_justify="left", title_style="bold")
    for header in ("", "Mục\ncheck", "Thấy\nsaw", "Cách sửa\nmend"):
        table.add_column(header, overflow="fold")
    for check in checks:
        table.add_row(_SIGNS[check.level], escape(check.name), escape(check.saw), escape(check.mend))
    console.print(table)


def checks_as_json(checks: list[Check]) -> str:
    """The same for a monitor: the worst level's name, then every check."""
    worst = max(check.level for check in checks)
    listed = [asdict(check) | {"level": check.level.name.lower()} for check in checks]
    return json.dumps({"level": worst.name.lower(), "checks": listed}, ensure_ascii=False, indent=1)


def print_lines(console: Console, checks: list[Check]) -> None:
    """Print a line a check, below what is wrong its mend, and last how it all ends."""
    for check in checks:
        said = f"{_SIGNS[check.level]} {escape(visible(check.name))}: {escape(visible(check.saw))}"
        console.print(said, highlight=False, soft_wrap=True)
        if check.mend:
            console.print(f"    → {escape(check.mend)}", highlight=False, soft_wrap=True)
    wrong = sum(check.level == Level.CRITICAL for check in checks)
    if wrong:
        console.print(f"[bold red]{wrong} chỗ đã bị sửa[/] / places were altered", highlight=False)
    else:
        console.print("[bold green]Mọi thứ như khi phát hành[/] / all is as it was released", highlight=False)
