"""The arguments that several commands share, and what is wrong with some of their values."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.given import moment_of, parse_moment, settings_for
from schemas.calendar import Calendar, Period

if TYPE_CHECKING:  # brings pydantic, for which the words of a command need not wait
    from schemas.settings import Settings


def given_moment(now: str | None, settings: "Settings") -> datetime:
    """The moment that `--now` names, without it the clock's. Raises typer.BadParameter for other text."""
    if now is None:
        return moment_of(None, settings)
    try:
        return parse_moment(now, settings)
    except ValueError as wrong:
        raise typer.BadParameter(f"{now!r}: {wrong}", param_hint="--now") from wrong


def _later_period(text: str) -> str:
    try:
        is_later = Period.parse(text) > Calendar(settings_for()).baseline
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from wrong
    if not is_later:
        raise typer.BadParameter(f"{text}: cần ít nhất hai kỳ / a countdown needs at least two periods")
    return text


Home = Annotated[
    Path | None,
    typer.Option(help="Thư mục dữ liệu / folder of archive, warehouse and tables (SCHEME21_HOME, ./home)"),
]
Inbox = Annotated[
    str | None, typer.Option(help="Nơi nhận tệp / landing place, any fsspec URL (SCHEME21_INBOX, HOME/inbox)")
]
Now = Annotated[
    str | None,
    typer.Option(help="Thời điểm / the moment to act at: 2021-05-06 (its end) or 2021-05-06T07:00"),
]
Seed = Annotated[int, typer.Option(help="Số gốc ngẫu nhiên / equal seeds write equal files")]
Last = Annotated[
    str,
    typer.Option("--to", callback=_later_period, help="Kỳ cuối / last period, in which nothing remains"),
]
Messy = Annotated[
    bool, typer.Option("--messy", help="Viết như các cơ quan hay viết / as offices really write")
]
