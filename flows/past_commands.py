"""The commands that go through the past again: the warehouse from the archive, past periods in turn."""

from datetime import datetime
from typing import Annotated

import typer

from flows.exits import explained
from flows.given import settings_for
from flows.options import Home, Inbox
from flows.terminal import Terminal

_out = Terminal()


def rebuild(
    home: Home = None,
    accept_differences: Annotated[
        bool, typer.Option("--accept-differences", help="Thay cả khi khác / swap it in even if it differs")
    ] = False,
) -> None:
    """Dựng lại kho dữ liệu từ kho lưu, so rồi thay. / The warehouse anew from the archive, compared, swapped.

    Kho đang dùng không đổi cho đến bước cuối. / The one in use is not touched until the last step.

    Mã thoát / exit codes:

    • 0 bằng nhau, hoặc chấp nhận khác, và đã thay / equal or accepted, and in place

    • 1 khác nhau, kho đang dùng giữ nguyên / it differs, the one in use stays

    • 2 dùng sai / usage

    • 74 không đọc được kho lưu hoặc kho đang dùng / archive or warehouse cannot be read

    • 75 tiến trình khác đang ghi / another cycle holds the warehouse

    Ví dụ / examples:

    • scheme21 rebuild

    • scheme21 rebuild --home /srv/scheme21 --accept-differences
    """
    settings = settings_for(home)
    from flows.rebuild_summary import WarehousesDiffer, print_rebuild
    from tasks.rebuild import rebuild as rebuild_warehouse

    with explained():
        with _out.status("dựng lại từ kho lưu / rebuilding from the archive") as shown:
            result = rebuild_warehouse(
                settings,
                datetime.now(settings.zone),
                accept_differences=accept_differences,
                on_batch=lambda done, all_: shown.update(f"{done}/{all_} tệp / files"),
            )
        print_rebuild(_out, result)
        if not result.is_swapped:
            raise WarehousesDiffer(result)


def backfill(
    periods: Annotated[str, typer.Argument(metavar="PERIOD..PERIOD", help="Kỳ đầu..kỳ cuối / first..last")],
    home: Home = None,
    inbox: Inbox = None,
) -> None:
    """Chạy bù các kỳ đã qua, mỗi kỳ một chu kỳ. / A cycle for each past period, as of the day after its due.

    Việc đã qua không báo cho ai. / Nobody is alerted of the past.

    Mã thoát / exit codes:

    • 0 xong / done

    • 1 cửa kiểm soát không cho phát hành một kỳ, các kỳ sau chưa chạy / refused, later periods not run

    • 2 dùng sai, kỳ không chạy bù được / usage, periods that cannot be taken

    • 69, 75 như lệnh run / as for run

    Ví dụ / examples:

    • scheme21 backfill 2021-03..2021-12

    • scheme21 backfill 2021-05..2021-05 --home /srv/scheme21
    """
    settings = settings_for(home, inbox)
    first, dots, last = periods.partition("..")
    if not dots:
        raise typer.BadParameter(f"{periods!r}: viết / write 2021-03..2021-12", param_hint="PERIOD..PERIOD")
    from flows.engine import cycle_engine
    from flows.past_periods import usual_moments
    from flows.run_summary import print_run

    with explained():
        moments = usual_moments(settings, first, last, datetime.now(settings.zone))
        with cycle_engine(settings, _out, silent=True) as run_cycle:
            for _period, moment in moments:
                print_run(_out, run_cycle(moment), settings)
