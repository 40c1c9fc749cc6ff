"""The command that reminds whoever has not reported."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from flows.exits import explained
from flows.given import settings_for
from flows.options import Home, Inbox, Now, given_moment
from flows.terminal import Terminal

if TYPE_CHECKING:  # what is written below is known before pandas and pydantic are loaded
    from schemas.settings import Settings
    from tasks.remind import Reminded


def remind(
    home: Home = None,
    inbox: Inbox = None,
    now: Now = None,
    days_before: Annotated[
        int | None, typer.Option(min=0, help="Nhắc trước hạn từ bấy nhiêu ngày / first reminder (3)")
    ] = None,
    days_after: Annotated[
        int | None, typer.Option(min=0, help="Nhắc lại sau hạn bấy nhiêu ngày / second reminder (3)")
    ] = None,
) -> None:
    """Nhắc đơn vị chưa nộp, kèm biểu điền sẵn. / Remind who has not reported, with the form filled in.

    Mỗi đơn vị một lần trước hạn, một lần sau hạn; đơn vị đã nộp hoặc được miễn thì không. Danh sách và biểu
    nằm trong HOME/reminders. / Each once before and once after the due date; lists and forms lie in
    HOME/reminders.

    Mã thoát / exit codes:

    • 0 xong, kể cả khi không phải nhắc ai / done, also when nobody was reminded

    • 2 dùng sai / usage

    • 69 Prefect không khởi động được / the Prefect server did not start

    • 74 không có nơi nhận tệp / the landing place is not there

    • 75 tiến trình khác đang ghi / another cycle holds the warehouse

    Ví dụ / examples:

    • scheme21 remind

    • scheme21 remind --home /srv/scheme21 --days-before 5 --days-after 2
    """
    settings = settings_for(home, inbox)
    moment = given_moment(now, settings)
    console = Terminal()
    with explained():
        reminded = _run(settings, moment, days_before, days_after)
        print_reminded(console, reminded)


def print_reminded(console: Console, reminded: "Reminded") -> None:
    """Print how many have not reported, what was sent to them, where the lists lie."""
    sent = Counter(message.error for message in reminded.raised.sent)
    console.print(
        f"Chưa có báo cáo / not reported: {len(reminded.unreported)}; "
        f"thư đã gửi / mails sent: {sent.pop(None, 0)}",
        highlight=False,
    )
    for error, number in sent.items():
        console.print(f"[red]Chưa gửi được / not sent: {number}: {escape(str(error))}[/]", highlight=False)
    for path in reminded.lists:
        console.print(f"  {escape(str(path))}", highlight=False, soft_wrap=True)


def _run(
    settings: "Settings", moment: datetime, days_before: int | None, days_after: int | None
) -> "Reminded":
    import asyncio

    from flows.prefect_server import prefect_server

    with prefect_server(settings.home / "prefect") as server:
        from flows.remind import remind as reminding

        server.wait()
        flow = reminding(settings.home, settings.inbox_url, moment, days_before, days_after)
        return asyncio.run(flow)
