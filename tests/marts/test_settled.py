"""What is settled is not computed again; what is new is: which periods of which district, and when all."""

import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import duckdb
import literal_city
import pytest
from any_history import merge
from built_twice import differing
from literal_city import SETTINGS, City, moment
from small_city import small_city

from schemas.settings import Settings
from warehouse import runner, settling
from warehouse.picture import Picture
from warehouse.runner import build_onward

NOW = Picture.at(moment("2021-09-06T00:00"))


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[Counter[tuple[str, int]]]:
    """Of each build that settled: how many rows of units and posts it computed, by district and period."""
    seen: list[Counter[tuple[str, int]]] = []

    def settle(warehouse: duckdb.DuckDBPyConnection, chosen: Settings) -> None:
        rows = warehouse.execute(
            "SELECT district_code, position, count(*) FROM ("
            "SELECT district_code, position FROM intermediate.unit_status UNION ALL "
            "SELECT district_code, position FROM intermediate.post_status) GROUP BY ALL"
        ).fetchall()
        seen.append(Counter({(district, position): n for district, position, n in rows}))
        settling.settle(warehouse, chosen)

    monkeypatch.setattr(runner, "settle", settle)
    return seen


@pytest.fixture
def six_periods(city: City) -> City:
    """Both districts reported March to August, their posts too; all of it is settled."""
    for month in range(3, 9):
        _report(city, "001", month, "00001", "00004")
        _report(city, "280", month, "10282")
    city.pictured(NOW, build_onward)
    return city


def _report(
    city: City, district: str, month: int, *communes: str, seq: int = 1, status: str = "in_progress"
) -> None:
    submission_id = city.returns(district, f"2021-{month:02d}", f"2021-{month + 1:02d}-02T09:00", seq=seq)
    for commune in communes:
        city.commune(submission_id, commune, status)
        city.village(submission_id, f"{commune}-001", "completed")
        city.post(submission_id, commune, "X01", (3, month % 3, 0), 1.0)


def test_a_correction_touches_its_own_district_from_its_period_on(
    six_periods: City, computed: list[Counter[tuple[str, int]]]
) -> None:
    _report(six_periods, "280", 5, "10282", seq=2, status="completed")

    assert differing(six_periods, NOW) == {}
    assert [set(rows) for rows in computed] == [{("280", position) for position in (2, 3, 4, 5)}]


def test_a_new_period_alone_is_computed(six_periods: City, computed: list[Counter[tuple[str, int]]]) -> None:
    _report(six_periods, "001", 9, "00001", "00004")

    assert differing(six_periods, Picture.at(moment("2021-10-06T00:00"))) == {}
    assert [set(rows) for rows in computed] == [{("001", 6), ("280", 6)}]


def test_nothing_new_computes_nothing(six_periods: City, computed: list[Counter[tuple[str, int]]]) -> None:
    assert differing(six_periods, NOW) == {}
    assert computed == [Counter()]


@pytest.mark.long
def test_what_was_said_long_ago_is_carried_on(city: City) -> None:
    """A promise that slips, posts told once, a commune not heard of, completed, then reopened."""
    told: list[tuple[str, str | None]] = [
        ("in_progress", "2021-05-31"),
        ("in_progress", "2021-06-30"),
        ("", None),
        ("in_progress", "2021-07-31"),
        ("completed", None),
        ("not_started", None),
        ("not_started", None),
    ]
    # With everyone heard there is a forecast, which goes by the longest slip.
    ba_dinh = city.returns("001", "2021-03", "2021-04-02T09:00")
    city.commune(ba_dinh, "00001", "completed")
    city.commune(ba_dinh, "00004", "completed")
    for month, (status, due_on) in enumerate(told, start=3):
        received = f"2021-{month + 1:02d}-02T09:00"
        submission_id = city.returns("280", f"2021-{month:02d}", received)
        city.village(submission_id, "10282-001", "in_progress")
        if status:
            city.commune(submission_id, "10282", status)
        if due_on:
            city.promise(submission_id, "10282", due_on)
        if month == 3:
            city.post(submission_id, "10282", "X01", (3, 2, 0), 1.2)
            city.promise(submission_id, "10282-001", "2021-09-30", level="thon")
        assert differing(city, Picture.at(moment(received))) == {}


def test_what_was_not_known_yet_is_taken_back(city: City, computed: list[Counter[tuple[str, int]]]) -> None:
    for district, month, commune in (("001", 3, "00001"), ("280", 3, "10282"), ("001", 4, "00001")):
        _report(city, district, month, commune)
    city.commune(city.returns("280", "2021-04", "2021-05-20T09:00"), "10282", "completed")

    assert differing(city, Picture.at(moment("2021-05-21T00:00"))) == {}
    assert differing(city, Picture.at(moment("2021-05-19T00:00"))) == {}
    assert set(computed[1]) == {("280", 1)}


