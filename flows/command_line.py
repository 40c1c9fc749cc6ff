"""The command line: it parses, calls, prints, and turns what went wrong into an exit code."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.alerts_command import alerts
from flows.bulletin_command import bulletin
from flows.check_command import check
from flows.exception_commands import exceptions, exempt, reopen_period, revoke, waive
from flows.exits import explained
from flows.given import settings_for
from flows.options import Home, Inbox, Last, Messy, Now, Seed, given_moment
from flows.past_commands import backfill, rebuild
from flows.remind_command import remind
from flows.reprint_command import report
from flows.serve_command import serve
from flows.template_command import template
from flows.terminal import Terminal
from flows.up_command import up
from flows.verify_command import verify
from flows.watch_commands import doctor, watch
from flows.worker_command import worker

if TYPE_CHECKING:  # brings pydantic, for which the words of a command need not wait
    from schemas.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Đề án 21: từ tệp của các quận, huyện đến các bảng còn lại bao nhiêu đơn vị. / "
    "Scheme 21: from the districts' files to the tables of what is still not done.",
)
_out = Terminal()


@app.command()
def run(home: Home = None, inbox: Inbox = None, now: Now = None) -> None:
    """Chạy một kỳ trên mọi tệp đã đến; chạy lại không đổi gì. / One cycle over what has arrived; idempotent.

    Mã thoát / exit codes:

    • 0 đã phát hành hoặc không có gì mới, kể cả khi có tệp bị trả lại / released or unchanged

    • 1 cửa kiểm soát không cho phát hành, bản cũ giữ nguyên / the gate refused, what was published stays

    • 2 dùng sai / usage

    • 69 Prefect, kho chung hoặc cụm Dask không dùng được / the Prefect server did not start, or the lake or
      the Dask cluster cannot be used

    • 74 nơi nhận tệp, kho lưu hoặc kho dữ liệu không đọc được, hoặc đĩa đầy / the inbox, the archive or the
      warehouse cannot be read, or the disk is full

    • 75 tiến trình khác đang ghi / another cycle holds the warehouse

    Ví dụ / examples:

    • scheme21 run

    • scheme21 run --home /srv/scheme21 --inbox s3://landing/scheme21

    • scheme21 run --now 2021-05-06T07:00
    """
    settings = settings_for(home, inbox)
    moment = given_moment(now, settings)
    _need_landing_place(settings)
    from flows.engine import cycle_engine

    with explained():
        with cycle_engine(settings, _out) as run_cycle:
            report = run_cycle(moment)
        from flows.run_summary import print_run

        print_run(_out, report, settings)


@app.command()
def status(
    home: Home = None,
    units: Annotated[bool, typer.Option("--units", help="Liệt kê từng đơn vị / list every unit")] = False,
) -> None:
    """Còn lại gì, ai chưa nộp, bản phát hành nào. / What remains, who has not reported, the last release.

    Chỉ đọc bản đã phát hành, không ảnh hưởng lần chạy nào. / Reads only what is published; disturbs no run.

    Mã thoát / exit codes:

    • 0 đọc được / read

    • 2 dùng sai / usage

    • 66 chưa có bản phát hành / nothing is published yet

    Ví dụ / examples:

    • scheme21 status

    • scheme21 status --home /srv/scheme21 --units
    """
    from flows.status import print_status

    with explained():
        print_status(_out, settings_for(home), with_units=units)


app.command()(check)
app.command()(template)
app.command()(alerts)
app.command("reopen-period")(reopen_period)
for exception_command in (exempt, waive, revoke, exceptions):
    app.command()(exception_command)
app.command()(remind)
app.command()(bulletin)
app.command()(report)
app.command()(serve)
for command in (verify, up, rebuild, backfill, watch, doctor):
    app.command()(command)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(worker)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="Nơi ghi / where to write")],
    seed: Seed = 21,
    first: Annotated[str, typer.Option("--from", help="Kỳ đầu / first period")] = "2021-03",
    last: Last = "2021-12",
    messy: Messy = False,
) -> None:
    """Ghi tệp mô phỏng của 30 quận, huyện. / What the 30 districts would send, marked simulated.

    Mã thoát / exit codes:

    • 0 đã ghi / written

    • 2 dùng sai / usage

    Ví dụ / examples:

    • scheme21 sample home/inbox

    • scheme21 sample home/inbox --seed 7 --from 2021-03 --to 2021-06 --messy
    """
    from flows.wording import SIMULATED
    from tasks.sample import write_sample

    try:
        written = write_sample(folder, seed, first, last, messy)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from wrong
    _out.print(f"[bold yellow]{SIMULATED}[/]: {len(written.files)} tệp / files → {folder}", highlight=False)


@app.command()
def demo(
    home: Annotated[Path, typer.Option(help="Thư mục chạy thử / the demo's own folder")] = Path("demo"),
    seed: Seed = 21,
    last: Last = "2021-12",
    messy: Messy = False,
) -> None:
    """Chạy thử trọn vẹn: tệp mô phỏng, từng kỳ, rồi các bảng. / Sample, every period, tables.

    Thư mục của lần chạy thử trước được làm lại từ đầu; thư mục khác không bị ghi đè. / The folder of an
    earlier demo is made anew; any other folder is left alone.

    Mã thoát / exit codes:

    • 0 xong / done

    • 1 cửa kiểm soát không cho phát hành / the gate refused

    • 2 thư mục có dữ liệu khác / the folder holds something else

    • 69, 75 như lệnh run / as for run

    Ví dụ / examples:

    • scheme21 demo

    • scheme21 demo --home /tmp/thu --seed 7
    """
    from flows.demo import print_demo, run_demo

    with explained():
        settings = run_demo(home, seed, last, messy, _out)
        print_demo(_out, settings)


def _need_landing_place(settings: "Settings") -> None:
    # A remote one is looked for by the flow, which tries again when the store does not answer.
    is_local = "://" not in settings.inbox_url
    if is_local and not Path(settings.inbox_url).is_dir():
        raise typer.BadParameter(
            f"không có thư mục nhận tệp / no landing folder: {settings.inbox_url}", param_hint="--inbox"
        )
