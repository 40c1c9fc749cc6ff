"""A unit leaves the remaining tables only by an accepted row with evidence; till then its cell is named."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tasks.materialize import materialize
from tests.intake.returns import OPEN_WARD, Office, moment, spoil, whole_return
from warehouse.connection import open_warehouse

DONE_CELLS = {"01_CapXa!H10": "Hoàn thành", "01_CapXa!I10": date(2021, 4, 20)}


def test_completed_without_a_decision_number_stays_and_the_cell_is_named(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.send(whole_return(tmp_path / "3.xlsx"), moment("2021-04-02"))
    office.send(april(tmp_path / "4.xlsx", {}), moment("2021-05-03"))
    office.take_in(moment("2021-05-06"))

    assert published(
        office,
        "2021-05-06",
        "SELECT commune_code, last_reported_period, is_carried_forward FROM remaining_communes",
    ) == [(OPEN_WARD, "2021-03", True)]
    assert published(
        office, "2021-05-06", "SELECT fault, sheet, cell, expected FROM findings WHERE severity = 'row'"
    ) == [("completed_without_evidence", "01_CapXa", "J10", "Số quyết định")]

    office.send(
        april(tmp_path / "4b.xlsx", {"01_CapXa!J10": "88/QĐ-UBND", "00_ThongTin!B6": 2}), moment("2021-05-07")
    )
    office.take_in(moment("2021-05-08"))

    assert published(office, "2021-05-08", "SELECT count(*) FROM remaining_communes") == [(0,)]
    assert published(
        office,
        "2021-05-08",
        f"SELECT period, status_to, decision_no, sheet, row FROM unit_history WHERE unit_id = '{OPEN_WARD}'",
    ) == [
        ("2021-03", "in_progress", None, "01_CapXa", 10),
        ("2021-04", "completed", "88/QĐ-UBND", "01_CapXa", 10),
    ]


def april(path: Path, cells: dict[str, Any]) -> Path:
    """April: the open ward is said to be done, its row of sheet 04 is gone, petitions are carried."""
    whole_return(path, with_ids=True, period="2021-04", as_of=date(2021, 4, 30))
    gone = {f"04_ChuaHoanThanh!{column}3": None for column in "ABCDEFGHI"}
    return spoil(path, DONE_CELLS | gone | {"05_DonThu!C3": 2, "05_DonThu!F3": 3} | cells)


def published(office: Office, day: str, select: str) -> list[tuple[Any, ...]]:
    """Build the tables as of `day` and read them as a reader would."""
    with open_warehouse(office.settings.warehouse, office.settings.time_zone) as warehouse:
        candidate = materialize(warehouse, office.settings, moment(day), f"run-{day}")
    with duckdb.connect(str(candidate), read_only=True) as reader:
        reader.execute("USE marts")
        return reader.execute(select).fetchall()
