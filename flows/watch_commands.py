"""The commands for whoever watches: what has gone wrong, and whether everything is in order."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from flows.exits import explained
from flows.given import settings_for
from flows.options import Home
from flows.prefect_server import prefect_server, running_server

_out = Console()


def watch(home: Home = None) -> None:
    """Báo chu kỳ lỗi, kẹt, không chạy. / Tell of cycles that failed, are stuck or never ran.

    Có máy chủ Prefect thì còn ghi là hỏng những lần chạy đã mất tiến trình; không có vẫn xem được. / With a
    Prefect server runs without a process are marked as crashed too; without one it looks all the same.

    Mã thoát / exit codes:

    • 0 không có gì / nothing holds

    • 1 có việc, đã báo / something does, and was told

    • 2 dùng sai / usage

    • 75 tiến trình khác đang báo / another process is telling

    Ví dụ / examples:

    • scheme21 watch

    • scheme21 watch --home /srv/scheme21
    """
    settings = settings_for(home)
    with explained():
        from tasks.watch import look

        folder = settings.home / "prefect"
        if running_server(folder) is not None:
            with prefect_server(folder):
                from flows.watch import watch as watch_runs

                conditions = asyncio.run(watch_runs(home=home)).conditions
        else:
            conditions = look(settings, datetime.now(settings.zone), None).conditions
    for condition in conditions:
        facts = condition.facts
        line = f"{condition.cause}, {facts['since']}: {facts['detail_vi']} / {facts['detail_en']}"
        _out.print(line, highlight=False, soft_wrap=True)
    raise typer.Exit(1 if conditions else 0)


def doctor(
    home: Home = None,
    as_json: Annotated[bool, typer.Option("--json", help="Cho phần mềm giám sát / for a monitor")] = False,
) -> None:
    """Kiểm tra mọi thứ cần để chạy, kèm cách sửa. / Everything it needs to run, each with its mend.

    Cấu hình, đĩa, đồng hồ, nơi nhận tệp, kho lưu, khóa, chu kỳ cuối, lịch, bản phát hành, kênh báo, Prefect.
    / Settings, disk, clock, inbox, archive, lock, last cycle, schedule, release, alerts, Prefect.

    Mã thoát / exit codes (như Nagios / as Nagios has them):

    • 0 tốt / all is well

    • 1 nên xem / something to look at

    • 2 hỏng, hoặc dùng sai / something is broken, or usage

    Ví dụ / examples:

    • scheme21 doctor

    • scheme21 doctor --home /srv/scheme21 --json
    """
    from flows.doctor import checks_as_json, examine, print_checks
    from tasks.checkup import misread_settings

    try:
        settings = settings_for(home)
        checks = examine(settings, datetime.now(settings.zone))
    except ValidationError as wrong:
        checks = [misread_settings(wrong)]
    if as_json:
        typer.echo(checks_as_json(checks))
    else:
        print_checks(_out, checks)
    raise typer.Exit(max(check.level for check in checks))
