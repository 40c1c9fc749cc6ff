"""The command that runs the whole for a trial."""

from typing import Annotated

import typer

from flows.exits import explained
from flows.given import settings_for
from flows.options import Home, Inbox
from flows.terminal import Terminal


def up(
    home: Home = None,
    inbox: Inbox = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Cổng của Prefect / Prefect's port (a free one)")
    ] = None,
) -> None:
    """Chạy thử cả hệ thống: máy chủ, lịch, worker; Ctrl-C để dừng. / Server, schedules, worker, for a trial.

    Dùng lâu dài thì chạy từng phần như dịch vụ. / To run it for real, run the parts as services.

    Mã thoát / exit codes:

    • 0 đã dừng / stopped

    • 2 dùng sai / usage

    • 69 Prefect không khởi động được, hoặc đã tự dừng / the server did not start, or ended by itself

    Ví dụ / examples:

    • scheme21 up

    • scheme21 up --home /srv/scheme21 --port 4200
    """
    settings = settings_for(home, inbox)
    from flows.up import run_trial

    with explained():
        run_trial(settings, Terminal(), port)
