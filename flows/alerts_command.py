"""The command that lists alerts: what stands, since when, who was told, what could not be delivered."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.exits import Exit, explained
from flows.given import settings_for
from flows.options import Home
from flows.terminal import Terminal
from flows.wording import UNKNOWN, day, moment
from schemas.alerts import causes
from schemas.text import visible

if TYPE_CHECKING:  # brings pydantic, for which the words of a command need not wait
    from schemas.settings import Settings

_AUDIENCES = {"board": "Ban", "district": "đơn vị", "engineers": "kỹ thuật"}


def alerts(
    home: Home = None,
    with_closed: Annotated[
        bool, typer.Option("--all", help="Cả đã đóng và tin để biết / closed ones and news too")
    ] = False,
) -> None:
    """Việc cần xử lý đang mở: từ bao giờ, đã báo ai, gửi được chưa. / The open alerts, who was told.

    Mã thoát / exit codes:

    • 0 không có thông báo mở / none is open

    • 1 có thông báo đang mở / some are open

    • 2 dùng sai / usage

    • 66 chưa có lần chạy nào / nothing has run yet

    Ví dụ / examples:

    • scheme21 alerts

    • scheme21 alerts --home /srv/scheme21 --all
    """
    settings = settings_for(home)
    if not settings.alerts.exists():
        print_nothing_ran(Terminal(stderr=True), settings)
        raise typer.Exit(Exit.NOTHING_PUBLISHED)
    with explained():
        has_open = print_alerts(Terminal(), settings, with_closed=with_closed)
    raise typer.Exit(Exit.REFUSED if has_open else Exit.OK)


def print_nothing_ran(console: Console, settings: "Settings") -> None:
    """Say that no ledger of alerts is there."""
    console.print(f"Chưa có lần chạy nào ở / nothing has run in {settings.home}", highlight=False)


def print_alerts(console: Console, settings: "Settings", *, with_closed: bool) -> bool:
    """Print the open alerts, and the closed ones and mere news where asked for; whether any is open."""
    from schemas.rows import rows_of
    from tasks.alert.ledger import open_ledger, statement

    with open_ledger(settings) as ledger:
        listed = rows_of(ledger, statement("listing"))
    standing = [row for row in listed if row["closed_at"] is None and not causes()[row["cause"]].is_news]
    shown = listed if with_closed else standing
    if shown:
        console.print(_table(shown))
    others = (
        f"; {_count(listed) - _count(standing)} đã đóng hoặc chỉ để biết / closed or news"
        if with_closed
        else ""
    )
    console.print(f"{_count(standing)} thông báo đang mở / open{others}", highlight=False)
    return bool(standing)


def _count(listed: list[dict[str, Any]]) -> int:
    return sum(len(row["subjects"]) for row in listed)


def _table(listed: list[dict[str, Any]]) -> Table:
    table = Table(title="Thông báo / alerts", title_justify="left", title_style="bold", expand=True)
    table.add_column("Nguyên nhân\ncause", ratio=2)
    table.add_column("Về\nsubject", ratio=3, overflow="fold")
    table.add_column("Từ\nsince")
    table.add_column("Đã báo\ntold", ratio=2)
    table.add_column("Tình trạng\nstate", ratio=2)
    for row in listed:
        subjects = escape(visible(", ".join(row["subjects"])))
        table.add_row(causes()[row["cause"]].vi, subjects, day(row["opened_at"]), _told(row), _state(row))
    return table


def _told(row: dict[str, Any]) -> str:
    audiences = ", ".join(_AUDIENCES[audience] for audience in row["audiences"])
    return f"{audiences} ({row['times_sent']})\n{moment(row['last_sent_at'])}" if audiences else UNKNOWN


def _state(row: dict[str, Any]) -> str:
    parts = ["[green]đã đóng / closed[/]" if row["closed_at"] else "[yellow]đang mở / open[/]"]
    if row["escalated_at"]:
        parts.append("báo tiếp / escalated")
    if row["waiting"]:
        error = f": {escape(visible(row['error']))}" if row["error"] else ""
        parts.append(f"[red]chưa gửi được / not sent {row['waiting']}{error}[/]")
    return "\n".join(parts)
