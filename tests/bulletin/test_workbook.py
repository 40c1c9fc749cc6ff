"""The published workbook, opened as an office opens it."""

from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.workbook import Workbook

from bulletin.workbook import write_workbook
from schemas.published.tables import BY_NAME, TABLES


@pytest.fixture(scope="module")
def workbook(board: Path) -> Iterator[Workbook]:
    opened = openpyxl.load_workbook(board / "scheme21.xlsx")
    yield opened
    opened.close()


def table_of(workbook: Workbook, name: str) -> list[dict[str, object]]:
    _, _, headers, *rows = workbook[BY_NAME[name].tab].iter_rows(values_only=True)
    found = [dict(zip(map(str, headers), row, strict=True)) for row in rows]
    # A blank row ends the table; totals stand below it.
    return list(takewhile(lambda row: any(value is not None for value in row.values()), found))


def test_cover_then_one_sheet_a_table_then_what_they_mean(workbook: Workbook) -> None:
    first, second, third, *others, last = workbook.sheetnames
    assert (first, second, third) == ("Bìa", "Xã, phường, thị trấn còn lại", "Thôn, tổ dân phố còn lại")
    assert (len(others), last) == (len(TABLES) - 2, "Định nghĩa")
    # Excel refuses a longer name; a machine word has no place on a tab.
    assert not [name for name in workbook.sheetnames if len(name) > 31 or "_" in name]


def test_every_sheet_has_title_mark_headers_frozen_and_a_filter(workbook: Workbook) -> None:
    for table in TABLES:
        sheet = workbook[table.tab]
        assert (sheet["A1"].value, sheet["A2"].value) == (table.title, "SỐ LIỆU MÔ PHỎNG")
        assert [cell.value for cell in sheet[3]] == [column.header for column in table.columns]
        assert sheet.freeze_panes == "A4"
        assert sheet.auto_filter.ref.startswith("A3:")


def test_codes_words_days_and_numbers_are_what_they_are(workbook: Workbook) -> None:
    (row,) = table_of(workbook, "remaining_communes")
    assert row["Mã quận, huyện"] == "001"
    assert row["Mã ĐVHC"] == "00004"
    assert row["Tình trạng"] == "Đang thực hiện"
    assert row["Đặc thù địa bàn"] == "đông dân; tôn giáo"
    assert row["Loại khó khăn"] == "Khác"
    assert row["Số tháng tồn đọng"] == 2
    assert row["Thời hạn cam kết"] == datetime(2021, 7, 31)
    assert row["Đã quá hạn"] == "Không"


def test_a_period_is_a_month_that_sorts_and_filters(workbook: Workbook) -> None:
    first, second = table_of(workbook, "countdown")
    assert (first["Kỳ"], second["Kỳ"]) == (datetime(2021, 3, 1), datetime(2021, 4, 1))
    assert workbook["Đếm ngược"]["A4"].number_format == "m/yyyy"


def test_text_that_looks_like_a_formula_stays_text(workbook: Workbook) -> None:
    sheet = workbook["Xã, phường, thị trấn còn lại"]
    (action,) = (cell for cell in sheet[4] if cell.value == "=HYPERLINK(1)")
    assert (action.data_type, action.quotePrefix) == ("s", True)
    formulas = {
        str(cell.value)
        for name in workbook.sheetnames
        for row in workbook[name]
        for cell in row
        if cell.data_type == "f"
    }
    assert {formula.partition("(")[0] for formula in formulas} == {
        "=SUMIFS",
        "=IF",
        "=SUM",
        "=COUNTA",
        "=COUNTIF",
    }


def test_totals_are_those_of_the_latest_period(board: Path, workbook: Workbook) -> None:
    shown = openpyxl.load_workbook(board / "scheme21.xlsx", data_only=True)
    *_, total = shown["Số người"].iter_rows(values_only=True)
    assert total[:6] == ("Toàn thành phố, kỳ 4/2021", None, None, 58, 33, pytest.approx(100 * 25 / 58))
    shown.close()
    assert workbook["Số người"]["D65"].value == "=SUMIFS($D$4:$D$63,$A$4:$A$63,DATE(2021,4,1))"


