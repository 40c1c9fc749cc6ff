"""Running cycles from the command line: one Prefect server for all of them, and a progress bar."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from flows.given import period_at
from flows.prefect_server import prefect_server
from schemas.settings import Settings

if TYPE_CHECKING:  # the report pulls in pandas, which a usage error need not wait for
    from flows.report import CycleReport

_LABELS = {
    "open_obligations": "mở nghĩa vụ báo cáo / opening obligations",
    "receive": "nhận tệp / receiving files",
    "ingest": "đọc, kiểm tra, nạp / reading, checking, loading",
    "answer": "trả lời các quận, huyện / answering the districts",
    "materialize": "dựng các bảng / building the tables",
    "gate": "cửa kiểm soát / the gate",
    "release": "phát hành / releasing",
    "alert": "báo cho người cần biết / telling who has to know",
}


@contextmanager
def cycle_engine(
    settings: Settings, console: Console, always_own_server: bool = False, silent: bool = False
) -> Iterator["Callable[[datetime], CycleReport]"]:
    """Give a function that runs one cycle as of a moment; the server lives as long as the block.

    `silent` cycles record alerts and tell nobody.

    The function raises what `flows.cycle.cycle` raises; entering may raise ServerNotStarted.
    """
    with (
        _progress_bar(console) as bar,
        prefect_server(settings.home / "prefect", always_own=always_own_server) as server,
    ):
        line = bar.add_task("khởi động Prefect / starting Prefect", total=None)
        from flows.cycle import cycle
        from flows.steps import STEPS, watcher

        server.wait()

        def run(now: datetime) -> "CycleReport":
            period = period_at(now, settings)
            bar.reset(line, total=len(STEPS), description=period)
            watcher.set(lambda step, share: _show(bar, line, period, step, STEPS.index(step) + share))
            return asyncio.run(cycle(settings.home, settings.inbox_url, now, silent))

        yield run


def _show(bar: Progress, line: TaskID, period: str, step: str, done: float) -> None:
    bar.update(line, completed=done, description=f"{period}: {_LABELS[step]}")


@contextmanager
def _progress_bar(console: Console) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield bar