def test_a_village_is_computed_from_the_period_that_registered_it(
    six_periods: City, computed: list[Counter[tuple[str, int]]]
) -> None:
    six_periods.warehouse.execute(
        "INSERT INTO core.village VALUES ('10282-009', '10282', 'thon', 'Thôn 9', '9', 'x', '2021-07', ?)",
        [moment("2021-08-01T00:00")],
    )

    assert differing(six_periods, NOW) == {}
    assert [set(rows) for rows in computed] == [{("280", 4), ("280", 5)}]


@pytest.mark.parametrize("what", ["reference data", "settings", "program"])
def test_what_the_tables_rest_on_has_changed_so_all_is_computed(
    what: str, six_periods: City, computed: list[Counter[tuple[str, int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if what == "reference data":
        six_periods.warehouse.execute("UPDATE reference.post SET title_vi = 'Khác' WHERE post_code = 'X01'")
    if what == "settings":
        later = SETTINGS.model_copy(update={"baseline_as_of": SETTINGS.baseline_as_of + timedelta(days=1)})
        monkeypatch.setattr(literal_city, "SETTINGS", later)
    if what == "program":
        monkeypatch.setattr(settling, "_program", lambda: "another")

    assert differing(six_periods, NOW) == {}
    assert [set(rows) for rows in computed] == [{(d, p) for d in ("001", "280") for p in range(6)}]


def test_while_a_change_of_units_is_known_nothing_is_settled(six_periods: City) -> None:
    merge(six_periods, moment("2021-09-05T00:00"), "2021-06-01")
    assert differing(six_periods, NOW) == {}
    assert not _is_settled(six_periods)

    merge(six_periods, moment("2021-09-05T00:01"), None)
    assert differing(six_periods, NOW) == {}
    assert _is_settled(six_periods)


def test_while_a_return_speaks_of_another_district_nothing_is_settled(six_periods: City) -> None:
    _report(six_periods, "280", 4, "00001", seq=3, status="completed")

    assert differing(six_periods, NOW) == {}
    assert not _is_settled(six_periods)


def test_a_build_from_nothing_neither_reads_nor_writes_what_is_settled(six_periods: City) -> None:
    anew = "SELECT period, people_now FROM marts.staffing ORDER BY ALL"
    before = six_periods.pictured(NOW).rows(anew)
    six_periods.warehouse.execute("UPDATE settled.district_state SET people_now = 1000")
    settled = _settled_rows(six_periods)

    assert six_periods.pictured(NOW).rows(anew) == before
    assert _settled_rows(six_periods) == settled
    assert six_periods.pictured(NOW, build_onward).rows(anew) != before


def test_what_fails_half_way_leaves_what_was_settled(
    six_periods: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = _settled_rows(six_periods)
    _report(six_periods, "280", 5, "10282", seq=2, status="completed")

    def fails(*_: object) -> None:
        raise duckdb.Error("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(settling, "_keep_whole", fails)
        with pytest.raises(duckdb.Error, match="no space left"):
            six_periods.pictured(NOW, build_onward)

    assert _settled_rows(six_periods) == settled
    assert differing(six_periods, NOW) == {}


def test_who_is_killed_half_way_leaves_what_was_settled(tmp_path: Path) -> None:
    file, tables = tmp_path / "warehouse.duckdb", tmp_path / "tables"
    tables.mkdir()
    with small_city(tables, file) as city:
        _report(city, "280", 3, "10282")
        _report(city, "280", 4, "10282")
        city.pictured(NOW, build_onward)
        settled = _settled_rows(city)

    child = [
        sys.executable,
        str(Path(__file__).with_name("killed_while_settling.py")),
        str(file),
        str(tables),
    ]
    assert subprocess.run(child, check=False).returncode == -signal.SIGKILL

    with duckdb.connect(str(file)) as warehouse:
        warehouse.execute("SET TimeZone = ?", [SETTINGS.time_zone])
        found = City(warehouse, tables)
        assert _settled_rows(found) == settled
        assert differing(found, NOW) == {}


def _is_settled(city: City) -> bool:
    return bool(_settled_tables(city))


def _settled_rows(city: City) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: city.warehouse.execute(f"FROM settled.{table} ORDER BY ALL").fetchall()
        for table in _settled_tables(city)
    }


def _settled_tables(city: City) -> list[str]:
    named = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'settled'"
    return [table for (table,) in city.warehouse.execute(named).fetchall()]
