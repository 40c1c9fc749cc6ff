"""What remains, and how the units changed: carried forward, reopened, quarantined, late, known earlier."""

from collections.abc import Callable
from datetime import date

from literal_city import City

REMAINING = "SELECT commune_code, last_reported_period, is_carried_forward FROM marts.remaining_communes"
COUNTDOWN = (
    "SELECT period, communes_remaining, thon_remaining, tdp_remaining, villages_remaining, "
    "completed_in_period, reopened_in_period, first_reported_remaining FROM marts.countdown"
)


def test_a_remaining_unit_shows_its_obstacle_and_its_source(two_villages: City) -> None:
    tables = two_villages.as_known("2021-04-10T00:00")

    assert tables.rows("SELECT * FROM marts.remaining_communes") == [
        (
            "280",
            "Huyện Phú Xuyên",
            "10282",
            "Xã Nam Tiến",
            "xã",
            "in_progress",
            1,
            "crowded;religious",
            "NHAN_SU",
            None,
            "Vận động",
            "Chủ tịch",
            date(2021, 5, 31),
            0,
            False,
            "2021-03",
            False,
            "280-02",
            "biểu commune!H12",
        )
    ]
    assert tables.rows(
        "SELECT commune_name, village_id, village_kind, village_name, obstacle_code, due_on, source_cell "
        "FROM marts.remaining_villages"
    ) == [("Xã Nam Tiến", "10282-002", "thon", "Thôn 2", "CAP_UY", date(2021, 4, 30), "biểu village!I10")]


def test_a_unit_stays_when_its_district_sends_nothing(two_villages: City) -> None:
    tables = two_villages.as_known("2021-05-06T00:00")

    assert tables.rows(REMAINING) == [("10282", "2021-03", True)]
    assert tables.rows("SELECT months_outstanding, is_overdue FROM marts.remaining_villages") == [(2, True)]
    assert tables.rows(COUNTDOWN) == [("2021-03", 1, 1, 0, 1, 0, 0, 2), ("2021-04", 1, 1, 0, 1, 0, 0, 0)]


def test_an_accepted_completion_leaves_the_table(two_villages: City, april: Callable[..., str]) -> None:
    april("completed")
    tables = two_villages.as_known("2021-05-06T00:00")

    assert tables.rows(REMAINING) == []
    assert tables.rows(COUNTDOWN)[1] == ("2021-04", 0, 1, 0, 1, 1, 0, 0)


def test_a_reopened_unit_is_outstanding_again_and_counts_from_there(
    two_villages: City, april: Callable[..., str]
) -> None:
    april("completed")
    may = two_villages.returns("280", "2021-05", "2021-06-03T09:00")
    two_villages.commune(may, "10282", "in_progress", villages=(3, 2))
    tables = two_villages.as_known("2021-06-10T00:00")

    # The obstacle and the promise of March belong to a time that is over.
    assert tables.rows(
        "SELECT commune_code, months_outstanding, obstacle_code, due_on, is_overdue "
        "FROM marts.remaining_communes"
    ) == [("10282", 1, None, None, None)]
    assert tables.rows(COUNTDOWN)[2] == ("2021-05", 1, 1, 0, 1, 0, 1, 0)
    assert tables.rows(
        "SELECT period, status_from, status_to, completed_on, decision_no, submission_id "
        "FROM marts.unit_history WHERE unit_id = '10282'"
    ) == [
        ("2021-03", None, "in_progress", None, None, "280-02"),
        ("2021-04", "in_progress", "completed", date(2021, 1, 15), "12/QĐ-UBND", "280-03"),
        ("2021-05", "completed", "in_progress", None, None, "280-04"),
    ]


def test_a_row_quarantined_in_a_resubmission_keeps_its_unit(
    two_villages: City, april: Callable[..., str]
) -> None:
    april("in_progress")
    again = two_villages.returns("280", "2021-04", "2021-05-05T09:00", seq=2, verdict="partially_accepted")
    two_villages.village(again, "10282-001", "completed")
    two_villages.village(again, "10282-002", "completed")
    tables = two_villages.as_known("2021-05-06T00:00")

    assert tables.rows(REMAINING) == [("10282", "2021-04", True)]
    assert tables.rows("SELECT village_id FROM marts.remaining_villages") == []


def test_a_resubmission_corrects_an_earlier_period(two_villages: City, april: Callable[..., str]) -> None:
    april("in_progress")
    march = two_villages.returns("280", "2021-03", "2021-05-05T09:00", seq=2)
    two_villages.commune(march, "10282", "completed", villages=(3, 2))
    tables = two_villages.as_known("2021-05-06T00:00")

    assert tables.rows(COUNTDOWN) == [("2021-03", 0, 1, 0, 1, 0, 0, 1), ("2021-04", 1, 1, 0, 1, 0, 1, 0)]


