"""What adds up below a sheet's rows, and the bars that show large figures at a glance."""

from collections.abc import Callable
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from bulletin.language import language, period_named
from schemas.published.table import PublishedTable
from schemas.rows import Row

HEADER_ROW = 2  # 0-based: the title and the mark stand above it
TOTAL_BELOW = 2  # rows from the last one to the totals: a blank one keeps them out of the filter
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
# Columns of the other tables that mean something over all their rows.
_OVER_ALL = {
    "remaining_communes": {"commune_name": "count", "is_overdue": "yes", "is_carried_forward": "yes"},
    "remaining_villages": {"village_name": "count", "is_overdue": "yes", "is_carried_forward": "yes"},
    "countdown": {
        "completed_in_period": "sum",
        "reopened_in_period": "sum",
        "first_reported_remaining": "sum",
        "entered_by_change": "sum",
        "left_by_change": "sum",
    },
    "unit_changes": {"change_kind": "count"},
    "unit_history": {"completed_on": "count"},
    "exceptions": {"kind": "count"},
    "submissions": {"seq": "count", "is_effective": "yes", "size_bytes": "sum"},
    "findings": {"fault": "count"},
    "districts": {"district_name": "count"},
}
# What Excel computes, and the same for programs that show the value kept with a formula.
_WAYS: dict[str, tuple[str, Callable[[list[Any]], int]]] = {
    "count": ("=COUNTA({})", len),
    "yes": ('=COUNTIF({},"Có")', sum),
    "sum": ("=SUM({})", sum),
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
    """Write below the rows what adds up, as formulas with their values.

    Where districts add up to the city it is that of the latest `period`, elsewhere that of all rows; a table
    without such a figure, or without rows, has none.
    """
    if period is not None and table.name in _ADDS_UP and rows:
        _write_city(sheet, styles, table, rows, period)
    if table.name in _OVER_ALL and rows:
        _write_over_all(sheet, styles, table, rows)


def _write_city(
    sheet: Worksheet, styles: dict[str, Format], table: PublishedTable, rows: list[Row], period: str
) -> None:
    names = [column.name for column in table.columns]
    row, of_period = HEADER_ROW + len(rows) + TOTAL_BELOW, [at for at in rows if at["period"] == period]
    sheet.write_string(row, 0, f"Toàn thành phố, kỳ {language('vi').period(period)}", styles["total_name"])
    periods = _cells(names, "period", rows)
    for name in _ADDS_UP[table.name]:
        formula = f"=SUMIFS({_cells(names, name, rows)},{periods},{_criterion(period)})"
        value = sum(found[name] or 0 for found in of_period)
        sheet.write_formula(row, names.index(name), formula, styles["total"], value)
    if table.name == "staffing":
        _write_reduction(sheet, styles, names, row, of_period)


def _write_over_all(
    sheet: Worksheet, styles: dict[str, Format], table: PublishedTable, rows: list[Row]
) -> None:
    names = [column.name for column in table.columns]
    row = HEADER_ROW + len(rows) + TOTAL_BELOW
    sheet.write_string(row, 0, "Tổng số", styles["total_name"])
    for name, way in _OVER_ALL[table.name].items():
        formula, value_of = _WAYS[way]
        value = value_of([found[name] for found in rows if found[name] is not None])
        cells = _cells(names, name, rows)
        sheet.write_formula(row, names.index(name), formula.format(cells), styles["total"], value)


def _cells(names: list[str], name: str, rows: list[Row]) -> str:
    at = names.index(name)
    return str(xl_range_abs(HEADER_ROW + 1, at, HEADER_ROW + len(rows), at))


def _criterion(period: str) -> str:
    # As the cells of the column hold it: a month is a day, a quarter its words.
    found = period_named(period)
    if found.months == 1:
        return f"DATE({found.starts_on.year},{found.starts_on.month},1)"
    return f'"{language("vi").period(period)}"'


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
