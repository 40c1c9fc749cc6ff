"""Who reported, what is to be mended, and whether the published figures agree."""

from collections.abc import Callable
from datetime import datetime

from literal_city import City

STATES = "SELECT period, district_code, state FROM marts.submission_compliance"


def test_every_obligation_is_in_one_state(two_villages: City, april: Callable[..., str]) -> None:
    two_villages.returns("001", "2021-04", "2021-05-03T09:00", verdict="rejected")
    april("in_progress", received="2021-05-06T09:00")
    two_villages.exempts("001", "2021-05", "2021-05-20T00:00", "2022-01-01T00:00")
    tables = two_villages.as_known("2021-06-10T00:00")

    assert tables.rows(STATES) == [
        ("2021-03", "001", "on_time"),
        ("2021-03", "280", "on_time"),
        ("2021-04", "001", "rejected"),
        ("2021-04", "280", "late"),
        ("2021-05", "001", "exempt"),
        ("2021-05", "280", "missing"),
        ("2021-06", "001", "not_due"),
        ("2021-06", "280", "not_due"),
    ]
    assert tables.rows(
        "SELECT period, districts_reported, districts_due, districts_obliged FROM marts.countdown"
    ) == [
        ("2021-03", 2, 2, 2),
        ("2021-04", 1, 2, 2),
        ("2021-05", 0, 1, 1),
    ]


def test_an_exemption_holds_only_while_it_is_valid(two_villages: City) -> None:
    two_villages.exempts("001", "2021-04", "2021-05-01T00:00", "2021-05-31T23:59:59")

    assert ("2021-04", "001", "exempt") in two_villages.as_known("2021-05-31T23:59:59").rows(STATES)
    assert ("2021-04", "001", "missing") in two_villages.as_known("2021-06-01T00:00").rows(STATES)


def test_an_exemption_takes_no_return_back(two_villages: City, april: Callable[..., str]) -> None:
    april("in_progress", received="2021-05-04T09:00")
    reported = (
        "SELECT districts_reported, districts_due, districts_obliged FROM marts.countdown "
        "WHERE period = '2021-04'"
    )
    assert two_villages.as_known("2021-05-10T00:00").rows(reported) == [(1, 2, 2)]

    two_villages.exempts("280", "2021-04", "2021-05-10T00:00", "2021-12-31T23:59:59")
    two_villages.exempts("001", "2021-04", "2021-05-10T00:00", "2021-12-31T23:59:59")
    tables = two_villages.as_known("2021-05-10T00:00")

    assert tables.rows(reported) == [(1, 1, 1)]
    assert ("2021-04", "280", "exempt") in tables.rows(STATES)


def test_a_return_at_the_last_second_is_on_time(two_villages: City, april: Callable[..., str]) -> None:
    april("in_progress", received="2021-05-05T23:59:59")

    assert ("2021-04", "280", "on_time") in two_villages.as_known("2021-05-10T00:00").rows(STATES)


def test_the_first_accepted_return_decides_and_the_effective_one_is_shown(
    two_villages: City, april: Callable[..., str]
) -> None:
    april("in_progress", received="2021-05-04T09:00")
    again = april("in_progress", received="2021-05-12T09:00", seq=2, verdict="accepted_with_warnings")
    two_villages.source_rows(again, "01_CapXa", "layout", "loaded", "loaded", "quarantined", "duplicate")
    two_villages.finding(again, 1, "due_date_slipped", severity="warning")
    april("in_progress", received="2021-05-13T09:00", seq=2, verdict="rejected")

    assert two_villages.as_known("2021-05-15T00:00").rows(
        "SELECT state, due_at, first_accepted_at, received_at, verdict, seq, rows_loaded, rows_quarantined, "
        "findings, submission_id FROM marts.submission_compliance "
        "WHERE period = '2021-04' AND district_code = '280'"
    ) == [
        (
            "on_time",
            datetime(2021, 5, 5, 23, 59, 59),
            datetime(2021, 5, 4, 9),
            datetime(2021, 5, 12, 9),
            "accepted_with_warnings",
            2,
            2,
            1,
            1,
            again,
        )
    ]


def test_a_file_for_a_period_that_has_not_begun_counts_for_none(two_villages: City) -> None:
    two_villages.returns("280", "2021-08", "2021-05-03T09:00", verdict="rejected")

    assert ("2021-08", "280", "not_due") in two_villages.as_known("2021-08-10T00:00").rows(STATES)


