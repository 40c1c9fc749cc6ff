"""The command that prints past tables anew: as they were known, or restated."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.exits import Exit, explained
from flows.given import moment_of, parse_moment, settings_for
from flows.options import Home
from flows.terminal import Terminal
from schemas.calendar import Calendar

if TYPE_CHECKING:  # what is written below is known before pandas and pydantic are loaded
    from schemas.settings import Settings
    from tasks.reprint import Reprint


def report(
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="[TABLE]...", help="Bảng, bỏ trống: mọi bảng / all of them")
    ] = None,
    period: Annotated[
        str | None, typer.Option(help="Kỳ báo cáo / the period (the latest the release had)")
    ] = None,
    known_at: Annotated[
        str | None,
        typer.Option("--known-at", help="Biết đến: 2021-05-10 (hết ngày) / the last release by then (now)"),
    ] = None,
    restated: Annotated[
        bool, typer.Option("--restated", help="Tính lại theo mọi điều đã biết / with all that is known now")
    ] = False,
    form: Annotated[
        Literal["parquet", "csv", "xlsx"],
        typer.Option(
            "--format", help="Dạng tệp; xlsx luôn đủ mọi bảng / a workbook always holds every table"
        ),
    ] = "parquet",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", file_okay=False, help="Nơi ghi / folder (report-…)")
    ] = None,
    home: Home = None,
) -> None:
    """In lại bảng đã công bố, như đã biết khi đó hoặc tính lại. / Past tables, as known then or restated.

    Như đã biết: đúng bản phát hành cuối cùng tính đến --known-at, đối chiếu với bản kê của bản ấy. Tính lại:
    cùng thời điểm, theo mọi báo cáo đã nhận đến nay; từng ô đổi khác và báo cáo biết sau nằm ở changes.csv. /
    As known: the last release by --known-at, proved by its manifest. Restated: the same moment, from all
    returns taken in since; each cell that changed and the returns known since that bear on its row are in
    changes.csv.

    Mã thoát / exit codes:

    • 0 đã ghi / written

    • 1 đã ghi, nhưng khác bản kê: chương trình hoặc dữ liệu đã khác / written, but not what the manifest says

    • 2 dùng sai / usage

    • 66 khi đó chưa phát hành, hoặc bản ấy chưa có kỳ đó / not released by then, or not that period

    • 74 không đọc được kho dữ liệu hoặc bản kê / warehouse or manifest cannot be read

    • 75 tiến trình khác đang ghi / another cycle holds the warehouse

    Ví dụ / examples:

    • scheme21 report --known-at 2021-05-10

    • scheme21 report countdown remaining_communes --period 2021-04 --known-at 2021-05-10 --format csv

    • scheme21 report --period 2021-04 --known-at 2021-05-10 --restated --format xlsx -o thang-4
    """
    settings = settings_for(home)
    moment = _known_at(known_at, settings)
    _check_period(period, settings)
    with explained(), TemporaryDirectory(prefix="scheme21-report-") as beside:
        from flows.reprint_summary import print_reprint
        from tasks.reprint import reprint
        from tasks.reprint_files import write_cells, write_reprint
        from tasks.restated import restated_cells

        chosen = _known_tables(tables)
        console = Terminal()
        with console.status("dựng lại các bảng / drawing the tables"):
            reprinted = reprint(settings, Path(beside), moment, period, restated=restated)
            folder = _vacant(output or _folder(reprinted))
            files = write_reprint(reprinted, chosen, form, folder)
            cells = restated_cells(reprinted, chosen) if restated else []
            if restated:
                files.append(write_cells(cells, folder))
        print_reprint(console, reprinted, cells, files)
    if reprinted.differing:
        raise typer.Exit(Exit.REFUSED)


def _known_at(text: str | None, settings: "Settings") -> datetime:
    try:
        given = moment_of(None, settings) if text is None else parse_moment(text, settings)
    except ValueError as wrong:
        raise typer.BadParameter(f"{text!r}: {wrong}", param_hint="--known-at") from wrong
    # A release has fractions of a second, a moment that a person gives means the whole of one.
    return given.replace(microsecond=999_999)


def _check_period(period: str | None, settings: "Settings") -> None:
    if period is None:
        return
    try:
        Calendar(settings).parse(period)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--period") from wrong


def _known_tables(names: list[str] | None) -> list[str]:
    from schemas.published.tables import BY_NAME

    unknown = sorted(set(names or ()) - set(BY_NAME))
    if unknown:
        raise typer.BadParameter(
            f"{', '.join(unknown)}: không có bảng này / no such table: {', '.join(BY_NAME)}"
        )
    return names or list(BY_NAME)


def _vacant(folder: Path) -> Path:
    # What another report left there would be taken for this one's.
    if folder.exists() and any(folder.iterdir()):
        raise typer.BadParameter(
            f"{folder} không trống; chọn nơi khác / is not empty; name another folder", param_hint="--output"
        )
    return folder


def _folder(reprinted: "Reprint") -> Path:
    ending = "-restated" if reprinted.is_restated else ""
    return Path(f"report-{reprinted.period}-{reprinted.release.as_known_at:%Y%m%dT%H%M%S}{ending}")
