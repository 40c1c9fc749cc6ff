"""A history of eighteen periods: what no longer fits side by side is counted, and labels do not overlap."""

import re
from pathlib import Path

import pytest
from page_text import Page, spoilt

from bulletin.charts import forecast_chart
from bulletin.language import language

_REPEATED = ("countdown", "progress_by_district", "staffing", "posts", "petitions", "submission_compliance")


@pytest.fixture(scope="module")
def page(candidate: Path, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """April 2021 again and again until August 2022; Hoàn Kiếm reports late from July 2022 on."""
    later = [f"2021-{month:02d}" for month in range(5, 13)] + [f"2022-{month:02d}" for month in range(1, 9)]
    return spoilt(
        candidate,
        tmp_path_factory.mktemp("long"),
        "DELETE FROM marts.submission_compliance WHERE period = '2021-05'",
        *(
            f"INSERT INTO marts.{table} SELECT * REPLACE ('{period}' AS period) FROM marts.{table} "
            "WHERE period = '2021-04'"
            for table in _REPEATED
            for period in later
        ),
        "UPDATE marts.submission_compliance SET state = 'late' "
        "WHERE district_code = '002' AND period >= '2022-07'",
        "UPDATE marts.release SET latest_period = '2022-08'",
    )


def test_returns_show_the_last_six_periods_and_count_those_before(page: Page) -> None:
    header, *rows = page.tables["returns"]
    months = ["3/2022", "4/2022", "5/2022", "6/2022", "7/2022", "8/2022"]
    assert header == ["Quận, huyện, thị xã", "Trước 3/2022 (số kỳ)", *months]
    (hoan_kiem,) = (row for row in rows if row[0] == "Hoàn Kiếm")
    assert [cell.removesuffix("†").strip() for cell in hoan_kiem[1:]] == [
        "Chưa nộp : 12",
        *["Chưa nộp"] * 4,
        *["Nộp muộn"] * 2,
    ]


@pytest.mark.parametrize(("periods", "labels"), [(10, 10), (11, 2)])
def test_a_chart_labels_every_period_or_the_ends(periods: int, labels: int) -> None:
    # Sevens down from 913, so that no tick of the axis reads as a label.
    countdown = [
        {"period": f"2021-{at + 1:02d}", "communes_remaining": 913 - 7 * at} for at in range(periods)
    ]
    drawn = forecast_chart(language("vi"), countdown, {"outcome": "unknown"}, "commune")
    written = re.findall(r">(\d+)</text>", drawn)
    expected = {str(913 - 7 * at) for at in range(periods)}
    assert len(expected & set(written)) == labels
    assert {"913", str(913 - 7 * (periods - 1))} <= set(written)
