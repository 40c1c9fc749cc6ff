"""What a return begins with after its communes took over others: petitions, and open work from elsewhere."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.calendar import Calendar
from schemas.rows import rows_of
from tasks.template import know_all_for_forms, write_template
from tests.intake.returns import moment
from tests.register.change_file import change
from tests.register.city_return import MAY, city_return
from tests.register.office import RegisterOffice
from tests.register.test_later_map import LATER_MAP
from tests.register.test_later_map import MAY as MAPPED
from warehouse.connection import open_warehouse, query

pytestmark = pytest.mark.long


def sheet_of_form(office: RegisterOffice, district: str, period: str, sheet: str) -> list[dict[str, Any]]:
    """What the filled-in form of a district and period has on a sheet."""
    with open_warehouse(office.settings.warehouse, office.settings.time_zone) as warehouse:
        chosen = Calendar(office.settings).parse(period)
        know_all_for_forms(warehouse, office.settings)
        write_template(warehouse, office.settings, district, chosen, office.folder / "form.xlsx")
        return rows_of(warehouse, query(f"template_{sheet}"))


def test_petitions_left_open_are_open_in_the_commune_that_took_over(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    assert office.changes([row | MAPPED for row in LATER_MAP], "2021-04-20") == "accepted"

    (row,) = sheet_of_form(office, "000", "2021-05", "petition")
    assert (row["commune_code"], row["petition_kind"], row["opening"]) == ("30101", "complaint", 2)
    assert sheet_of_form(office, "003", "2021-04", "petition")[0]["commune_code"] == "00091"

    none_left = city_return(tmp_path / "5.xlsx", opening=0, **MAY)
    office.send(none_left, moment("2021-06-02"), district="000")
    (outcome,) = office.take_in(moment("2021-06-03"))
    assert office.rows(
        f"SELECT fault, value, expected FROM ledger.finding WHERE submission_id = '{outcome.submission_id}'"
    ) == [("petition_carry_mismatch", "0", "2")]


def test_open_work_that_moved_to_another_district_stands_in_its_form(tmp_path: Path) -> None:
    office = RegisterOffice(tmp_path)
    rows = [
        change("merged", "00112 Phường Thụy Khuê", "00157 Phường Nghĩa Đô", parent_code="005"),
        change(
            "transferred",
            "00109-002 Tổ dân phố 2",
            "00109-002 Tổ dân phố 2",
            unit_level="tdp",
            new_kind="tdp",
            parent_code="00157",
        ),
    ]
    april = {"effective_on": date(2021, 4, 10)}
    assert office.changes([row | april for row in rows], "2021-04-20") == "accepted"

    assert sheet_of_form(office, "003", "2021-04", "outstanding") == []
    moved = sheet_of_form(office, "005", "2021-04", "outstanding")
    assert [(row["unit_level"], row["unit_ref"], row["obstacle_code"]) for row in moved] == [
        ("commune", "00157", "NHAN_SU"),
        ("tdp", "00109-002", "NHAN_SU"),
    ]
