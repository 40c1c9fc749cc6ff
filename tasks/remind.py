"""Reminding: who has not reported is told before and after the due date, with the form filled in."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from schemas.alerts import REMINDER, evaluated_from
from schemas.calendar import Calendar
from schemas.published.snapshot import reading
from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.alert.condition import Condition, Raised
from tasks.alert.contacts import Contacts, contacts_of
from tasks.alert.evaluate import is_simulated
from tasks.alert.raise_alerts import raise_alerts
from tasks.ingest import waiting
from tasks.obligations import open_obligations
from tasks.receive import receive
from tasks.reminder_list import write_lists
from tasks.template import know_all_for_forms, write_template
from warehouse.connection import query
from warehouse.known_register import know_districts


@dataclass(frozen=True)
class Reminded:
    """Who has not reported (rows of reminder.sql), the lists written of them, what was sent."""

    unreported: list[dict[str, Any]]
    lists: list[Path]
    raised: Raised


def remind(warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime) -> Reminded:
    """Remind every district that owes a return around its due date; each once a period and reminder.

    Nobody is reminded who reported, is exempt or whose file waits to be read, and nobody once the scheme is
    complete. The forms and the lists lie in `<home>/reminders/` for whoever has no mail. Raises AlertsBusy,
    and what receiving raises.
    """
    open_obligations(warehouse, settings, now)
    receive(settings, now)
    know_districts(warehouse, now, settings)
    contacts = contacts_of(warehouse, settings)
    unreported = [] if _is_complete(settings) else _unreported(warehouse, settings, now, contacts)
    due = [row for row in unreported if row["cause"] is not None]
    simulated = is_simulated(warehouse)
    _write_forms(warehouse, settings, due)
    lists = write_lists(settings, unreported, now, simulated=simulated)
    conditions = [_condition(settings, row, simulated) for row in due]
    raised = raise_alerts(settings, now, evaluated_from(REMINDER), conditions, contacts)
    return Reminded(unreported, lists, raised)


def _unreported(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime, contacts: Contacts
) -> list[dict[str, Any]]:
    variables = {
        "remind_before": settings.remind_days_before,
        "remind_after": settings.remind_days_after,
        "reachable": sorted(contacts.by_district),
        "waiting": sorted({arrival.district_code for arrival in waiting(warehouse, settings, now)}),
    }
    for name, value in variables.items():
        warehouse.execute(f"SET VARIABLE {name} = ?", [value])
    return rows_of(warehouse, query("reminder"))


def _is_complete(settings: Settings) -> bool:
    if not settings.snapshot.exists():
        return False
    with reading(settings.snapshot) as reader:
        found = reader.execute("SELECT is_complete FROM completion").fetchone()
    return found is not None and bool(found[0])


def _write_forms(warehouse: duckdb.DuckDBPyConnection, settings: Settings, due: list[dict[str, Any]]) -> None:
    if due:
        know_all_for_forms(warehouse, settings)
    for row in due:
        path = _form(settings, row)
        path.parent.mkdir(parents=True, exist_ok=True)
        period = Calendar(settings).parse(row["period"])
        write_template(warehouse, settings, row["district_code"], period, path)


def _form(settings: Settings, row: dict[str, Any]) -> Path:
    period: str = row["period"]
    return settings.reminders / period / f"{row['district_code']}-{period}.xlsx"


def _condition(settings: Settings, row: dict[str, Any], simulated: bool) -> Condition:
    facts = {name: value for name, value in row.items() if name not in ("cause", "subject", "news")}
    return Condition(
        cause=row["cause"],
        subject=row["subject"],
        district_code=row["district_code"],
        facts=facts,
        attachments=(str(_form(settings, row).relative_to(settings.home)),),
        is_simulated=simulated,
    )
