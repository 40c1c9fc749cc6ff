"""The form for a district and period: what is known is filled in already, the rest is easy to fill in."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import duckdb

from schemas.calendar import Calendar, Period
from schemas.form.form import UNIT_CHANGES
from schemas.form.sheets import SIMULATED_MARK, TABLE_SHEETS, VILLAGE
from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.form_aids import Days, FormAids
from tasks.form_workbook import FormContents, write_form
from warehouse.connection import query
from warehouse.known_register import know_open_petitions, know_register

# Empty rows drawn below what is known; a clerk may go on below them.
_SPARE = {"outstanding": 8, "petition": 8, "activity": 8}
_SPARE_OF_BLANK = {"commune": 25, "village": 200, "post": 100}
# A form is for what is to come: whatever was accepted counts.
_ALL_IS_KNOWN = datetime(9999, 1, 1, tzinfo=UTC)
_SPARE_OF_UNIT_CHANGES = {"unit_change": 30}


class NoSuchDistrict(LookupError):  # noqa: N818 - it is what a person typed, not an error of ours
    """The register knows no district of that code."""


def next_period(warehouse: duckdb.DuckDBPyConnection, settings: Settings, district_code: str) -> Period:
    """The period after the last one of which a return of the district was accepted; at first the baseline."""
    calendar = Calendar(settings)
    last, _ = _row(warehouse, query("template_last_period"), [district_code])
    return calendar.baseline if last is None else calendar.parse(last) + 1


def write_blank(warehouse: duckdb.DuckDBPyConnection, settings: Settings, path: Path) -> None:
    """Write the blank form of any district and period to `path`; the same bytes every time."""
    aids = FormAids(_SPARE_OF_BLANK | _SPARE, _days(warehouse, None, None), is_locked=True)
    write_form(path, FormContents(), created=_midnight(settings.baseline_as_of), aids=aids)


def write_unit_changes(settings: Settings, path: Path) -> None:
    """Write the blank unit change file to `path`; the same bytes every time."""
    aids = FormAids(_SPARE_OF_UNIT_CHANGES, is_locked=True)
    created = _midnight(settings.baseline_as_of)
    write_form(path, FormContents(), created=created, aids=aids, form=UNIT_CHANGES)


def know_all_for_forms(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Build what `write_template` fills in from: the register and the open petitions, for any district."""
    know_register(warehouse, _ALL_IS_KNOWN, settings)
    know_open_petitions(warehouse)


def write_template(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, district_code: str, period: Period, path: Path
) -> None:
    """Write the pre-filled form of a district and period to `path`; an equal warehouse gives equal bytes.

    It holds the district's communes, our village ids, the last accepted figures, the posts, the outstanding
    units with their last promise and the petitions still open; of a period that has a return already, what
    that return said. `know_all_for_forms` comes before it, once for all. Raises NoSuchDistrict.
    """
    as_of = settings.baseline_as_of if period == Calendar(settings).baseline else period.ends_on
    contents, has_villages = _contents(warehouse, district_code, period, as_of)
    spare = _SPARE if has_villages else _SPARE | {"village": _SPARE_OF_BLANK["village"]}
    aids = FormAids(spare, _days(warehouse, period, as_of), is_locked=True)
    write_form(path, contents, created=_midnight(as_of), aids=aids)


def _contents(
    warehouse: duckdb.DuckDBPyConnection, district_code: str, period: Period, as_of: date
) -> tuple[FormContents, bool]:
    """What is known, and whether villages are registered."""
    chosen = {"district": district_code, "starts_on": period.starts_on, "as_of": as_of}
    for name, value in chosen.items():
        warehouse.execute(f"SET VARIABLE template_{name} = $1", [value])
    heads = _rows(warehouse, "template_head")
    if not heads:
        raise NoSuchDistrict(f"không có quận, huyện mã {district_code} / no district {district_code}")
    (head,) = heads
    rows = {sheet.table: _rows(warehouse, f"template_{sheet.table}") for sheet in TABLE_SHEETS}
    info = {
        "district_code": district_code,
        "district_name": head["district_name"],
        "period": str(period),
        "as_of_date": as_of,
        "seq": head["seq"],
    }
    banner = f"{SIMULATED_MARK} / simulated data" if head["is_simulated"] else ""
    contents = FormContents(info, rows, head["declared_no_petitions"], banner)
    return contents, bool(rows[VILLAGE.table])


def _days(
    warehouse: duckdb.DuckDBPyConnection, period: Period | None, as_of: date | None
) -> Mapping[str, Days]:
    """What each date of the form may be."""
    (earliest,) = _row(warehouse, query("template_earliest_completion"), [])
    of_period = (period.starts_on, period.ends_on) if period else (earliest, None)
    return {
        "as_of_date": of_period,
        "completed_on": (earliest, as_of),
        "held_on": (earliest, as_of),
        "due_on": (of_period[0], None),
    }


def _rows(warehouse: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    return rows_of(warehouse, query(name))


def _row(warehouse: duckdb.DuckDBPyConnection, select: str, parameters: list[Any]) -> tuple[Any, ...]:
    row = warehouse.execute(select, parameters).fetchone()
    if row is None:
        raise LookupError(f"no row: {select}")
    return row


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
