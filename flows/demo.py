"""The demonstration: a simulated city's returns, taken period by period until nothing remains."""

import json
import shutil
from datetime import datetime
from pathlib import Path

from rich.console import Console

from flows.engine import cycle_engine
from flows.given import settings_for
from flows.published import open_published
from flows.run_summary import verdict_counts
from flows.summary import (
    absent_table,
    completion_line,
    countdown_table,
    print_link,
    print_release,
    reconciliation_table,
    remaining_table,
    staffing_table,
)
from flows.wording import SIMULATED
from schemas.access import READERS_FOLDER, make_folder
from schemas.calendar import Calendar, Period
from schemas.rows import rows_of
from schemas.settings import Settings
from schemas.sharing import need_own_home

_MARK = "demo.json"


class ForeignFolder(ValueError):  # noqa: N818 - a state of the world
    """The folder holds something that no demonstration made: it is not overwritten."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} có dữ liệu không phải của lần chạy thử; hãy chọn thư mục khác bằng --home\n"
            f"{folder} holds something no demo made; choose another folder with --home"
        )


def run_demo(home: Path, seed: int, last: str, messy: bool, console: Console) -> Settings:
    """Write the sample into `home` (emptied when an earlier demo made it) and run every period.

    Returns the settings of that home. Raises ForeignFolder when `home` holds anything else, NotForOneMachine
    where it would be shared, and what a cycle raises.
    """
    settings = settings_for(home, str(home.absolute() / "inbox"))
    need_own_home(settings)
    periods = moments(settings, last)
    _take_over(home, seed, messy)
    console.print(f"[bold yellow]{SIMULATED}[/]")
    _write_sample(settings, seed, last, messy, console)
    # A server of its own even where one runs: simulated runs have no business in an office's
    # history, and nobody is told of what is only shown.
    with cycle_engine(settings, console, always_own_server=True, silent=True) as run_cycle:
        for period, now in periods:
            report = run_cycle(now)
            _print_period(console, settings, period, verdict_counts(report.outcomes))
    return settings


def moments(settings: Settings, last: str) -> list[tuple[Period, datetime]]:
    """Every period up to `last` and when it is taken: at its lock, with late files and corrections in.

    Raises ValueError when `last` is no period.
    """
    calendar = Calendar(settings)
    end = datetime.combine(calendar.parse(last).ends_on, datetime.min.time(), tzinfo=settings.zone)
    return [(period, calendar.lock_at(period)) for period in calendar.until(end)]


def print_demo(console: Console, settings: Settings) -> None:
    """Print what it has shown: countdown, people, reconciliation, completion, where to look."""
    with open_published(settings.snapshot) as reader:
        print_release(console, reader)
        print_link(console, settings)
        console.print(countdown_table(reader), absent_table(reader), staffing_table(reader))
        console.print(reconciliation_table(reader))
        console.print(completion_line(reader), highlight=False)
    console.print(f"scheme21 status --home {settings.home}", highlight=False)
    for name in ("index.html", "bulletin.pdf", "scheme21.xlsx", "scheme21.duckdb", "quality.html"):
        console.print(f"  {settings.published / name}", highlight=False, soft_wrap=True)


def _print_period(console: Console, settings: Settings, period: Period, verdicts: list[str]) -> None:
    with open_published(settings.snapshot) as reader:
        (row,) = rows_of(reader, "FROM countdown ORDER BY period DESC LIMIT 1")
        console.print(
            f"{period}: còn {row['communes_remaining']} xã, {row['thon_remaining']} thôn, "
            f"{row['tdp_remaining']} tổ dân phố / remaining communes, villages, groups",
            highlight=False,
            soft_wrap=True,
        )
        console.print(f"  {'; '.join(verdicts)}", highlight=False, soft_wrap=True)
        if period == Calendar(settings).baseline:
            console.print(remaining_table(reader))


def _write_sample(settings: Settings, seed: int, last: str, messy: bool, console: Console) -> None:
    from tasks.sample import write_sample

    with console.status("viết tệp mô phỏng / writing the simulated files"):
        written = write_sample(Path(settings.inbox_url), seed, settings.baseline_period, last, messy)
    console.print(f"{len(written.files)} tệp / files → {settings.inbox_url}", highlight=False, soft_wrap=True)


def _take_over(home: Path, seed: int, messy: bool) -> None:
    if home.exists() and any(home.iterdir()):
        if not (home / _MARK).is_file():
            raise ForeignFolder(home)
        shutil.rmtree(home)
    make_folder(home, READERS_FOLDER)
    mark = {"made_by": "scheme21 demo", "seed": seed, "messy": messy, "is_simulated": True}
    (home / _MARK).write_text(json.dumps(mark), encoding="utf-8")
