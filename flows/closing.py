"""The end of the scheme: a closing statement when nothing remains, and the daily catch-up that then rests."""

from datetime import datetime
from pathlib import Path

from prefect.artifacts import acreate_markdown_artifact
from prefect.runtime import deployment as deployment_runtime

from flows.published import open_published
from flows.schedules import CATCH_UP, set_schedule
from flows.wording import SIMULATED
from schemas.rows import Row, rows_of


async def close_or_reopen(snapshot: Path, folder: Path) -> Path | None:
    """When nothing remains write the closing statement into `folder` and rest the catch-up; else wake it.

    Returns the statement's path, None while something remains.
    """
    with open_published(snapshot) as reader:
        completion = rows_of(reader, "FROM completion")[0]
        release = rows_of(reader, "FROM release")[0]
    # A run by hand, perhaps on a home of its own, moves nobody's schedule.
    if deployment_runtime.id is not None:
        await set_schedule(CATCH_UP, active=not completion["is_complete"])
    if not completion["is_complete"]:
        return None
    statement = closing_statement(completion, release)
    await acreate_markdown_artifact(statement, key="closing-statement", description="Kết thúc Đề án 21")
    path = folder / "closing-statement.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(statement, encoding="utf-8")
    return path


def closing_statement(completion: Row, release: Row) -> str:
    """The statement in Vietnamese, English after it; from the rows of marts.completion and marts.release."""
    known: datetime = release["as_known_at"]
    vietnamese = (
        f"Đến kỳ {completion['completed_period']}, không còn xã, phường, thị trấn, thôn, tổ dân phố nào chưa "
        f"hoàn thành Đề án số 21-ĐA/TU, theo số liệu nhận được đến {known:%H:%M ngày %d/%m/%Y}. "
        "Lịch chạy hằng ngày được tạm dừng; nếu có đơn vị phải thực hiện lại, lịch tự chạy trở lại sau kỳ đó."
    )
    english = (
        f"As of period {completion['completed_period']} no commune, village or residential group has the "
        f"scheme unfinished, by what was received up to {known:%Y-%m-%d %H:%M}. The daily catch-up rests; "
        "it wakes by itself when a unit is reopened."
    )
    heading = ["# Kết thúc theo dõi Đề án 21 / Scheme 21: closing statement"]
    simulated = [f"**{SIMULATED}**"] if release["is_simulated"] else []
    return "\n\n".join([*heading, *simulated, vietnamese, english]) + "\n"
