"""Posts and promises go on with the units that they were said of, whatever code those bear since."""

from pathlib import Path

from tests.register.change_file import change
from tests.register.office import APRIL, RegisterOffice

YEN_PHU, BUOI, THUY_KHUE = "00106 Phường Yên Phụ", "00109 Phường Bưởi", "00112 Phường Thụy Khuê"
ON_APRIL = {"effective_on": APRIL}
POSTS = (
    "SELECT period, sum(posts_required), max(communes_reported) FROM marts.posts "
    "WHERE district_code = '003' GROUP BY period ORDER BY period"
)


def test_the_posts_of_a_ward_go_on_in_the_one_it_went_into(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    rows = [
        change("merged", BUOI, YEN_PHU, **ON_APRIL),
        change("renamed", "00091 Phường Phú Thượng", "30009 Phường Phú Gia", **ON_APRIL),
        change("split", THUY_KHUE, "30001 Phường Thụy Khuê Đông", share="main", **ON_APRIL),
        change("split", THUY_KHUE, "30002 Phường Thụy Khuê Tây", share="part", **ON_APRIL),
    ]

    assert office.changes(rows, "2021-04-20") == "accepted"

    assert office.built("2021-05-06").rows(POSTS) == [("2021-03", 128, 8), ("2021-04", 128, 7)]


def test_a_new_ward_does_not_inherit_posts_with_a_code(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    rows = [
        change("dissolved", BUOI, YEN_PHU, **ON_APRIL),
        change("established", "", "00109 Phường Bãi Giữa", **ON_APRIL),
    ]

    assert office.changes(rows, "2021-04-20") == "accepted"

    assert office.built("2021-05-06").rows(POSTS) == [("2021-03", 128, 8), ("2021-04", 128, 7)]
