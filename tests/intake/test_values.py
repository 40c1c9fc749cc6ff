"""Values as offices write them: every style reads back equal, or is refused; never a wrong value."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.form.sheets import COMMUNE, INFO, OUTSTANDING, POST
from tasks.values import Reading, read_value

COUNT = COMMUNE.column("people_now")
DECIMAL = POST.column("coef_now")
DAY = COMMUNE.column("completed_on")
STATUS = COMMUNE.column("status")
FLAGS = OUTSTANDING.column("area_flags")
CODE = COMMUNE.column("commune_code")
PERIOD = INFO.column("period")
NAME = COMMUNE.column("commune_name")


@pytest.mark.parametrize(
    ("raw", "column", "value", "method"),
    [
        (7.0, COUNT, 7, None),
        ("1.234", COUNT, 1234, "number_from_text"),
        ("1 234 567", COUNT, 1234567, "number_from_text"),
        ("1.234,5", DECIMAL, 1234.5, "number_from_text"),
        ("1,5", DECIMAL, 1.5, "number_from_text"),
        ("1.5", DECIMAL, 1.5, "number_from_text"),
        ("24/03/2021", DAY, date(2021, 3, 24), "date_from_text"),
        ("2021-03-24", DAY, date(2021, 3, 24), "date_from_text"),
        (44279.0, DAY, date(2021, 3, 24), "excel_serial"),
        (datetime(2021, 3, 24, 9, 30), DAY, date(2021, 3, 24), None),
        ("Hoàn thành", STATUS, "completed", None),
        (" HOÀN  THÀNH ", STATUS, "completed", "vocabulary_variant"),
        ("đông dân; tôn giáo", FLAGS, "crowded;religious", None),
        (4.0, CODE, "00004", "leading_zeros"),
        ("00004", CODE, "00004", None),
        (datetime(2021, 3, 1), PERIOD, "2021-03", "period_from_date"),
        ("Tháng 3 năm 2021", PERIOD, "2021-03", "period_from_text"),
        ("Phường\u00a0Phúc\nXá", NAME, "Phường Phúc Xá", "text_tidied"),
        ("Phu\u031bo\u031b\u0300ng", NAME, "Phường", "text_tidied"),
        ("", NAME, None, None),
        ("  \u00a0", COUNT, None, None),
    ],
)
def test_read(raw: Any, column: Any, value: Any, method: str | None) -> None:
    assert read_value(raw, column) == Reading(value, method)


@pytest.mark.parametrize(
    ("raw", "column", "fault"),
    [
        (5.5, COUNT, "wrong_type"),
        ("1.23", COUNT, "wrong_type"),
        ("12a", COUNT, "wrong_type"),
        (True, COUNT, "wrong_type"),
        (float("nan"), COUNT, "wrong_type"),
        ("1.234", DECIMAL, "wrong_type"),
        ("31/02/2021", DAY, "wrong_type"),
        ("03/24/2021", DAY, "wrong_type"),
        ("24/3/21", DAY, "wrong_type"),
        (12.0, DAY, "wrong_type"),
        ("#N/A", COUNT, "wrong_type"),
        (9e18, COUNT, "wrong_type"),
        (1e9, DECIMAL, "wrong_type"),
        (date(9999, 12, 31), DAY, "wrong_type"),
        ("10/03/0202", DAY, "wrong_type"),
        ("xong rồi", STATUS, "not_in_list"),
        ("đông dân; mưa", FLAGS, "not_in_list"),
        ("123456", CODE, "wrong_type"),
        ("0000x", CODE, "wrong_type"),
    ],
)
def test_refuse(raw: Any, column: Any, fault: str) -> None:
    assert read_value(raw, column) == Reading(fault=fault)


COUNT_STYLES = {
    "number": float,
    "text": str,
    "dots": lambda n: f"{n:,}".replace(",", "."),
    "blanks": lambda n: f"{n:,}".replace(",", " "),
    "padded": lambda n: f"\u00a0{n} ",
}
DAY_STYLES = {
    "true date": lambda d: d,
    "true time": lambda d: datetime.combine(d, datetime.min.time()),
    "slashes": lambda d: f"{d:%d/%m/%Y}",
    "short": lambda d: f"{d.day}/{d.month}/{d.year}",
    "dashes": lambda d: f"{d:%d-%m-%Y}",
    "iso": str,
    "serial": lambda d: float((d - date(1899, 12, 30)).days),
}
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(st.integers(0, 10**9 - 1), st.sampled_from(sorted(COUNT_STYLES)))
def test_a_count_in_any_style_reads_back_equal(number: int, style: str) -> None:
    assert read_value(COUNT_STYLES[style](number), COUNT).value == number


@given(DAYS, st.sampled_from(sorted(DAY_STYLES)))
def test_a_day_in_any_style_reads_back_equal(day: date, style: str) -> None:
    assert read_value(DAY_STYLES[style](day), DAY).value == day


@given(st.decimals(0, 10_000, places=2))
def test_a_decimal_with_a_comma_reads_back_equal(number: Any) -> None:
    assert read_value(f"{number:.2f}".replace(".", ","), DECIMAL).value == float(number)


RAW = st.one_of(
    st.text(),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.timedeltas(),
    st.times(),
)
TYPES = {COUNT: int, DECIMAL: float, DAY: date, STATUS: str, FLAGS: str, CODE: str, PERIOD: str, NAME: str}


@given(RAW, st.sampled_from(list(TYPES)))
def test_anything_is_read_or_refused_and_never_crashes(raw: Any, column: Any) -> None:
    reading = read_value(raw, column)

    assert reading.value is None or (isinstance(reading.value, TYPES[column]) and reading.fault is None)


@given(st.one_of(st.timedeltas(), st.times(), st.booleans()))
def test_a_duration_is_no_number_and_no_day(raw: timedelta) -> None:
    assert {read_value(raw, column).value for column in (COUNT, DECIMAL, DAY)} == {None}
