"""What a rebuild found, in words: for the terminal, and as the error that ends a rebuild that differs."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from flows.wording import moment, number

if TYPE_CHECKING:  # pulls in pandas, which an exit code need not wait for
    from tasks.rebuild import Rebuild


class WarehousesDiffer(RuntimeError):  # noqa: N818 - a judgement, not an error of the program
    """The rebuilt warehouse differs from the one in use and was not put in its place."""

    def __init__(self, result: "Rebuild") -> None:
        names = ", ".join(table.table for table in result.differing)
        super().__init__(
            f"Kho dựng lại khác kho đang dùng ở: {names}. Kho đang dùng giữ nguyên; kho dựng lại nằm ở "
            f"{result.folder}.\nThe rebuilt warehouse differs; the one in use stays. After an upgrade that "
            "judges otherwise, or when no cycle has judged the last files: --accept-differences."
        )


def print_rebuild(console: Console, result: "Rebuild") -> None:
    """Print up to when it knows, each table compared, and whether it took the former one's place."""
    console.print(
        f"Dựng lại từ kho lưu / rebuilt from the archive: {number(result.submissions)} tệp / files, "
        f"đến / as known at {moment(result.known_at)}",
        highlight=False,
    )
    if result.compared:
        console.print(_table(result))
    else:
        console.print("Không có kho trước để so sánh / no former warehouse to compare with", highlight=False)
    if result.is_swapped:
        console.print("[green]Đã thay kho đang dùng[/] / put in place: scheme21 run", highlight=False)
    if result.kept is not None:
        console.print(f"Kho trước / the former one: {result.kept}", highlight=False, soft_wrap=True)


def _table(result: "Rebuild") -> Table:
    table = Table(title="So từng bảng / table by table", title_justify="left", title_style="bold")
    for header in ("Bảng\ntable", "Chỉ kho trước\nonly former", "Chỉ kho mới\nonly rebuilt", "Cột\ncolumns"):
        table.add_column(header, justify="left" if header.startswith(("Bảng", "Cột")) else "right")
    for compared in result.compared:
        columns = [f"+{name}" for name in compared.columns_added]
        columns += [f"−{name}" for name in compared.columns_dropped]
        style = "red" if compared.differs else ""
        counts = (number(compared.only_former), number(compared.only_new))
        table.add_row(compared.table, *counts, ", ".join(columns), style=style)
    return table