def test_other_tables_are_counted_and_summed_over_all_their_rows(board: Path, workbook: Workbook) -> None:
    shown = openpyxl.load_workbook(board / "scheme21.xlsx", data_only=True)
    *_, total = shown["Đếm ngược"].iter_rows(values_only=True)
    assert total[:8] == ("Tổng số", None, None, None, None, 1, 0, 3)
    *_, total = shown["Xã, phường, thị trấn còn lại"].iter_rows(values_only=True)
    assert (total[0], total[3], total[14]) == ("Tổng số", 1, 0)
    shown.close()
    assert workbook["Xã, phường, thị trấn còn lại"]["O6"].value == '=COUNTIF($O$4,"Có")'


def test_a_quarter_is_written_in_words_and_summed_by_them(candidate: Path, tmp_path: Path) -> None:
    quarterly = tmp_path / "scheme21.duckdb"
    quarterly.write_bytes(candidate.read_bytes())
    with duckdb.connect(str(quarterly)) as writer:
        for table, column in (("staffing", "period"), ("release", "latest_period")):
            writer.execute(f"UPDATE marts.{table} SET {column} = '2021-Q2' WHERE {column} = '2021-04'")
    write_workbook(quarterly, tmp_path / "scheme21.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "scheme21.xlsx")
    sheet = workbook["Số người"]
    assert {row[0].value for row in sheet.iter_rows(min_row=4, max_row=63)} == {
        datetime(2021, 3, 1),
        "quý 2/2021",
    }
    assert sheet["D65"].value == '=SUMIFS($D$4:$D$63,$A$4:$A$63,"quý 2/2021")'
    workbook.close()


def test_the_countdown_is_a_chart_of_excel_on_the_cover_and_on_its_sheet(workbook: Workbook) -> None:
    for name in ("Bìa", "Đếm ngược"):
        (chart,) = workbook[name]._charts
        assert [series.val.numRef.f for series in chart.series] == [
            f"'Đếm ngược'!${column}$4:${column}$5" for column in "BCD"
        ]


def test_every_column_is_defined_on_the_last_sheet(workbook: Workbook) -> None:
    rows = workbook["Định nghĩa"].iter_rows(min_row=4, values_only=True)
    defined = {(tab, name) for tab, _, name, vi, en in rows if name and vi and en}
    columns = {(table.tab, column.name) for table in TABLES for column in table.columns}
    assert defined == columns | {(table.tab, table.name) for table in TABLES}


def test_the_cover_says_what_it_is_what_remains_and_that_it_is_simulated(workbook: Workbook) -> None:
    cover = workbook["Bìa"]
    assert cover["A4"].value == "Còn 1 xã, phường, thị trấn và 1 thôn, tổ dân phố chưa hoàn thành."
    facts = {row[0]: row[1] for row in cover.iter_rows(min_row=6, max_row=13, max_col=2, values_only=True)}
    assert cover["A2"].value == "SỐ LIỆU MÔ PHỎNG – không phải số liệu do các quận, huyện, thị xã báo cáo"
    assert facts["Kỳ mới nhất"] == "4/2021"
    assert (facts["Cấp xã còn lại"], facts["Thôn còn lại"], facts["Tổ dân phố còn lại"]) == (1, 0, 1)
    assert facts["Đã hoàn thành Đề án"] == "Chưa"
    assert facts["Nhận báo cáo đến"] == "10/05/2021 00:00"
    assert facts["Mã lần chạy"] == "run-1"
    links = [cell.hyperlink.location for cell in cover["A"] if cell.hyperlink is not None]
    assert links == [f"'{table.tab}'!A1" for table in TABLES]


def test_real_data_is_not_called_simulated(candidate: Path, tmp_path: Path) -> None:
    real = tmp_path / "scheme21.duckdb"
    real.write_bytes(candidate.read_bytes())
    with duckdb.connect(str(real)) as writer:
        writer.execute("UPDATE marts.release SET is_simulated = false")
    write_workbook(real, tmp_path / "scheme21.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "scheme21.xlsx")
    assert {workbook[name]["A2"].value for name in workbook.sheetnames} == {None}
    workbook.close()


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(candidate: Path, tmp_path: Path) -> None:
    long = tmp_path / "scheme21.duckdb"
    long.write_bytes(candidate.read_bytes())
    with duckdb.connect(str(long)) as writer:
        writer.execute("UPDATE marts.activities SET title = repeat('ệ', 40000)")
    write_workbook(long, tmp_path / "scheme21.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "scheme21.xlsx")
    title = str(table_of(workbook, "activities")[0]["Nội dung"])
    assert len(title) == 32_767
    assert title.endswith("ệ … (toàn văn trong scheme21.duckdb)")
    workbook.close()
