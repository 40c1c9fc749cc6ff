"""The two moments of a picture: what is known, and what it speaks of."""

from literal_city import PROOF, City, moment

from warehouse.picture import Picture

AT = moment("2021-05-10T00:00")
STATE = (
    "SELECT state, received_at::VARCHAR FROM marts.submission_compliance "
    "WHERE district_code = '280' AND period = '2021-04'"
)
REMAINING = "SELECT period, communes_remaining FROM marts.countdown ORDER BY period"


def completed(city: City, period: str, received: str, *, taken: str | None = None) -> None:
    """Phú Xuyên reports its commune completed."""
    submission_id = city.returns("280", period, received, taken=taken)
    city.commune(submission_id, "10282", "completed", proof=PROOF)


def test_a_file_noticed_late_arrived_in_time_and_was_not_known(two_villages: City) -> None:
    completed(two_villages, "2021-04", "2021-05-04T09:00", taken="2021-05-12T07:00")

    before = two_villages.as_known("2021-05-12T06:59")
    assert before.rows(STATE) == [("missing", None)]
    assert before.rows(REMAINING) == [("2021-03", 1), ("2021-04", 1)]
    after = two_villages.as_known("2021-05-12T07:00")
    assert after.rows(STATE) == [("on_time", "2021-05-04 09:00:00")]
    assert after.rows(REMAINING) == [("2021-03", 1), ("2021-04", 0)]


def test_what_came_after_the_moment_counts_only_for_the_periods_spoken_of(two_villages: City) -> None:
    completed(two_villages, "2021-04", "2021-06-20T09:00")
    completed(two_villages, "2021-05", "2021-06-21T09:00")
    two_villages.returns("280", None, "2021-06-22T09:00", verdict="rejected")
    restated = two_villages.pictured(Picture(moment("2021-07-01T00:00"), as_of=AT, through="2021-04"))

    assert restated.rows(REMAINING) == [("2021-03", 1), ("2021-04", 0)]
    assert restated.rows("SELECT period FROM marts.submissions ORDER BY period") == [
        ("2021-03",),
        ("2021-03",),
        ("2021-04",),
    ]
    assert restated.rows("SELECT released_at::VARCHAR, as_known_at::VARCHAR FROM marts.release") == [
        ("2021-05-10 00:00:00", "2021-07-01 00:00:00")
    ]


def test_what_is_due_overdue_or_excepted_is_judged_at_the_moment_spoken_of(two_villages: City) -> None:
    two_villages.exempts("280", "2021-04", "2021-06-01T00:00", "2022-01-01T00:00")
    later = moment("2021-07-01T00:00")
    overdue = "SELECT is_overdue FROM marts.remaining_communes"

    restated = two_villages.pictured(Picture(later, as_of=AT, through="2021-04"))
    assert (restated.rows(STATE), restated.rows(overdue)) == ([("missing", None)], [(False,)])
    assert restated.rows("FROM marts.exceptions") == []
    now = two_villages.pictured(Picture.at(later))
    assert (now.rows(STATE), now.rows(overdue)) == ([("exempt", None)], [(True,)])
