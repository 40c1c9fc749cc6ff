"""The closing summary of a run: what became of the files, what remains, where the tables are."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.published import open_published
from flows.report import CycleReport
from flows.summary import completion_line, countdown_table, print_link, print_release
from schemas.run_outcomes import RELEASED, UNCHANGED
from schemas.settings import Settings
from schemas.text import visible
from schemas.vocabularies import VERDICT

if TYPE_CHECKING:  # pulls in pandas, which the words need not wait for
    from tasks.ingest import Outcome
    from tasks.landing import NotTaken

# What a person has to look at: something was kept back or sent back.
_TO_MEND = ("rejected", "partially_accepted")
_ENDINGS = {
    RELEASED: "[green]Đã phát hành bản mới[/] / released",
    UNCHANGED: "[green]Không có gì thay đổi, bản đã phát hành giữ nguyên[/] / nothing changed",
}

_REBUILT = "; đã dựng lại từ kho lưu / damaged, put aside, built again from the archive"
_KEPT = "; người đọc không gặp phải nó nữa / damaged, put aside, out of the readers' way"


def print_run(console: Console, report: CycleReport, settings: Settings) -> None:
    """Print the summary of a cycle that released or changed nothing."""
    console.print(f"Kỳ / period {report.period}: {_ENDINGS[report.outcome]}", highlight=False)
    print_damaged(console, report.damaged, settings)
    print_verdicts(console, report.outcomes, settings)
    print_not_taken(console, report.not_taken)
    if report.gate is not None and report.gate.waived:
        from tasks.gate_report import print_waived

        print_waived(report.gate.waived, console)
    with open_published(settings.snapshot) as reader:
        print_release(console, reader)
        print_link(console, settings)
        console.print(countdown_table(reader))
        console.print(completion_line(reader), highlight=False)
    print_places(console, report, settings)


def print_verdicts(console: Console, outcomes: "list[Outcome]", settings: Settings) -> None:
    """Count the verdicts; then every file that needs mending, with the place of its receipt."""
    console.print(f"Tệp nhận trong lần này / files taken: {len(outcomes)}", highlight=False)
    for line in verdict_counts(outcomes):
        console.print(f"  {line}", highlight=False)
    to_mend = [outcome for outcome in outcomes if outcome.verdict in _TO_MEND]
    if to_mend:
        console.print(_mend_table(to_mend, settings))


def print_damaged(console: Console, damaged: list[Path], settings: Settings) -> None:
    """What was found damaged, where it lies aside now, and whether the cycle built anything again for it."""
    for path in damaged:
        ending = _REBUILT if path.name.startswith(f"{settings.warehouse.stem}-") else _KEPT
        console.print(
            f"[bold red]Dữ liệu bị hỏng, đã cất sang {escape(str(path))}[/]{ending}",
            highlight=False,
            soft_wrap=True,
        )


def print_not_taken(console: Console, not_taken: "list[NotTaken]") -> None:
    """Everything in the landing place that is no file to take, each with its reason."""
    if not_taken:
        console.print(f"[yellow]Không nhận / not taken: {len(not_taken)}[/]", highlight=False)
    for left in not_taken:
        console.print(
            f"  {escape(visible(left.name))}: {left.vi} / {left.en}", highlight=False, soft_wrap=True
        )


def verdict_counts(outcomes: "list[Outcome]") -> list[str]:
    """Each verdict that was given and how often, in the order of the list of verdicts."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    return [f"{VERDICT.label(code)} / {code}: {counts[code]}" for code in VERDICT.codes if counts[code]]


def print_places(console: Console, report: CycleReport, settings: Settings) -> None:
    """Where everything lies."""
    places: dict[str, Path | None] = {
        "Bản tin / bulletin": settings.published / "index.html",
        "PDF": settings.published / "bulletin.pdf",
        "Bảng / tables": settings.snapshot,
        "Excel": settings.published / "scheme21.xlsx",
        "Parquet": settings.published / "parquet",
        "Chất lượng / quality": settings.published / "quality.html",
        "Lần chạy / run": report.folder(settings),
        "Kết thúc / closing": report.closing_statement,
    }
    for label, path in places.items():
        if path is not None:
            console.print(f"  {label}: {escape(str(path))}", highlight=False, soft_wrap=True)


def _mend_table(outcomes: "list[Outcome]", settings: Settings) -> Table:
    table = Table(title="Cần sửa / to be mended", title_justify="left", title_style="bold")
    for header in (
        "Tệp / file",
        "Kết luận / verdict",
        "Lỗi / findings",
        "Giữ lại / quarantined",
        "Phiếu / receipt",
    ):
        table.add_column(header, overflow="fold")
    for outcome in outcomes:
        receipt = settings.answers / outcome.district_code / f"{outcome.submission_id}.txt"
        verdict = f"{VERDICT.label(outcome.verdict)} / {outcome.verdict}"
        counts = (str(outcome.findings), str(outcome.rows_quarantined))
        table.add_row(
            escape(visible(f"{outcome.district_code}/{outcome.file_name}")),
            verdict,
            *counts,
            escape(visible(str(receipt))),
        )
    return table
