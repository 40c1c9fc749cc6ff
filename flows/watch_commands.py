"""The commands for whoever watches: what has gone wrong, and whether everything is in order."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from flows.exits import Exit, explained
from flows.given import settings_for
from flows.options import Home
from flows.terminal import Terminal

if TYPE_CHECKING:  # what is written below is known before pandas and pydantic are loaded
    from schemas.settings import Settings
    from tasks.alert.condition import Condition

_out = Terminal()
_FAILS = (
    "Máy chủ Prefect {url} không dùng được, chỉ xem các tệp / the Prefect server fails, only files were "
    "looked at: {why}"
)


def watch(home: Home = None) -> None:
    """Báo chu kỳ lỗi, kẹt, không chạy. / Tell of cycles that failed, are stuck or never ran.

    Có máy chủ Prefect thì còn ghi là hỏng những lần chạy đã mất tiến trình; không có, hoặc máy chủ hỏng, vẫn
    xem được. / With a Prefect server runs without a process are marked as crashed too; without one, or when
    it fails, it looks all the same.

    Mã thoát / exit codes:

    • 0 không có gì / nothing holds

    • 2 dùng sai / usage

    • 3 có việc, đã báo / something does, and was told

    • 69 PREFECT_API_URL đã đặt mà máy chủ không dùng được; có việc thì vẫn báo / is set and that server
      fails; what holds was told all the same

    • 74 sổ thông báo không đọc được / the ledger of alerts cannot be read

    • 75 tiến trình khác đang báo / another process is telling

    Ví dụ / examples:

    • scheme21 watch

    • scheme21 watch --home /srv/scheme21
    """
    settings = settings_for(home)
    with explained():
        conditions, failure = _looked(settings, home)
    for condition in conditions:
        facts = condition.facts
        line = f"{condition.cause}, {facts['since']}: {facts['detail_vi']} / {facts['detail_en']}"
        _out.print(line, highlight=False, soft_wrap=True)
    if failure is not None:
        Terminal(stderr=True).print(f"[bold red]{escape(failure)}[/]", highlight=False, soft_wrap=True)
        raise typer.Exit(Exit.UNAVAILABLE)
    raise typer.Exit(Exit.TOLD if conditions else Exit.OK)


def _looked(settings: "Settings", home: Path | None) -> tuple[list["Condition"], str | None]:
    """What holds, and why the server could not be asked, if it should have been."""
    from httpx import HTTPError

    from flows.prefect_server import ServerRefuses, running_server
    from tasks.watch import look

    folder, failure = settings.home / "prefect", None
    running = running_server(folder)
    if running is not None:
        try:
            return _asked(folder, running, home), None
        except ServerRefuses as refused:
            failure = str(refused)
        except HTTPError as failed:
            failure = _FAILS.format(url=running, why=failed)
    elif url := os.environ.get("PREFECT_API_URL"):
        failure = _FAILS.format(url=url, why="không trả lời / no answer")
    return look(settings, datetime.now(settings.zone), None).conditions, failure


def _asked(folder: Path, url: str, home: Path | None) -> list["Condition"]:
    import asyncio

    from flows.prefect_server import need_login, prefect_server

    with prefect_server(folder):
        from flows.watch import watch as watch_runs

        need_login(url)
        return asyncio.run(watch_runs(home=home)).conditions


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
    from pydantic import ValidationError

    from flows.doctor import examine
    from flows.shown_checks import checks_as_json, print_checks
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