def test_the_past_can_be_reprinted_as_it_was_known(two_villages: City, april: Callable[..., str]) -> None:
    before = two_villages.as_known("2021-05-04T08:00").rows(COUNTDOWN)
    april("completed", received="2021-05-04T09:00")

    assert (
        two_villages.as_known("2021-05-04T08:00").rows(COUNTDOWN)
        == before
        == [("2021-03", 1, 1, 0, 1, 0, 0, 2)]
    )
    assert [row[0] for row in two_villages.as_known("2021-05-04T09:00").rows(COUNTDOWN)] == [
        "2021-03",
        "2021-04",
    ]


def test_a_rejected_file_and_a_duplicate_change_nothing(
    two_villages: City, april: Callable[..., str]
) -> None:
    april("completed", verdict="rejected")
    april("completed", verdict="duplicate")

    assert two_villages.as_known("2021-05-06T00:00").rows(REMAINING) == [("10282", "2021-03", True)]


def test_a_promise_that_moves_later_is_counted_once_a_period(
    two_villages: City, april: Callable[..., str]
) -> None:
    first = april("in_progress")
    two_villages.promise(first, "10282", "2021-12-31")
    corrected = april("in_progress", received="2021-05-05T09:00", seq=2)
    two_villages.promise(corrected, "10282", "2021-06-30")
    may = two_villages.returns("280", "2021-05", "2021-06-03T09:00")
    two_villages.promise(may, "10282", "2021-06-15")
    june = two_villages.returns("280", "2021-06", "2021-07-03T09:00")
    two_villages.promise(june, "10282", "2021-08-31")
    tables = two_villages.as_known("2021-07-10T00:00")

    # 31/05 → 30/06 (a slip; 31/12 was corrected) → 15/06 (earlier) → 31/08 (a slip)
    assert tables.rows(
        "SELECT due_on, times_due_slipped, is_overdue, months_outstanding FROM marts.remaining_communes"
    ) == [(date(2021, 8, 31), 2, False, 4)]


def test_units_without_any_accepted_row_are_unreported(city: City) -> None:
    ba_dinh = city.returns("001", "2021-03", "2021-04-02T09:00", verdict="partially_accepted")
    city.commune(ba_dinh, "00001", "completed", villages=(4, 3))
    city.village(ba_dinh, "00001-001", "completed", kind="tdp")
    tables = city.as_known("2021-04-10T00:00")

    assert tables.rows(
        "SELECT communes_remaining, communes_unreported, villages_unreported FROM marts.countdown"
    ) == [(0, 2, 2)]
    assert tables.rows("SELECT is_complete, communes_remaining FROM marts.completion") == [(False, 0)]
    assert tables.rows(
        "SELECT district_code, communes_total, communes_remaining, villages_total, thon_remaining, "
        "tdp_remaining, pct_completed, communes_unreported, villages_unreported "
        "FROM marts.progress_by_district"
    ) == [
        ("001", 2, 0, 1, 0, 0, 40.0, 1, 2),
        ("280", 1, None, None, None, None, None, 1, None),
    ]


def test_progress_compares_with_the_period_before(two_villages: City, april: Callable[..., str]) -> None:
    april("completed")

    assert two_villages.as_known("2021-05-06T00:00").rows(
        "SELECT period, pct_completed, change_from_previous FROM marts.progress_by_district "
        "WHERE district_code = '280'"
    ) == [("2021-03", 33.33, None), ("2021-04", 66.67, -1)]


def test_the_end_is_the_period_from_which_nothing_remains(
    two_villages: City, april: Callable[..., str]
) -> None:
    last = april("completed")
    two_villages.warehouse.execute(
        "UPDATE core.village_report SET status = 'completed', completed_on = '2021-04-20', "
        "decision_no = '13/QĐ' WHERE submission_id = ? AND unit_id = '10282-002'",
        [last],
    )
    tables = two_villages.as_known("2021-08-10T00:00")

    assert tables.rows("SELECT * FROM marts.completion") == [(True, "2021-04", 0, 0, 0, 0, "2021-04")]
    assert [row[0] for row in tables.rows(COUNTDOWN)] == ["2021-03", "2021-04"]
    assert tables.rows("SELECT max(period) FROM marts.submission_compliance") == [("2021-04",)]
    assert tables.rows("SELECT DISTINCT outcome, expected_period FROM marts.forecast") == [
        ("completed", "2021-04")
    ]
