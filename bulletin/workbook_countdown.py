"""The countdown as a chart of Excel's own: it follows the figures of its sheet."""

from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bulletin.workbook_totals import HEADER_ROW
from schemas.published.tables import BY_NAME
from schemas.rows import Row

# Colour of the line, and where its labels stand so that the three do not meet.
_SERIES = {
    "communes_remaining": ("#0F4C8A", "left"),
    "thon_remaining": ("#B45309", "above"),
    "tdp_remaining": ("#15803D", "right"),
}


def add_countdown_chart(workbook: Workbook, sheet: Worksheet, countdown: list[Row], cell: str) -> None:
    """Put the chart at `cell` of `sheet`; none while no period is tracked."""
    if not countdown:
        return
    columns = [column.name for column in BY_NAME["countdown"].columns]
    tab, period = BY_NAME["countdown"].tab, columns.index("period")
    chart = workbook.add_chart({"type": "line"})
    first, last = HEADER_ROW + 1, HEADER_ROW + len(countdown)
    for name, (colour, side) in _SERIES.items():
        at = columns.index(name)
        chart.add_series(
            {
                "name": [tab, HEADER_ROW, at],
                "categories": [tab, first, period, last, period],
                "values": [tab, first, at, last, at],
                "line": {"color": colour, "width": 2.25},
                "marker": {"type": "circle", "size": 5, "fill": {"color": colour}},
                "data_labels": {
                    **{"value": True, "position": side, "font": {"color": colour, "bold": True}},
                    "custom": _ends_only(len(countdown)),
                },
            }
        )
    chart.set_title({"name": "Số đơn vị còn lại theo kỳ", "name_font": {"size": 12}})
    # Periods stand at equal distances and by their names, whatever their days.
    chart.set_x_axis({"text_axis": True, "num_format": "m/yyyy"})
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E3E6EA"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 500, "height": 310})
    sheet.insert_chart(cell, chart, {"description": "Biểu đồ số đơn vị còn lại theo kỳ"})


def _ends_only(points: int) -> list[dict[str, Any]]:
    # Labels in between would lie on each other.
    return [{"delete": 0 < at < points - 1} for at in range(points)]
