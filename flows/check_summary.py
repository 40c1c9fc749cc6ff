"""Printing a dry run: every finding with its sheet and cell and how to mend it; none is left out."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from flows.wording import SIMULATED, number
from schemas.faults import catalogue
from schemas.text import visible
from schemas.vocabularies import SEVERITY, VERDICT

if TYPE_CHECKING:  # pulls in pandas, which the words need not wait for
    from tasks.check_file import CheckedFile

_COLOUR = {"fatal": "bold red", "row": "red", "submission": "yellow", "warning": "cyan"}


def print_checked(console: Console, path: Path, checked: "CheckedFile") -> None:
    """Print each finding, what became of the rows, and the verdict `path` would get."""
    if checked.is_simulated:
        console.print(f"[bold yellow]{SIMULATED}[/]", highlight=False)
    known = checked.findings.astype(object).where(checked.findings.notna(), None)
    for finding in known.to_dict("records"):
        _print_finding(console, finding)
    states = checked.rows["state"].value_counts().to_dict()
    counts = ", ".join(f"{state} {number(count)}" for state, count in states.items())
    console.print(
        f"Số dòng / rows: {counts or 0}; tự chỉnh / repaired: {number(len(checked.repairs))}", highlight=False
    )
    verdict = f"[bold]{VERDICT.label(checked.verdict)} / {checked.verdict}[/]"
    words = f"{number(len(checked.findings))} lỗi, lưu ý / findings"
    heading = " – ".join(filter(None, (escape(visible(path.name)), escape(checked.district))))
    console.print(f"{heading}: {verdict}, {words}", highlight=False, soft_wrap=True)


def print_marked(console: Console, copy: Path | None) -> None:
    """Say where the marked copy lies, or that there is none."""
    where = visible(str(copy)) if copy else "không mở được hoặc quá lớn / unreadable or too large"
    console.print(f"Bản đánh dấu lỗi / marked copy: {where}", highlight=False, markup=False, soft_wrap=True)


def _print_finding(console: Console, finding: Mapping[Any, Any]) -> None:
    severity, fault = finding["severity"], catalogue()[finding["fault"]]
    sheet = finding["source_sheet"] or finding["form_sheet"]
    place = "!".join(filter(None, (sheet, finding["cell"]))) or "cả tệp / whole file"
    coloured = f"[{_COLOUR[severity]}]{escape(visible(place))}[/]"
    heading = f"{coloured}  {SEVERITY.label(severity)}: {fault.vi} ({fault.name})"
    console.print(heading, highlight=False, soft_wrap=True)
    source = f"Căn cứ / source: {finding['source']}" if finding["source"] else None
    for line in filter(None, (finding["remedy_vi"], finding["remedy_en"], source)):
        console.print(f"    {visible(line)}", markup=False, highlight=False, soft_wrap=True)
