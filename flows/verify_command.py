"""The command that proves releases: nothing was altered since, and a receipt's rows are in the tables."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.exits import Exit, explained
from flows.given import settings_for
from flows.options import Home
from flows.published import NothingPublished
from flows.terminal import Terminal

if TYPE_CHECKING:  # what is written below is known before pandas and pydantic are loaded
    from schemas.settings import Settings
    from tasks.checkup_result import Check
    from tasks.verify.receipt_file import KeptReceipt

_out = Terminal()


def _sha256(given: str | None) -> str | None:
    if given is not None and not re.fullmatch("[0-9a-fA-F]{64}", given):
        raise typer.BadParameter("SHA-256 có 64 chữ số thập lục phân / has 64 hexadecimal digits")
    return given


def verify(
    receipt: Annotated[
        str | None,
        typer.Argument(help="Giấy biên nhận (.txt, .json) hoặc mã tiếp nhận / a receipt or a submission"),
    ] = None,
    home: Home = None,
    release: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Chỉ một thư mục phát hành / one release folder alone",
        ),
    ] = None,
    known: Annotated[
        str | None,
        typer.Option(
            "--hash", metavar="SHA256", help="Mã băm in trên giấy / a hash on paper", callback=_sha256
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Cho chương trình khác / for programs")] = False,
) -> None:
    """Kiểm chứng các bản phát hành và giấy biên nhận. / Prove that nothing was altered since it was released.

    Không cần mạng. Mọi thứ được tính lại: tệp gốc trong kho lưu, dòng trong kho dữ liệu, từng bảng ở DuckDB,
    Parquet, CSV, Excel, từng tệp, và chuỗi bản kê. / Offline. All is computed again: received files, loaded
    rows, each table in all its forms, each file, and the chain of manifests.

    Mã thoát / exit codes:

    • 0 mọi thứ như khi phát hành / everything is as it was released

    • 1 có chỗ bị sửa, được nêu tên / something was altered, and is named

    • 2 dùng sai / usage

    • 66 chưa có gì để kiểm chứng / nothing to verify: no release yet, or the receipt is in none

    • 74 không đọc được / cannot be read

    • 75 tiến trình khác đang ghi / another process holds the warehouse

    Ví dụ / examples:

    • scheme21 verify

    • scheme21 verify answers/001/001-20210407-411d4025.txt

    • scheme21 verify bien-nhan.json --release /media/usb/20220120T235959-4663a5e1
    """
    with explained():
        checks = _checks(settings_for(home), release, receipt, known)
    _print(checks, as_json=as_json)
    raise typer.Exit(_code(checks))


def _checks(
    settings: "Settings", release: Path | None, given: str | None, known: str | None
) -> "list[Check]":
    from tasks.verify.receipt_file import read_receipt
    from tasks.verify.verify import verify_folder

    kept = read_receipt(given) if given else None
    if release is not None:
        return verify_folder(release, kept, known)
    if not any(place.exists() for place in (settings.published, settings.manifests, settings.releases)):
        raise NothingPublished(settings.snapshot)
    if not settings.warehouse.exists():
        return _of_home(settings, kept, known)
    from tasks.lock import writer_lock

    with _out.status("kiểm chứng / verifying"), writer_lock(settings, "verify"):
        return _of_home(settings, kept, known)


def _of_home(settings: "Settings", kept: "KeptReceipt | None", known: str | None) -> "list[Check]":
    from tasks.verify.verify import verify_home, verify_receipt

    checks = verify_receipt(settings, kept, known) if kept else verify_home(settings, known)
    if not checks:
        raise NothingPublished(settings.snapshot)
    return checks


def _print(checks: "list[Check]", *, as_json: bool) -> None:
    from flows.shown_checks import checks_as_json, print_lines

    if as_json:
        typer.echo(checks_as_json(checks))
    else:
        print_lines(_out, checks)


def _code(checks: "list[Check]") -> Exit:
    from tasks.checkup_result import Level

    return Exit.REFUSED if any(check.level == Level.CRITICAL for check in checks) else Exit.OK
