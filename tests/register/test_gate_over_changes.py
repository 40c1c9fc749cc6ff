"""Real changes through the gate: nothing is lost, and what is right is not refused."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.intake import returns
from tests.register.change_file import change
from tests.register.office import APRIL, Built, RegisterOffice, ward

pytestmark = pytest.mark.long

THUY_KHUE, BUOI, YEN_PHU = "00112 Phường Thụy Khuê", "00109 Phường Bưởi", "00106 Phường Yên Phụ"
SPLIT = [
    change("split", BUOI, "30002 Phường Hai", share="main", effective_on=APRIL),
    change("split", BUOI, "30001 Phường Một", share="part", effective_on=APRIL, decision_no="900/NQ"),
]
KEEPS_ITS_CODE = [
    change("split", BUOI, BUOI, share="main", effective_on=APRIL),
    change("split", BUOI, "30001 Phường Một", share="part", effective_on=APRIL),
]
REMAINING = "SELECT commune_code, due_on::VARCHAR, months_outstanding FROM marts.remaining_communes"
PEOPLE = "SELECT period, people_before FROM marts.staffing WHERE district_code = '003' ORDER BY period"


def _part(code: str, name: str, before: int, **said: object) -> dict[str, object]:
    figures = {"people_before": before, "people_now": 3, "villages_before": 2, "villages_now": 1}
    return ward(code, name, **figures | said)


def _publish(office: RegisterOffice, tables: Built) -> None:
    office.settings.snapshot.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(tables.candidate, office.settings.snapshot)


def test_an_open_ward_that_keeps_its_code_as_another_unit_stays_open(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    town = change("reclassified", THUY_KHUE, "00112 Thị trấn Thụy Khuê", effective_on=APRIL)
    assert office.changes([town], "2021-04-20") == "accepted"

    tables = office.judged("2021-05-06")

    assert tables.refusing() == []
    assert tables.rows(REMAINING) == [("00112", "2021-09-30", 2)]


CHAINS = [
    # by way of a unit that was there for ten days
    [
        change("renamed", THUY_KHUE, "30001 Phường Một", effective_on=APRIL),
        change("merged", "30001 Phường Một", BUOI, effective_on=date(2021, 4, 20)),
    ],
    # into one unit on two days
    [
        change("merged", THUY_KHUE, BUOI, effective_on=APRIL),
        change("merged", YEN_PHU, BUOI, effective_on=date(2021, 4, 20)),
    ],
]


@pytest.mark.parametrize("chain", CHAINS, ids=["by way of another", "two into one"])
def test_two_changes_of_one_month_keep_work_since_and_promise(
    tmp_path: Path, chain: list[dict[str, object]]
) -> None:
    office = RegisterOffice(tmp_path)
    assert office.changes(chain[:1], "2021-04-20") == "accepted"
    assert office.changes(chain[1:], "2021-04-22", doc_no="08/TĐ-SNV") == "accepted"

    tables = office.judged("2021-05-06")

    assert tables.refusing() == []
    assert tables.rows(REMAINING) == [("00109", "2021-09-30", 2)]
    assert tables.rows(PEOPLE) == [("2021-03", 200), ("2021-04", 200)]


def test_a_unit_that_gave_a_part_away_before_leaves_with_what_it_has_then(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    assert office.changes(KEEPS_ITS_CODE, "2021-04-20") == "accepted"
    takes = change("merged", THUY_KHUE, BUOI, effective_on=date(2021, 5, 5))
    assert office.changes([takes], "2021-05-06", doc_no="08/TĐ-SNV") == "accepted"
    leaves = change("merged", BUOI, YEN_PHU, effective_on=date(2021, 6, 5))
    assert office.changes([leaves], "2021-06-06", doc_no="09/TĐ-SNV") == "accepted"

    tables = office.judged("2021-07-06")

    assert tables.refusing() == []
    assert tables.rows(REMAINING) == [("00106", "2021-09-30", 4)]


def test_a_released_change_may_be_withdrawn_and_a_loss_after_it_is_seen(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    assert office.changes(SPLIT, "2021-04-20") == "accepted"
    released = office.judged("2021-05-06")
    _publish(office, released)
    lost = tmp_path / "lost.duckdb"
    shutil.copy(released.candidate, lost)
    with duckdb.connect(str(lost)) as spoiler:
        spoiler.execute("UPDATE marts.progress_by_district SET communes_total = 8 WHERE period = '2021-04'")

    assert "coverage_of_units" in office.gated(lost, "2021-05-06 12:00").refusing()
    assert office.changes([], "2021-05-07", seq=2) == "accepted"

    assert office.judged("2021-05-08").refusing() == []


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> RegisterOffice:
    """A ward divided in April; of April's return only the main part's row is taken."""
    office = RegisterOffice(tmp_path_factory.mktemp("divided"))
    assert office.changes(KEEPS_ITS_CODE, "2021-04-20") == "accepted"
    rows = [row for row in returns.communes() if row["commune_code"] != "00109"]
    main, part = (
        _part("00109", "Phường Bưởi", 9),
        _part("30001", "Phường Một", 6, villages_before=2, people_now=-3),
    )
    office.reports("2021-05-03", "2021-04", commune=[*rows, main, part])
    return office


def test_people_of_a_divided_ward_are_its_main_part_s_until_all_parts_report(divided: RegisterOffice) -> None:
    tables = divided.judged("2021-05-06")

    assert tables.refusing() == []
    assert tables.rows(PEOPLE) == [("2021-03", 200), ("2021-04", 200)]


def test_the_parts_add_up_to_the_whole(divided: RegisterOffice) -> None:
    rows = [row for row in returns.communes() if row["commune_code"] != "00109"]
    main = _part("00109", "Phường Bưởi", 9)
    divided.reports("2021-05-07", "2021-04", seq=2, commune=[*rows, main, _part("30001", "Phường Một", 7)])
    assert divided.rows("SELECT cell, expected FROM ledger.finding WHERE fault = 'baseline_changed'") == [
        ("D10", "15 (00109) = 00109 + 30001"),
        ("D11", "15 (00109) = 00109 + 30001"),
    ]

    divided.reports("2021-05-08", "2021-04", seq=3, commune=[*rows, main, _part("30001", "Phường Một", 6)])

    tables = divided.judged("2021-05-09")
    assert tables.refusing() == []
    assert tables.rows(
        "SELECT people_before, people_now FROM marts.staffing WHERE district_code = '003'"
    ) == [
        (200, 112),
        (200, 110),
    ]


def test_what_would_lose_people_or_work_is_refused(divided: RegisterOffice, tmp_path: Path) -> None:
    merged = change("merged", THUY_KHUE, YEN_PHU, effective_on=date(2021, 5, 5))
    assert divided.changes([merged], "2021-05-10", doc_no="08/TĐ-SNV") == "accepted"
    tables = divided.judged("2021-06-06")
    assert tables.refusing() == []
    spoilt = tmp_path / "spoilt.duckdb"
    shutil.copy(tables.candidate, spoilt)
    with duckdb.connect(str(spoilt)) as spoiler:
        spoiler.execute(
            "UPDATE marts.staffing SET people_before = people_before - 6 WHERE period = '2021-05'"
        )
        spoiler.execute(
            "UPDATE marts.unit_changes SET successor_status = 'completed' WHERE predecessor_id = '00112'"
        )

    refusing = divided.gated(spoilt, "2021-06-06 12:00").refusing()

    assert {"people_before_stay_the_same", "unit_changes_conserve_work"} <= set(refusing)
