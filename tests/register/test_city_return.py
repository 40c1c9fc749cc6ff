"""After the later map the city reports itself: its return goes the whole way, from folder to bulletin."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bulletin.language import language
from bulletin.page import bulletin_page, contents, drawn_charts
from schemas.published.snapshot import reading
from tasks.alert.contacts import Contacts, contacts_of
from tasks.alert.evaluate import evaluate
from tasks.answer import answer
from tasks.gate import gate
from tasks.granting import Grounds, NotGranted, exempt, waive
from tasks.remind import remind
from tests.intake.returns import moment, whole_return
from tests.register.change_file import change
from tests.register.city_return import MAY, city_return
from tests.register.office import APRIL, Built, RegisterOffice
from tests.register.test_later_map import LATER_MAP
from tests.register.test_later_map import MAY as MAPPED
from warehouse.connection import open_warehouse
from warehouse.known_register import know_register

ACCEPTED, BUILT = "2021-06-03", "2021-06-06"


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> RegisterOffice:
    office = RegisterOffice(tmp_path_factory.mktemp("city"))
    assert office.changes([row | MAPPED for row in LATER_MAP], "2021-04-20") == "accepted"
    office.send(city_return(office.folder / "2021-05.xlsx", **MAY), moment("2021-06-02"), district="000")
    (outcome,) = office.take_in(moment(ACCEPTED))
    assert (outcome.verdict, _findings(office, outcome.submission_id)) == ("accepted", [])
    return office


@pytest.fixture(scope="module")
def tables(reported: RegisterOffice) -> Built:
    return reported.built(BUILT)


def _findings(office: RegisterOffice, submission_id: str) -> list[tuple[Any, ...]]:
    return office.rows(
        f"SELECT cell, fault, value, expected FROM ledger.finding WHERE submission_id = '{submission_id}'"
    )


def test_its_tables_pass_the_gate(reported: RegisterOffice, tables: Built) -> None:
    with open_warehouse(reported.settings.warehouse, reported.settings.time_zone) as warehouse:
        result = gate(warehouse, tables.candidate, reported.settings, "gate", moment(BUILT))

    assert {failed.name: failed.rows for failed in result.results if failed.is_blocking} == {}


def test_what_is_open_is_the_citys_own_report(tables: Built) -> None:
    assert tables.rows(
        "SELECT district_code, commune_code, status, months_outstanding, due_on::VARCHAR, "
        "last_reported_period FROM marts.remaining_communes"
    ) == [("000", "30102", "in_progress", 3, "2021-09-30", "2021-05")]
    assert tables.rows(
        "SELECT district_code, state FROM marts.submission_compliance "
        "WHERE period = '2021-05' AND district_code IN ('000', '003')"
    ) == [("000", "on_time")]


def test_the_bulletin_lists_its_units(tables: Built) -> None:
    vi = language("vi")
    with reading(tables.candidate) as reader:
        found = contents(reader, "", None)
    page = bulletin_page(found, drawn_charts(found, vi), vi)

    remaining = [(row["short_name"], row["unit_id"]) for row in found["remaining"]]
    assert remaining == [("Hà Nội", "30102"), ("Hà Nội", "00109-002")]
    assert page.count("Phường Tây Hồ") >= 2
    assert [(row["district_name"], row["period"]) for row in found["district_return"]] == [
        ("Thành phố Hà Nội", "2021-05"),
        ("Quận Tây Hồ", "2021-03"),
    ]
    assert {row["districts_unknown"] for row in found["petition"]} == {29}


def test_the_receipt_names_the_city(reported: RegisterOffice) -> None:
    with open_warehouse(reported.settings.warehouse, reported.settings.time_zone) as warehouse:
        (written,) = [path for path in answer(warehouse, reported.settings) if path.parent.name == "000"]

    assert "Đơn vị / district: 000 Thành phố Hà Nội\n" in written.read_text(encoding="utf-8")


def test_reminded_are_the_districts_of_the_day(reported: RegisterOffice) -> None:
    with open_warehouse(reported.settings.warehouse, reported.settings.time_zone) as warehouse:
        unreported = remind(warehouse, reported.settings, moment("2021-07-03")).unreported

    named = {row["district_code"]: row["district_name"] for row in unreported if row["period"] == "2021-06"}
    assert named["000"] == "Thành phố Hà Nội"
    assert "003" not in named
    assert len(named) == 30


def test_an_address_is_missed_of_the_districts_of_the_day(reported: RegisterOffice) -> None:
    nobody: tuple[list[str], Contacts] = ["no_contact"], Contacts()
    with open_warehouse(reported.settings.warehouse, reported.settings.time_zone) as warehouse:
        know_register(warehouse, moment("2021-07-03"), reported.settings)
        found = evaluate(warehouse, reported.settings, *nobody, run_id="run", is_refused=False)

    assert {condition.subject for condition in found} >= {"000", "001"}
    assert len(found) == 30


def test_the_office_may_list_an_address_of_the_city(reported: RegisterOffice) -> None:
    reported.settings.contacts.write_text("district_code,email\n000,a@x.example\n999,b@x.example\n", "utf-8")

    with open_warehouse(reported.settings.warehouse, reported.settings.time_zone) as warehouse:
        contacts = contacts_of(warehouse, reported.settings)

    assert contacts.by_district["000"] == ["a@x.example"]
    assert [wrong.line for wrong in contacts.wrong] == [3]


def test_exceptions_are_granted_to_the_units_of_the_day(reported: RegisterOffice) -> None:
    grounds = Grounds("Lũ lụt", "Ban Tổ chức", moment(ACCEPTED), moment("2021-08-31"))

    exempt(reported.settings, "000", "2021-06", grounds)
    waive(reported.settings, "coverage_of_units", None, "30102", grounds)
    with pytest.raises(NotGranted, match="003: không có trong danh mục ngày 30/06/2021"):
        exempt(reported.settings, "003", "2021-06", grounds)
    with pytest.raises(NotGranted, match="30103: không có mã này"):
        waive(reported.settings, "coverage_of_units", None, "30103-001", grounds)


def test_the_former_district_is_sent_back(reported: RegisterOffice) -> None:
    path = whole_return(
        reported.folder / "old.xlsx", with_ids=True, period="2021-06", as_of=date(2021, 6, 30)
    )
    reported.send(path, moment("2021-07-02"))

    (outcome,) = reported.take_in(moment("2021-07-03"))

    assert outcome.verdict == "rejected"
    assert "wrong_district" in {fault for _, fault, *_ in _findings(reported, outcome.submission_id)}


def test_an_id_of_another_form_stops_no_return(tmp_path: Path) -> None:
    # An earlier version of the program took it; whatever lies in the warehouse, returns are judged.
    office = RegisterOffice(tmp_path)
    group = {"unit_level": "tdp", "new_kind": "tdp", "parent_code": "00109", "effective_on": APRIL}
    assert (
        office.changes([change("established", "", "00109-003 Tổ dân phố 3", **group)], "2021-04-20")
        == "accepted"
    )
    with open_warehouse(office.settings.warehouse, office.settings.time_zone) as warehouse:
        warehouse.execute("UPDATE core.unit_change SET new_code = '00109-MỚI'")
    office.send(
        whole_return(tmp_path / "4.xlsx", with_ids=True, period="2021-04", as_of=date(2021, 4, 30)),
        moment("2021-05-03"),
    )

    (outcome,) = office.take_in(moment("2021-05-04"))

    assert outcome.verdict == "partially_accepted"
