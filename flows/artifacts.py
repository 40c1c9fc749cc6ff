"""What the engineers see in Prefect of a cycle: the verdicts and the countdown."""

from pathlib import Path

from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

from flows.published import open_published
from flows.wording import SIMULATED, moment
from schemas.expectations.results import ExpectationResult, WaiverInForce
from schemas.rows import Row, rows_of
from schemas.text import visible
from tasks.ingest import Outcome


async def show_verdicts(period: str, outcomes: list[Outcome]) -> None:
    """One row a submission, in the order they were taken."""
    await acreate_table_artifact(
        [_verdict_row(outcome) for outcome in outcomes],
        key="verdicts",
        description=f"Kết quả tiếp nhận, kỳ {period} / verdicts: {len(outcomes)}",
    )


async def show_waived(period: str, waived: list[ExpectationResult]) -> None:
    """One row a waiver that let an expectation pass; nothing when none did."""
    if rows := waiver_rows(waived):
        words = f"Kỳ vọng không đạt được bỏ qua, kỳ {period} / expectations waived: {len(waived)}"
        await acreate_table_artifact(rows, key="waived", description=words)


def waiver_rows(waived: list[ExpectationResult]) -> list[Row]:
    """A row a waived expectation and waiver: how many failing rows, who let them pass, why, until when."""
    return [_waiver_row(result, waiver) for result in waived for waiver in result.waivers]


async def show_countdown(snapshot: Path) -> None:
    """The countdown as published, period by period."""
    await acreate_markdown_artifact(countdown_page(snapshot), key="countdown", description="Số còn lại")


def countdown_page(snapshot: Path) -> str:
    """The countdown as a Markdown table; the first line says so when the figures are simulated."""
    with open_published(snapshot) as reader:
        rows = rows_of(reader, "FROM countdown ORDER BY period")
        release = rows_of(reader, "FROM release")[0]
    heading = [SIMULATED, ""] if release["is_simulated"] else []
    header = [
        "| Kỳ / period | Xã / communes | Thôn / villages | TDP / groups | Đã nộp / reported |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*heading, *header, *map(_countdown_line, rows)])


def _countdown_line(row: Row) -> str:
    return (
        f"| {row['period']} | {row['communes_remaining']} | {row['thon_remaining']} | {row['tdp_remaining']} "
        f"| {row['districts_reported']}/{row['districts_obliged']} |"
    )


def _waiver_row(result: ExpectationResult, waiver: WaiverInForce) -> Row:
    return {
        "expectation": result.name,
        "rows": len(result.waived_rows),
        "waiver": waiver.exception_id,
        "reason": visible(waiver.reason),
        "granted-by": visible(waiver.granted_by),
        "through": moment(waiver.expires_at),
    }


def _verdict_row(outcome: Outcome) -> Row:
    return {
        "district": visible(outcome.district_code),
        "file": visible(outcome.file_name),
        "period": outcome.period or "",
        "seq": "" if outcome.seq is None else outcome.seq,
        "verdict": outcome.verdict,
        "rows-loaded": outcome.rows_loaded,
        "rows-quarantined": outcome.rows_quarantined,
        "findings": outcome.findings,
        "submission": outcome.submission_id,
    }
