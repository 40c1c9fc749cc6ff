"""What adds up below a sheet's rows, and the bars that show large figures at a glance."""

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from bulletin.language import language
from bulletin.published import Row
from schemas.published.table import PublishedTable

HEADER_ROW = 2  # 0-based: the title and the mark stand above it
# Columns that may be added over the districts of one period; what is not here does not add up.
_ADDS_UP = {
    "progress_by_district": (
        *("communes_total", "communes_remaining", "villages_total", "thon_remaining", "tdp_remaining"),
        *("change_from_previous", "communes_unreported", "villages_unreported"),
    ),
    "staffing": ("people_before", "people_now", "units_unreported"),
    "posts": ("posts_required", "posts_filled", "posts_vacant", "posts_combined"),
    "petitions": ("opening", "received", "resolved", "closing", "rows_quarantined"),
    "activities": ("attend_commune", "attend_village"),
    "submission_compliance": ("rows_loaded", "rows_quarantined", "findings"),
}
_BARS = {
    "remaining_communes": ("months_outstanding", "times_due_slipped"),
    "remaining_villages": ("months_outstanding", "times_due_slipped"),
    "countdown": ("communes_remaining", "thon_remaining", "tdp_remaining"),
    "progress_by_district": ("pct_completed",),
    "staffing": ("reduction_pct",),
    "posts": ("posts_vacant",),
    "obstacles": ("units",),
}


def write_totals(
    sheet: Worksheet, styles: dict[str, Format], table: PublishedTable, rows: list[Row], period: str | None
) -> None:
    """Write, one row below the rows, the city's total of the latest period as formulas with their values.

    Only tables that add up over the districts of a period have one.
    """
    if table.name not in _ADDS_UP or not rows:
        return
    names = [column.name for column in table.columns]
    row, last = HEADER_ROW + len(rows) + 2, HEADER_ROW + len(rows)
    periods = xl_range_abs(HEADER_ROW + 1, names.index("period"), last, names.index("period"))
    sheet.write_string(row, 0, f"Toàn thành phố, kỳ {language('vi').period(period)}", styles["total"])
    for name in _ADDS_UP[table.name]:
        at = names.index(name)
        figures = xl_range_abs(HEADER_ROW + 1, at, last, at)
        value = sum(found[name] or 0 for found in rows if found["period"] == period)
        sheet.write_formula(row, at, f'=SUMIFS({figures},{periods},"{period}")', styles["total"], value)
    if table.name == "staffing":
        _write_reduction(sheet, styles, names, row, [found for found in rows if found["period"] == period])


def add_data_bars(sheet: Worksheet, table: PublishedTable, number: int) -> None:
    """Lay bars behind the figures of a table's telling columns; `number` rows stand below the header."""
    names = [column.name for column in table.columns]
    look = {"type": "data_bar", "bar_color": "#A9C9EA", "min_type": "num", "min_value": 0}
    for name in _BARS.get(table.name, ()) if number else ():
        at = names.index(name)
        sheet.conditional_format(HEADER_ROW + 1, at, HEADER_ROW + number, at, look)


def _write_reduction(
    sheet: Worksheet, styles: dict[str, Format], names: list[str], row: int, rows: list[Row]
) -> None:
    # A percentage does not add up: it is that of the sums.
    before, now = (
        f"{xl_col_to_name(names.index(name))}{row + 1}" for name in ("people_before", "people_now")
    )
    sums = [sum(found[name] or 0 for found in rows) for name in ("people_before", "people_now")]
    share = 100 * (sums[0] - sums[1]) / sums[0] if sums[0] else 0
    formula = f"=IF({before}=0,0,100*({before}-{now})/{before})"
    sheet.write_formula(row, names.index("reduction_pct"), formula, styles["total_share"], share)
