"""Faults that only show against what was accepted before."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.exceptions import PeriodException
from tasks.exceptions import record_exception
from tests.gallery.reading import Answer, answers
from tests.intake.fault_cases import FAULTS_AGAINST_HISTORY, REJECTED
from tests.intake.returns import Office, moment, spoil, whole_return


def office_with_march(folder: Path) -> Office:
    """An office that has accepted the return of March."""
    office = Office(folder)
    office.send(whole_return(folder / "2021-03.xlsx"), moment("2021-04-02"))
    assert [o.verdict for o in office.take_in(moment("2021-04-06"))] == ["accepted"]
    return office


def april(folder: Path, cells: dict[str, Any]) -> Path:
    """Write the return of April that follows, with `cells` overwritten."""
    path = whole_return(folder / "2021-04.xlsx", with_ids=True, period="2021-04", as_of=date(2021, 4, 30))
    return spoil(path, {"05_DonThu!C3": 2, "05_DonThu!F3": 3} | cells)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_with_march(tmp_path)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    folder = tmp_path_factory.mktemp("history")
    office = office_with_march(folder)
    cases = enumerate(FAULTS_AGAINST_HISTORY)
    files = {f"{n}": april(folder / f"{n}", cells).read_bytes() for n, (cells, _, _) in cases}
    return answers(files, office=office, at="2021-05-03")


@pytest.mark.parametrize(
    "number",
    range(len(FAULTS_AGAINST_HISTORY)),
    ids=[str(fault)[:60] for fault in FAULTS_AGAINST_HISTORY],
)
def test_fault(answered: dict[str, Answer], number: int) -> None:
    _, findings, verdict = FAULTS_AGAINST_HISTORY[number]

    assert answered[f"{number}"].findings == sorted(findings)
    assert answered[f"{number}"].verdict == verdict


def test_an_absent_village_keeps_its_status_and_is_named(office: Office, tmp_path: Path) -> None:
    path = april(tmp_path, {"02_ThonTDP!B4": "99999"})
    office.send(path, moment("2021-05-03"))

    (outcome,) = office.take_in(moment("2021-05-06"))

    faults = office.rows(
        "SELECT fault, expected FROM ledger.finding "
        f"WHERE submission_id = '{outcome.submission_id}' ORDER BY ALL"
    )
    assert ("unit_not_reported", "00091-002 Tổ dân phố 2") in faults
    assert "unknown_unit" in {fault for fault, _ in faults}


def test_a_sequence_must_rise(office: Office, tmp_path: Path) -> None:
    same_seq = spoil(whole_return(tmp_path / "again.xlsx"), {"01_CapXa!K3": "đã rà soát"})
    office.send(same_seq, moment("2021-04-07"))

    (outcome,) = office.take_in(moment("2021-04-08"))

    assert outcome.verdict == REJECTED
    assert office.rows(
        f"SELECT fault, cell, expected FROM ledger.finding WHERE submission_id = '{outcome.submission_id}'"
    ) == [("stale_sequence", "B6", "từ 2 trở lên")]


def test_a_locked_period_needs_an_exception(office: Office, tmp_path: Path) -> None:
    late = april(tmp_path, {})
    office.send(late, moment("2021-05-21"))
    assert [o.verdict for o in office.take_in(moment("2021-05-22"))] == [REJECTED]

    reopened = PeriodException(
        kind="late_return",
        district_code="003",
        period="2021-04",
        reason="lũ lụt",
        granted_by="Ban Tổ chức Thành ủy",
        granted_at=moment("2021-05-22"),
        expires_at=moment("2021-05-31"),
    )
    record_exception(office.settings, reopened)
    office.send(late, moment("2021-05-23"))

    assert [o.verdict for o in office.take_in(moment("2021-05-24"))] == ["accepted"]