def test_a_finding_is_open_until_a_later_return_is_accepted(
    two_villages: City, april: Callable[..., str]
) -> None:
    bad = april("in_progress", received="2021-05-02T09:00", verdict="rejected")
    two_villages.finding(bad, 1, "control_total_mismatch", severity="fatal", cell="D9", source_sheet="Bieu 1")
    picture = two_villages.returns("280", None, "2021-05-02T10:00", verdict="rejected")
    two_villages.finding(picture, 1, "unreadable_file", severity="fatal")
    twice = two_villages.returns("280", "2021-04", "2021-05-02T11:00", verdict="duplicate")
    two_villages.finding(twice, 1, "unreadable_file", severity="fatal")
    good = april("in_progress", received="2021-05-04T09:00", verdict="accepted_with_warnings")
    two_villages.finding(good, 1, "due_date_slipped", severity="warning", value="2021-05-31")
    found = "SELECT submission_id, district_name, period, source_sheet, cell, fault FROM marts.findings"

    assert two_villages.as_known("2021-05-03T00:00").rows(found) == [
        (bad, "Huyện Phú Xuyên", "2021-04", "Bieu 1", "D9", "control_total_mismatch"),
        (picture, "Huyện Phú Xuyên", None, None, None, "unreadable_file"),
    ]
    assert two_villages.as_known("2021-05-06T00:00").rows(found) == [
        (good, "Huyện Phú Xuyên", "2021-04", None, None, "due_date_slipped")
    ]


def test_names_and_addresses_never_leave_the_ledger(two_villages: City) -> None:
    words = {
        "column_name": "contact_email",
        "value": "lan@example.vn",
        "remedy_en": "lan@example.vn is no address.",
    }
    two_villages.finding("280-02", 1, "wrong_type", form_sheet="00_ThongTin", **words)

    assert two_villages.as_known("2021-04-10T00:00").rows("SELECT value, remedy_en FROM marts.findings") == [
        (None, "… is no address.")
    ]


def test_figures_reconcile_when_every_unit_of_the_baseline_is_there(two_villages: City) -> None:
    two_villages.publishes(
        communes_before=4,
        communes_now=3,
        villages_before=3,
        villages_now=2,
        people_before=70,
        people_now=42,
        people_reduction_pct=39.9,
        remaining_communes=1,
        remaining_thon=2,
        remaining_tdp=0,
    )

    assert two_villages.as_known("2021-04-10T00:00").rows(
        "SELECT figure, computed, difference, verdict FROM marts.reconciliation"
    ) == [
        ("communes_before", 4.0, 0.0, "reconciled"),
        ("communes_now", 3.0, 0.0, "reconciled"),
        ("villages_before", 3.0, 0.0, "reconciled"),
        ("villages_now", 2.0, 0.0, "reconciled"),
        ("people_before", 70.0, 0.0, "reconciled"),
        ("people_now", 42.0, 0.0, "reconciled"),
        ("people_reduction_pct", 40.0, 0.1, "reconciled"),
        ("remaining_communes", 1.0, 0.0, "reconciled"),
        ("remaining_thon", 1.0, -1.0, "differs"),
        ("remaining_tdp", 0.0, 0.0, "reconciled"),
    ]


def test_figures_are_incomplete_while_a_unit_of_the_baseline_is_missing(city: City) -> None:
    city.publishes(communes_before=4, communes_now=3)
    ba_dinh = city.returns("001", "2021-03", "2021-04-02T09:00")
    city.commune(ba_dinh, "00001", "completed")
    city.commune(ba_dinh, "00004", "completed")
    # Phú Xuyên's first return is April's: it says nothing about the baseline.
    april = city.returns("280", "2021-04", "2021-05-02T09:00")
    city.commune(april, "10282", "completed")
    tables = city.as_known("2021-05-10T00:00")

    assert tables.rows(
        "SELECT DISTINCT verdict, units_unreported FROM marts.reconciliation ORDER BY ALL"
    ) == [
        ("incomplete", 1),
        ("reconciled", 0),
    ]
    assert tables.rows(
        "SELECT note, note_en FROM marts.reconciliation WHERE figure = 'people_reduction_pct'"
    ) == [
        (
            "Tỷ lệ giảm số người; nguồn cắt bớt chữ số, nên chấp nhận từ 44,2 % đến 44,3 %",
            "Reduction of people; the source truncated, so 44.2% to 44.3% is accepted",
        )
    ]


def test_before_anything_arrives_every_table_is_honestly_empty(city: City) -> None:
    tables = city.as_known("2021-03-10T00:00")

    assert tables.rows("SELECT * FROM marts.completion") == [(False, None, None, None, None, None, None)]
    assert tables.rows("SELECT count(*) FROM marts.countdown") == [(0,)]
    assert tables.rows("SELECT DISTINCT verdict FROM marts.reconciliation WHERE figure LIKE 'people%'") == [
        ("incomplete",)
    ]
    assert tables.rows("SELECT DISTINCT outcome, reason_en FROM marts.forecast") == [
        ("unknown", "No period is tracked yet.")
    ]
