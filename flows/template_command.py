"""The command that writes the reporting form, blank or pre-filled."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.exits import explained
from flows.given import settings_for
from flows.options import Home
from flows.terminal import Terminal
from schemas.calendar import Calendar

if TYPE_CHECKING:  # brings pydantic, for which the words of a command need not wait
    from schemas.settings import Settings

_BLANK = "bieu-mau-de-an-21.xlsx"
_UNIT_CHANGES = "phieu-thay-doi-don-vi.xlsx"


def template(
    district: Annotated[
        str | None, typer.Argument(help="Mã quận, huyện; bỏ trống: biểu trắng / none: the blank form")
    ] = None,
    period: Annotated[
        str | None, typer.Argument(help="Kỳ báo cáo / the period (the next one to report)")
    ] = None,
    unit_changes: Annotated[
        bool, typer.Option("--unit-changes", help="Phiếu thay đổi đơn vị, trắng / the blank unit change file")
    ] = False,
    home: Home = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", dir_okay=False, help="Tệp ghi ra / file (DISTRICT-PERIOD.xlsx)"),
    ] = None,
) -> None:
    """Biểu mẫu trắng, hoặc điền sẵn số liệu kỳ trước. / The form, blank or pre-filled with the last figures.

    Điền sẵn: đơn vị, mã thôn, số liệu đã nhận, đơn vị còn lại, đơn thư còn tồn; có danh mục chọn và tiêu đề
    khóa. / Pre-filled: units, village ids, accepted figures, outstanding units, open petitions; with lists to
    choose from and locked headers.

    Với --unit-changes: phiếu để báo đổi tên, nhập, chia, giải thể, thành lập đơn vị; gửi vào thư mục don-vi
    của hộp nhận. / With --unit-changes: the file that says which units were renamed, merged, split, dissolved
    or established; it goes into the folder don-vi of the inbox.

    Mã thoát / exit codes:

    • 0 đã ghi / written

    • 2 dùng sai, không có mã quận, huyện đó / usage, no such district

    • 75 tiến trình khác đang ghi / another cycle holds the warehouse

    Ví dụ / examples:

    • scheme21 template

    • scheme21 template 003 2021-05 --home /srv/scheme21 -o tay-ho.xlsx

    • scheme21 template --unit-changes
    """
    settings = settings_for(home)
    console = Terminal()
    with explained():
        if unit_changes:
            path = _write_unit_changes(settings, district, output)
        else:
            path = _write(settings, district, period, output)
    console.print(f"Đã ghi / written: {path}", highlight=False, soft_wrap=True)


def _write_unit_changes(settings: "Settings", district: str | None, output: Path | None) -> Path:
    from tasks.template import write_unit_changes

    if district is not None:
        raise typer.BadParameter(
            "phiếu thay đổi không của riêng quận, huyện nào / a unit change file is no single district's"
        )
    path = output or Path(_UNIT_CHANGES)
    write_unit_changes(settings, path)
    return path


def _write(settings: "Settings", district: str | None, period: str | None, output: Path | None) -> Path:
    from tasks.sharing import open_for_reading
    from tasks.template import (
        NoSuchDistrict,
        know_all_for_forms,
        next_period,
        write_blank,
        write_template,
    )

    with open_for_reading(settings, "template") as warehouse:
        if district is None:
            path = output or Path(_BLANK)
            write_blank(warehouse, settings, path)
            return path
        try:
            known = next_period(warehouse, settings, district)
            chosen = Calendar(settings).parse(period) if period else known
            path = output or Path(f"{district}-{chosen}.xlsx")
            know_all_for_forms(warehouse, settings)
            write_template(warehouse, settings, district, chosen, path)
        except (NoSuchDistrict, ValueError) as wrong:
            raise typer.BadParameter(str(wrong)) from wrong
    return path
