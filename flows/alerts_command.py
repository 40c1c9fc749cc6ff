"""The command that lists alerts: what stands, since when, who was told, what could not be delivered."""

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.exits import Exit, explained
from flows.given import settings_for
from flows.options import Home
from flows.wording import moment
from schemas.alerts import causes
from schemas.settings import Settings

_AUDIENCES = {"board": "Ban", "district": "đơn vị", "engineers": "kỹ thuật"}


def alerts(
    home: Home = None,
    with_closed: Annotated[
        bool, typer.Option("--all", help="Cả thông báo đã đóng / the closed ones too")
    ] = False,
) -> None:
    """Các thông báo đang mở: từ bao giờ, đã báo cho ai, gửi được chưa. / The open alerts, who was told.

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
        print_nothing_ran(Console(stderr=True), settings)
        raise typer.Exit(Exit.NOTHING_PUBLISHED)
    with explained():
        has_open = print_alerts(Console(), settings, with_closed=with_closed)
    raise typer.Exit(Exit.REFUSED if has_open else Exit.OK)


def print_nothing_ran(console: Console, settings: Settings) -> None:
    """Say that no ledger of alerts is there."""
    console.print(f"Chưa có lần chạy nào ở / nothing has run in {settings.home}", highlight=False)


def print_alerts(console: Console, settings: Settings, *, with_closed: bool) -> bool:
    """Print the open alerts, and the closed ones where asked for; return whether any is open."""
    from tasks.alert.ledger import open_ledger, rows, statement

    with open_ledger(settings) as ledger:
        listed = rows(ledger, statement("listing"))
    standing = [row for row in listed if row["closed_at"] is None]
    shown = listed if with_closed else standing
    if shown:
        console.print(_table(shown))
    closed = f"; {len(listed) - len(standing)} đã đóng / closed" if with_closed else ""
    console.print(f"{len(standing)} thông báo đang mở / open{closed}", highlight=False)
    return bool(standing)


def _table(listed: list[dict[str, Any]]) -> Table:
    table = Table(title="Thông báo / alerts", title_justify="left", title_style="bold")
    for header in (
        "Nguyên nhân\ncause",
        "Về\nsubject",
        "Mở lúc\nopened",
        "Gửi gần nhất\nlast sent",
        "Đã báo\ntold",
        "Tình trạng\nstate",
    ):
        table.add_column(header, overflow="fold")
    for row in listed:
        table.add_row(
            causes()[row["cause"]].vi,
            escape(row["subject"]),
            moment(row["opened_at"]),
            moment(row["last_sent_at"]),
            _told(row),
            _state(row),
        )
    return table


def _told(row: dict[str, Any]) -> str:
    audiences = ", ".join(_AUDIENCES[audience] for audience in row["audiences"])
    return f"{audiences} ({row['times_sent']})" if audiences else "—"


def _state(row: dict[str, Any]) -> str:
    parts = ["[green]đã đóng / closed[/]" if row["closed_at"] else "[yellow]đang mở / open[/]"]
    if row["escalated_at"]:
        parts.append("báo tiếp / escalated")
    if row["waiting"]:
        error = f": {escape(row['error'])}" if row["error"] else ""
        parts.append(f"[red]chưa gửi được / not sent {row['waiting']}{error}[/]")
    return "\n".join(parts)
