"""Posts and promises go on with the units that they were said of, whatever code those bear since."""

from datetime import date, datetime
from pathlib import Path

import pytest

from tasks.form_workbook import FormContents, write_form
from tests.intake.returns import (
    activities,
    communes,
    info,
    moment,
    outstanding,
    petitions,
    posts,
    villages,
)
from tests.register.change_file import change
from tests.register.office import APRIL, RegisterOffice

pytestmark = pytest.mark.long

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


def test_a_promise_stays_when_the_day_of_its_units_change_is_corrected(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    renamed = change("renamed", THUY_KHUE, "00112 Phường Hồ Tây", **ON_APRIL)
    assert office.changes([renamed], "2021-04-20") == "accepted"
    office.send(_return_with_promise(tmp_path / "4.xlsx"), moment("2021-05-02"))
    (outcome,) = office.take_in(moment("2021-05-03"))
    assert outcome.verdict in ("accepted", "accepted_with_warnings")

    moved = renamed | {"effective_on": date(2021, 4, 15)}
    assert office.changes([moved], "2021-05-05", seq=2) == "accepted"

    assert office.built("2021-05-06").rows(
        "SELECT commune_name, due_on::VARCHAR, obstacle_code FROM marts.remaining_communes"
    ) == [("Phường Hồ Tây", "2021-12-31", "CHE_DO")]


def _return_with_promise(path: Path) -> Path:
    named = {"00112": "Phường Hồ Tây"}
    promised = {"due_on": date(2021, 12, 31), "obstacle_code": "CHE_DO", "unit_name": "Phường Hồ Tây"}
    ward, group = outstanding(with_ids=True)
    contents = FormContents(
        info=info("2021-04", date(2021, 4, 30)),
        rows={
            "commune": [
                row | {"commune_name": named.get(row["commune_code"], row["commune_name"])}
                for row in communes()
            ],
            "village": villages(with_ids=True),
            "post": posts(),
            "outstanding": [ward | promised, group],
            "petition": [petitions()[0] | {"opening": 2, "closing": 3}],
            "activity": activities(),
        },
    )
    write_form(path, contents, created=datetime(2021, 5, 1), has_totals=True)
    return path
