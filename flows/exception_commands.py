"""The commands that except something from the rules, end an exception, and list them all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.exception_options import By, District, Period, Reason, Until
from flows.exits import explained
from flows.given import parse_moment, settings_for
from flows.options import Home, Now, given_moment
from flows.terminal import Terminal

if TYPE_CHECKING:  # what is written below is known before pandas and pydantic are loaded
    from schemas.settings import Settings
    from tasks.granting import Grounds


def exempt(
    district: District,
    period: Period,
    reason: Reason,
    by: By,
    until: Until,
    home: Home = None,
    now: Now = None,
) -> None:
    """Miễn báo cáo một kỳ cho một quận, huyện, có hạn. / Exempt a district from a period's return.

    Hết hạn mà chưa nộp thì lại tính là chưa nộp; báo cáo đã nhận vẫn giữ. / When it ends, nothing sent
    is missing again; what was accepted stays.

    Mã thoát / exit codes:

    • 0 đã ghi, có hiệu lực từ lần chạy sau / recorded, in force from the next cycle on

    • 2 dùng sai: mã, kỳ, hạn, lý do / usage: district, period, end, reason

    • 74 bản ghi cũ bị hỏng / a record of the archive is damaged

    • 75 tiến trình khác đang ghi / another cycle holds the warehouse

    Ví dụ / examples:

    • scheme21 exempt 250 2021-04 --reason "Lũ lụt" --by "Ban Tổ chức" --until 2021-06-30
    """
    settings = settings_for(home)
    with _granting():
        from tasks.granting import exempt as grant

        _recorded(settings, grant(settings, district, period, _grounds(settings, reason, by, until, now)))


def reopen_period(
    district: District,
    period: Period,
    reason: Reason,
    by: By,
    until: Until,
    home: Home = None,
    now: Now = None,
) -> None:
    """Nhận báo cáo của kỳ đã khóa, đến một ngày. / Take a district's return after the period locked.

    Tính theo lúc tệp đến: tệp đã bị trả lại phải gửi lại, gửi đúng tệp cũ cũng được. / Judged by the arrival
    of the file: one that went back has to be sent again, the same file will do.

    Mã thoát / exit codes:

    • 0 đã ghi, có hiệu lực từ lần chạy sau / recorded, in force from the next cycle on

    • 2 dùng sai: mã, kỳ, hạn, lý do / usage: district, period, end, reason

    • 74 bản ghi cũ bị hỏng / a record of the archive is damaged

    • 75 tiến trình khác đang ghi / another cycle holds the warehouse

    Ví dụ / examples:

    • scheme21 reopen-period 003 2021-04 --reason "Mất điện" --by "Ban Tổ chức" --until 2021-05-31
    """
    settings = settings_for(home)
    with _granting():
        from tasks.granting import reopen_period as grant

        _recorded(settings, grant(settings, district, period, _grounds(settings, reason, by, until, now)))


def waive(
    expectation: Annotated[str, typer.Argument(help="Tên kỳ vọng trên trang chất lượng / its name")],
    reason: Reason,
    by: By,
    until: Until,
    district: Annotated[str | None, typer.Option(help="Chỉ cho quận, huyện này / only this district")] = None,
    unit: Annotated[str | None, typer.Option(help="Chỉ cho đơn vị này / only this unit, 00091-002")] = None,
    home: Home = None,
    now: Now = None,
) -> None:
    """Phát hành dù một kỳ vọng không đạt, có thời hạn. / Let the gate pass an expectation that fails.

    Kỳ vọng vẫn ghi là không đạt, kèm lý do, trên trang chất lượng và trong bảng exceptions. / It still counts
    as not met, with the reason, on the quality page and in the table exceptions.

    Mã thoát / exit codes:

    • 0 đã ghi, có hiệu lực từ lần chạy sau / recorded, in force from the next cycle on

    • 2 dùng sai: tên kỳ vọng, mã, hạn, lý do / usage: expectation, code, end, reason

    • 74 bản ghi cũ bị hỏng / a record of the archive is damaged

    • 75 tiến trình khác đang ghi / another cycle holds the warehouse

    Ví dụ / examples:

    • scheme21 waive coverage_of_units --district 001 --reason "Sáp nhập" --by "Sở Nội vụ" --until 2021-06-30
    """
    settings = settings_for(home)
    with _granting():
        from tasks.granting import waive as grant

        grounds = _grounds(settings, reason, by, until, now)
        _recorded(settings, grant(settings, expectation, district, unit, grounds))


def revoke(
    exception: Annotated[str, typer.Argument(help="Mã ngoại lệ / the exception's id")],
    reason: Reason,
    by: By,
    home: Home = None,
    now: Now = None,
) -> None:
    """Thu hồi một ngoại lệ đang có hiệu lực. / End an exception that is in force.

    Những gì đã nhận trong thời gian có hiệu lực vẫn giữ. / What it allowed until now stays.

    Mã thoát / exit codes:

    • 0 đã ghi / recorded

    • 2 dùng sai, không có hoặc đã hết hiệu lực / usage, no such exception or it has ended

    • 74 bản ghi cũ bị hỏng / a record of the archive is damaged

    Ví dụ / examples:

    • scheme21 revoke exempt-1a2b3c4d --reason "Đã có số liệu" --by "Ban Tổ chức Thành ủy"
    """
    settings = settings_for(home)
    with _granting():
        from tasks.granting import revoke as end

        _recorded(settings, end(settings, exception, reason, by, given_moment(now, settings)))


def exceptions(home: Home = None, now: Now = None) -> None:
    """Các ngoại lệ, đang có hiệu lực và đã qua. / The exceptions, in force and past.

    Đọc từ thư mục lưu trữ: thấy ngay sau khi ghi. / Read from the archive: seen as soon as recorded.

    Mã thoát / exit codes:

    • 0 đọc được / read

    • 2 dùng sai / usage

    • 74 bản ghi bị hỏng / a record of the archive is damaged

    Ví dụ / examples:

    • scheme21 exceptions

    • scheme21 exceptions --home /srv/scheme21 --now 2021-05-31
    """
    settings = settings_for(home)
    moment = given_moment(now, settings)
    with explained():
        from flows.exception_table import print_exceptions
        from tasks.exceptions import listed_exceptions

        print_exceptions(Terminal(), listed_exceptions(settings, moment))


@contextmanager
def _granting() -> Iterator[None]:
    from tasks.granting import NotGranted

    try:
        with explained():
            yield
    except NotGranted as wrong:
        raise typer.BadParameter(str(wrong)) from wrong


def _grounds(settings: "Settings", reason: str, by: str, until: str, now: str | None) -> "Grounds":
    from tasks.granting import Grounds

    try:
        expires_at = parse_moment(until, settings)
    except ValueError as wrong:
        raise typer.BadParameter(f"{until!r}: {wrong}", param_hint="--until") from wrong
    return Grounds(reason, by, given_moment(now, settings), expires_at)


def _recorded(settings: "Settings", exception_id: str) -> None:
    from tasks.exceptions import record_path

    words: dict[str, Any] = {"highlight": False, "soft_wrap": True}
    console = Terminal()
    console.print(f"Đã ghi / recorded: {exception_id}", **words)
    console.print(f"  {record_path(settings, exception_id)}", **words)
    console.print("Có hiệu lực từ lần chạy sau / in force from the next cycle on: scheme21 run", **words)
