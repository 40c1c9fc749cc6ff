"""The command that checks one file as a cycle would: a dry run, which needs no warehouse."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.exits import Exit
from flows.given import settings_for
from flows.options import Now, given_moment
from flows.terminal import Terminal
from tasks.import_later import uncollected

if TYPE_CHECKING:  # what is written below is known before pandas and pydantic are loaded
    from schemas.settings import Settings
    from tasks.check_file import CheckedFile


def check(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Tệp cần kiểm tra / the file")],
    district: Annotated[
        str | None, typer.Option(help="Mã quận, huyện / whose folder it would be in (the one it names)")
    ] = None,
    now: Now = None,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="Ghi thêm bản đánh dấu lỗi / write a marked copy beside FILE")
    ] = False,
) -> None:
    """Kiểm tra thử một tệp, không cần kho dữ liệu. / A dry run of one file.

    In mọi lỗi với biểu và ô; quy tắc cần báo cáo kỳ trước thì không xét ở đây. / Prints every finding with
    sheet and cell, by the production checks; rules that need earlier returns are not judged here.

    Mã thoát / exit codes:

    • 0 sẽ được nhận, có thể một phần / it would be accepted, maybe in part

    • 1 sẽ bị trả lại / it would be rejected

    • 2 dùng sai / usage

    Ví dụ / examples:

    • scheme21 check bao-cao.xlsx

    • scheme21 check bao-cao.xlsx --district 001 --now 2021-05-04

    • scheme21 check bao-cao.xlsx --annotate
    """
    settings = settings_for()
    moment = given_moment(now, settings)
    checked = _checked(file, settings, moment, district)
    from flows.check_summary import print_checked, print_marked

    console = Terminal()
    print_checked(console, file, checked)
    if annotate:
        from tasks.annotate import annotate as write_marked

        print_marked(console, write_marked(file, checked, settings))
    raise typer.Exit(Exit.REFUSED if checked.verdict == "rejected" else Exit.OK)


def _checked(file: Path, settings: "Settings", moment: datetime, district: str | None) -> "CheckedFile":
    from tasks.bounded_reading import BoundedReader

    with BoundedReader(settings) as reader:
        reader.start()  # what it imports it imports while we do
        with uncollected():
            from tasks.check_file import check_file

        return check_file(file, settings, moment, reader, district)
