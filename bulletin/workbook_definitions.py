"""The last sheet of the workbook: what every table, column and rule means, in both languages."""

from collections.abc import Iterator

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bulletin.workbook_totals import HEADER_ROW
from schemas.published.table import PublishedTable
from schemas.published.tables import TABLES

_HEADERS = ("Trang", "Cột", "Tên trong cơ sở dữ liệu", "Nghĩa", "Meaning")
_WIDTHS = (30, 30, 26, 70, 70)


def write_definitions(sheet: Worksheet, styles: dict[str, Format]) -> None:
    """Write one line a table, a line a rule of it, a line a column; links lead to the table's sheet."""
    sheet.write_string(0, 0, "Định nghĩa các bảng và các cột", styles["title"])
    for at, (header, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True)):
        sheet.write_string(HEADER_ROW, at, header, styles["header"])
        sheet.set_column(at, at, width)
    lines = [line for table in TABLES for line in _lines(table)]
    for row, (tab, *words) in enumerate(lines, start=HEADER_ROW + 1):
        sheet.write_url(row, 0, f"internal:'{tab}'!A1", styles["link"], tab)
        for at, word in enumerate(words, start=1):
            sheet.write_string(row, at, word, styles["wrapped"])
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(lines), len(_HEADERS) - 1)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.repeat_rows(HEADER_ROW)


def _lines(table: PublishedTable) -> Iterator[tuple[str, str, str, str, str]]:
    vi, en = table.grain
    yield (
        table.tab,
        "(cả bảng)",
        table.name,
        f"{table.title}. Một dòng là {vi}.",
        f"{table.en}. One row is {en}.",
    )
    for rule_vi, rule_en in table.rules:
        yield table.tab, "(quy tắc)", "", rule_vi, rule_en
    for column in table.columns:
        yield table.tab, column.header, column.name, column.vi, column.en
