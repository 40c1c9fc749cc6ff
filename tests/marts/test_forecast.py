"""The forecast: what it says, what it refuses to say, and how it judges itself."""

from literal_city import City

OUTLOOK = (
    "SELECT scenario, outcome, units_remaining, pace, expected_period, earliest_period, "
    "latest_period, reason_en FROM marts.forecast WHERE unit_level = 'village'"
)
TESTED = (
    "SELECT scenario, backtest_error_1, backtest_error_3, backtest_origins FROM marts.forecast "
    "WHERE unit_level = 'village'"
)


def _counts_down(city: City, *remaining: int, due_on: str = "2021-10-31") -> None:
    """Phú Xuyên has as many villages outstanding in each period, from March on; everything else is done."""
    villages = max(remaining)
    ba_dinh = city.returns("001", "2021-03", "2021-04-02T09:00")
    city.commune(ba_dinh, "00001", "completed")
    city.commune(ba_dinh, "00004", "completed")
    for month, outstanding in enumerate(remaining, start=3):
        report = city.returns("280", f"2021-{month:02d}", f"2021-{month + 1:02d}-02T09:00")
        city.commune(report, "10282", "completed", villages=(villages, villages))
        for number in range(1, villages + 1):
            village_id = f"10282-{number:03d}"
            is_outstanding = number <= outstanding
            city.village(report, village_id, "in_progress" if is_outstanding else "completed")
            if is_outstanding:
                city.promise(report, village_id, due_on, level="thon")


def test_nothing_is_forecast_below_three_periods(city: City) -> None:
    _counts_down(city, 4, 3, due_on="2021-08-15")

    assert city.as_known("2021-05-04T00:00").rows(OUTLOOK) == [
        ("recent_pace", "unknown", 3, None, None, None, None, "Fewer than three periods."),
        ("average_pace", "unknown", 3, None, None, None, None, "Fewer than three periods."),
        ("promised_dates", "forecast", 3, None, "2021-08", "2021-08", "2021-08", None),
    ]


def test_a_steady_pace_goes_on_to_zero(city: City) -> None:
    _counts_down(city, 8, 7, 5, 4, 3)
    tables = city.as_known("2021-08-04T00:00")

    # July: 3 left. Recent: (7 - 3) / 3 now; 1.5 (May) and 4/3 (June) before. Average: 5/4; 1.5, 4/3 before.
    assert tables.rows(OUTLOOK) == [
        ("recent_pace", "forecast", 3, 1.333, "2021-10", "2021-09", "2021-10", None),
        ("average_pace", "forecast", 3, 1.25, "2021-10", "2021-09", "2021-10", None),
        ("promised_dates", "forecast", 3, None, "2021-10", "2021-10", "2021-10", None),
    ]
    # One ahead, recent: May says 3.5 of 4, June 4 - 4/3 of 3. Promised: all stay: March 8 of 7, …
    assert tables.rows(TESTED) == [
        ("recent_pace", 0.42, None, 2),
        ("average_pace", 0.42, None, 2),
        ("promised_dates", 1.25, 4.0, 4),
    ]
    assert tables.rows("SELECT backtest FROM marts.forecast WHERE unit_level = 'village' LIMIT 1") == [
        ("Dự báo từ 2 kỳ đã qua: sai số trung bình trước một kỳ 0,42 đơn vị.",)
    ]
    assert tables.rows(
        "SELECT DISTINCT outcome, expected_period FROM marts.forecast WHERE unit_level = 'commune'"
    ) == [("completed", "2021-03")]


def test_a_standstill_has_no_end(city: City) -> None:
    _counts_down(city, 2, 2, 2, due_on="2021-05-31")
    reason = "The units remaining do not fall, so the end cannot be forecast."

    assert city.as_known("2021-06-04T00:00").rows(OUTLOOK) == [
        ("recent_pace", "unknown", 2, 0.0, None, None, None, reason),
        ("average_pace", "unknown", 2, 0.0, None, None, None, reason),
        ("promised_dates", "unknown", 2, None, None, None, None, "No promise is still open."),
    ]


def test_a_pace_that_once_stood_still_leaves_the_late_end_open(city: City) -> None:
    _counts_down(city, 3, 3, 3, 2)
    reason = "This reckoning once gave a pace of zero or less, so the late end is open."

    assert city.as_known("2021-07-04T00:00").rows(f"{OUTLOOK} LIMIT 1") == [
        ("recent_pace", "forecast", 2, 0.333, "2021-12", "2021-12", None, reason)
    ]


def test_nothing_is_forecast_while_units_are_unreported(city: City) -> None:
    _counts_down(city, 3, 2, 1)
    city.warehouse.execute("UPDATE core.commune_report SET villages_now = 4 WHERE commune_code = '10282'")

    assert city.as_known("2021-06-04T00:00").rows(f"SELECT DISTINCT outcome, reason_en FROM ({OUTLOOK})") == [
        ("unknown", "Units without any accepted report remain, so nothing is forecast.")
    ]


def test_villages_of_a_commune_that_never_reported_are_unreported_too(city: City) -> None:
    _counts_down(city, 3, 2, 1)
    city.warehouse.execute("DELETE FROM core.commune_report WHERE commune_code = '00004'")

    assert city.as_known("2021-06-04T00:00").rows(f"SELECT DISTINCT outcome, reason_en FROM ({OUTLOOK})") == [
        ("unknown", "Units without any accepted report remain, so nothing is forecast.")
    ]


def test_the_late_end_of_the_promises_adds_the_longest_slip(city: City) -> None:
    _counts_down(city, 2, 2, due_on="2021-06-30")
    june = city.returns("280", "2021-05", "2021-06-02T09:00")
    city.promise(june, "10282-001", "2021-07-30", level="thon")

    assert city.as_known("2021-06-04T00:00").rows(OUTLOOK)[2] == (
        ("promised_dates", "forecast", 2, None, "2021-07", "2021-07", "2021-08", None)
    )


def test_quarters_are_named_as_quarters(city: City) -> None:
    _counts_down(city, 2, 1, due_on="2021-08-15")
    city.warehouse.execute("UPDATE core.period SET ends_on = starts_on + INTERVAL 3 MONTH - INTERVAL 1 DAY")

    assert city.as_known("2021-05-04T00:00").rows(OUTLOOK)[2][4] == "2021-Q2"
