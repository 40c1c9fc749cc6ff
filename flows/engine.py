"""Running cycles from the command line: one Prefect server for all of them, and a progress bar."""

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from flows.given import period_at
from flows.prefect_server import Server, ServerGone, give_up, is_healthy, prefect_server
from schemas.settings import Settings
from tasks.import_later import uncollected

if TYPE_CHECKING:  # the report pulls in pandas, which a usage error need not wait for
    from httpx import HTTPError

    from flows.report import CycleReport

_LABELS = {
    "open_obligations": "mở nghĩa vụ báo cáo / opening obligations",
    "receive": "nhận tệp / receiving files",
    "ingest": "đọc, kiểm tra, nạp / reading, checking, loading",
    "answer": "trả lời các quận, huyện / answering the districts",
    "materialize": "dựng các bảng / building the tables",
    "draw": "dựng bản tin, bảng tính / drawing the bulletin and the workbook",
    "gate": "cửa kiểm soát / the gate",
    "release": "phát hành / releasing",
    "alert": "báo cho người cần biết / telling who has to know",
}


_LOST = (
    "[yellow]Máy chủ Prefect không còn trả lời hoặc báo lỗi; chạy lại không cần máy chủ đó[/] / "
    "the Prefect server is gone or fails; running again without it"
)


@contextmanager
def cycle_engine(
    settings: Settings, console: Console, always_own_server: bool = False, silent: bool = False
) -> Iterator["Callable[[datetime], CycleReport]"]:
    """Give a function that runs one cycle as of a moment; the server lives as long as the block.

    `silent` cycles record alerts and tell nobody. The function raises what `flows.cycle.cycle` raises, and
    ServerGone when a server of our own is lost; when another's is, the command begins anew without it.
    Entering may raise ServerNotStarted.
    """
    # The terminal is no place for what a lost server did not take.
    logging.raiseExceptions = False
    with (
        _progress_bar(console) as bar,
        prefect_server(settings.home / "prefect", always_own=always_own_server) as server,
    ):
        line = bar.add_task("khởi động Prefect / starting Prefect", total=None)
        with uncollected():
            from httpx import HTTPError

            from flows.cycle import cycle
            from flows.steps import STEPS, watcher
            from tasks.judging import JUDGE

        if server.process is not None:
            JUDGE.begin()  # until a server of our own has started there is nothing else to do
        try:
            server.wait()
        except HTTPError as failed:
            if not is_lost(failed, server.url):
                raise
            begin_without(server, bar, console)

        def run(now: datetime) -> "CycleReport":
            period = period_at(now, settings)
            bar.reset(line, total=len(STEPS), description=period)
            watcher.set(lambda step, share: _show(bar, line, period, step, STEPS.index(step) + share))
            try:
                return asyncio.run(cycle(settings.home, settings.inbox_url, now, silent))
            except HTTPError as failed:
                if not is_lost(failed, server.url):
                    raise
                if server.process is not None:
                    raise ServerGone(server.log) from failed
            begin_without(server, bar, console)

        yield run


def is_lost(failed: "HTTPError", url: str) -> bool:
    """Whether `failed` means that the server at `url` has gone, or cannot do its work: a 5xx."""
    from httpx import HTTPStatusError

    if isinstance(failed, HTTPStatusError):
        return failed.response.is_server_error
    return not is_healthy(url)


def begin_without(server: Server, bar: Progress, console: Console) -> NoReturn:
    """Run this command again from its beginning, in this process's place and without that server.

    All that was done stays done. Prefect's own threads would go on asking the lost server for minutes.
    """
    bar.stop()
    console.print(_LOST, highlight=False)
    give_up(server.url)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - our own command line


def _show(bar: Progress, line: TaskID, period: str, step: str, done: float) -> None:
    bar.update(line, completed=done, description=f"{period}: {_LABELS[step]}")


@contextmanager
def _progress_bar(console: Console) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield bar
