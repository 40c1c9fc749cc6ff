"""What was printed anew, in words: which picture, what remains in it, whether it is proved, where it lies."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.published import open_published
from flows.summary import countdown_table
from flows.wording import SIMULATED, UNKNOWN, moment
from schemas.rows import Row
from schemas.text import visible

if TYPE_CHECKING:
    from tasks.reprint import Reprint


def print_reprint(console: Console, reprinted: "Reprint", cells: list[Row], files: list[Path]) -> None:
    """Print the picture, its countdown, the proof, each cell that restating changed, and the files."""
    if reprinted.release.is_simulated or reprinted.known_from.is_simulated:
        console.print(f"[bold yellow]{SIMULATED}[/]")
    console.print(_heading(reprinted), highlight=False, soft_wrap=True)
    console.print(_proof(reprinted), highlight=False, soft_wrap=True)
    with open_published(reprinted.file) as reader:
        console.print(countdown_table(reader))
    if reprinted.is_restated:
        console.print(_changes(cells) if cells else "Không ô nào đổi khác / no cell changed", highlight=False)
    for file in files:
        console.print(str(file), highlight=False, soft_wrap=True)


def _heading(reprinted: "Reprint") -> str:
    picture = reprinted.picture
    how = "tính lại / restated" if reprinted.is_restated else "như đã biết / as known"
    return (
        f"Kỳ / period {reprinted.period or UNKNOWN}, {how}: tại / at {moment(picture.as_of)}, "
        f"biết đến / known at {moment(picture.known_at)}"
    )


def _proof(reprinted: "Reprint") -> str:
    release = reprinted.release
    name = f"bản phát hành / release {release.run_id}, bản kê số / manifest no. {release.sequence}"
    if not reprinted.is_release:
        # No manifest knows this picture: what is proved is where it comes from.
        name = f"bản làm gốc / the release behind it: {name}"
    if not reprinted.differing:
        return f"[green]✓[/] dựng lại đúng từng dòng / drawn anew row for row: {name}"
    tables = ", ".join(reprinted.differing)
    return f"[red]✗[/] dựng lại khác ở / drawn anew it differs in {tables} ({name})"


def _changes(cells: list[Row]) -> Table:
    title = (
        "Các ô đổi khác, báo cáo biết sau đó / cells that changed, returns known since that bear on the row"
    )
    table = Table(title=title, title_justify="left", title_style="bold")
    for header in ("Bảng\ntable", "Dòng\nrow", "Cột\ncolumn", "Khi đó\nthen", "Nay\nnow", "Báo cáo\nreturns"):
        table.add_column(header, overflow="fold")
    for cell in cells:
        then, now = (_shown(cell[side]) for side in ("released", "asked"))
        key = _shown(" · ".join(cell["key"]))
        table.add_row(cell["table_name"], key, cell["column_name"], then, now, " ".join(cell["submissions"]))
    return table


def _shown(text: str | None) -> str:
    return UNKNOWN if text is None else escape(visible(text))
