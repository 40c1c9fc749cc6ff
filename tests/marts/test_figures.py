"""People, posts, petitions, activities, obstacles."""

from collections.abc import Callable
from datetime import date

from literal_city import City

PETITIONS = (
    "SELECT petition_kind, opening, received, resolved, closing, is_declared_zero FROM marts.petitions"
)


def test_people_are_summed_over_communes_and_villages(two_villages: City) -> None:
    assert two_villages.as_known("2021-05-06T00:00").rows("SELECT * FROM marts.staffing") == [
        ("2021-03", "001", "Quận Ba Đình", 40, 24, 40.0, 0),
        ("2021-03", "280", "Huyện Phú Xuyên", 30, 18, 40.0, 0),
        ("2021-04", "001", "Quận Ba Đình", 40, 24, 40.0, 0),
        ("2021-04", "280", "Huyện Phú Xuyên", 30, 18, 40.0, 0),
    ]


def test_people_of_a_silent_district_are_unknown(city: City) -> None:
    ba_dinh = city.returns("001", "2021-03", "2021-04-02T09:00")
    city.commune(ba_dinh, "00001", "completed", people=(3, 2))

    assert city.as_known("2021-04-10T00:00").rows("SELECT * FROM marts.staffing") == [
        ("2021-03", "001", "Quận Ba Đình", 3, 2, 33.333333333333336, 1),
        ("2021-03", "280", "Huyện Phú Xuyên", None, None, None, 1),
    ]


def test_posts_are_carried_forward_and_coefficients_weighted(two_villages: City) -> None:
    march = two_villages.returns("001", "2021-03", "2021-04-04T09:00", seq=2)
    two_villages.post(march, "00001", "X01", (2, 1, 0), 1.3)
    two_villages.post(march, "00004", "X01", (3, 3, 1), 1.5)
    april = two_villages.returns("001", "2021-04", "2021-05-04T09:00")
    two_villages.post(april, "00001", "X01", (2, 2, 1), 1.4)

    assert two_villages.as_known("2021-05-06T00:00").rows(
        "SELECT period, post_code, post_level, post_title, posts_required, posts_filled, posts_vacant, "
        "posts_combined, coef_before, coef_now, communes_reported FROM marts.posts"
    ) == [
        ("2021-03", "X01", "commune", "Văn phòng Đảng ủy", 5, 4, 1, 1, 1.0, 1.45, 2),
        ("2021-04", "X01", "commune", "Văn phòng Đảng ủy", 5, 5, 0, 2, 1.0, 1.46, 2),
    ]


def test_no_petitions_is_an_explicit_zero(city: City) -> None:
    city.returns("001", "2021-03", "2021-04-02T09:00", declares_no_petitions=True)

    assert city.as_known("2021-04-10T00:00").rows(PETITIONS) == [
        ("complaint", 0, 0, 0, 0, True),
        ("denunciation", 0, 0, 0, 0, True),
        ("recommendation", 0, 0, 0, 0, True),
    ]


def test_kinds_without_a_row_are_zero_when_the_sheet_has_rows(city: City) -> None:
    march = city.returns("001", "2021-03", "2021-04-02T09:00")
    city.source_rows(march, "05_DonThu", "layout", "loaded", "loaded")
    city.petition(march, "00001", "complaint", (1, 2, 1, 2))
    city.petition(march, "00004", "complaint", (0, 1, 0, 1))

    assert city.as_known("2021-04-10T00:00").rows(PETITIONS) == [
        ("complaint", 1, 3, 1, 3, False),
        ("denunciation", 0, 0, 0, 0, False),
        ("recommendation", 0, 0, 0, 0, False),
    ]


def test_what_was_kept_back_or_never_said_is_no_zero(city: City) -> None:
    empty = city.returns("001", "2021-03", "2021-04-02T09:00", verdict="partially_accepted")
    city.source_rows(empty, "05_DonThu", "layout")
    faulty = city.returns("280", "2021-03", "2021-04-02T09:00", verdict="partially_accepted")
    city.source_rows(faulty, "05_DonThu", "layout", "loaded", "quarantined")
    city.petition(faulty, "10282", "complaint", (0, 1, 0, 1))
    told = "district_code, petition_kind, received, is_declared_zero, rows_quarantined"

    assert city.as_known("2021-04-10T00:00").rows(f"SELECT {told} FROM marts.petitions") == [
        ("001", "complaint", None, False, 0),
        ("001", "denunciation", None, False, 0),
        ("001", "recommendation", None, False, 0),
        ("280", "complaint", 1, False, 1),
        ("280", "denunciation", None, False, 1),
        ("280", "recommendation", None, False, 1),
    ]


def test_a_period_without_a_return_has_no_petition_rows(two_villages: City) -> None:
    assert two_villages.as_known("2021-05-06T00:00").rows(
        "SELECT period, count(*) FROM marts.petitions GROUP BY period"
    ) == [("2021-03", 6)]


def test_only_the_effective_return_tells_petitions_and_activities(city: City) -> None:
    first = city.returns("001", "2021-03", "2021-04-02T09:00")
    city.petition(first, "00001", "complaint", (0, 5, 0, 5))
    city.activity(first, "Tập huấn lần một")
    second = city.returns("001", "2021-03", "2021-04-03T09:00", seq=2, declares_no_petitions=True)
    city.activity(second, "Tập huấn")
    tables = city.as_known("2021-04-10T00:00")

    assert tables.rows(PETITIONS)[0] == ("complaint", 0, 0, 0, 0, True)
    assert tables.rows("SELECT * FROM marts.activities") == [
        (
            "2021-03",
            "001",
            "Quận Ba Đình",
            "training",
            "Tập huấn",
            date(2021, 3, 10),
            "BTC",
            10,
            None,
            second,
            "biểu activity!A4",
        )
    ]


def test_a_unit_counts_under_each_of_its_area_flags(two_villages: City, april: Callable[..., str]) -> None:
    april("completed")

    assert two_villages.as_known("2021-05-06T00:00").rows("SELECT * FROM marts.obstacles") == [
        ("2021-03", "CAP_UY", "none", 1, 1),
        ("2021-03", "NHAN_SU", "crowded", 1, 1),
        ("2021-03", "NHAN_SU", "religious", 1, 1),
        ("2021-04", "CAP_UY", "none", 1, 1),
    ]


def test_a_remaining_unit_without_a_row_of_sheet_04_is_named_as_such(city: City) -> None:
    march = city.returns("280", "2021-03", "2021-04-02T09:00", verdict="partially_accepted")
    city.commune(march, "10282", "in_progress")

    assert city.as_known("2021-04-10T00:00").rows("SELECT * FROM marts.obstacles") == [
        ("2021-03", "not_reported", "not_reported", 1, 1)
    ]
