"""Finding cause for alarm in the warehouse and in what is published: one SELECT a cause."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

import warehouse as warehouse_package
from schemas.alerts import LEDGER, RELEASE, evaluated_from
from schemas.published.snapshot import attach_read_only
from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.alert.condition import Condition
from tasks.alert.contacts import Contacts
from tasks.alert.ledger import condition_of

_SQL = Path(warehouse_package.__file__).parent / "alert"
# Those two are said of a district whose returned workbook may lie among the answers.
_WITH_WORKBOOK = ("submission_rejected", "submission_partial")


def to_evaluate(settings: Settings, *, is_refused: bool, silent: bool) -> list[str]:
    """The causes to look for: of refused tables nobody is told, and who tells nobody needs no addresses."""
    sources = (LEDGER,) if is_refused or not settings.snapshot.exists() else (LEDGER, RELEASE)
    unasked = ("no_contact", "contacts_wrong") if silent else ()
    return [name for name in evaluated_from(*sources) if name not in unasked]


def evaluate(
    warehouse: duckdb.DuckDBPyConnection,
    settings: Settings,
    causes: list[str],
    contacts: Contacts,
    *,
    run_id: str,
    is_refused: bool,
) -> list[Condition]:
    """Every condition of `causes` that holds as known at the variable known_at."""
    _set(warehouse, "run_id", run_id)
    _set(warehouse, "is_refused", is_refused)
    _set(warehouse, "stalled_periods", settings.stalled_periods)
    _set(warehouse, "has_no_mail", settings.smtp_url is None)
    _set(warehouse, "reachable", [] if settings.smtp_url is None else sorted(contacts.by_district))
    simulated = is_simulated(warehouse)
    found: list[Condition] = []
    with _beside_the_warehouse(warehouse, settings):
        for cause in causes:
            if cause == "contacts_wrong":
                found += _wrong_lines(contacts)
            else:
                found += _conditions(warehouse, settings, cause, simulated)
    return found


def _conditions(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, cause: str, simulated: bool
) -> list[Condition]:
    select = (_SQL / f"{cause}.sql").read_text(encoding="utf-8")
    found = [condition_of(cause, row | {"is_simulated": simulated}) for row in rows_of(warehouse, select)]
    if cause not in _WITH_WORKBOOK:
        return found
    return [replace(condition, attachments=_returned(settings, condition)) for condition in found]


def is_simulated(warehouse: duckdb.DuckDBPyConnection) -> bool:
    """Whether any file that arrived says it is simulated."""
    found = warehouse.execute(
        "SELECT coalesce(bool_or(is_simulated), false) FROM ledger.submission"
    ).fetchone()
    return found is not None and bool(found[0])


def _returned(settings: Settings, condition: Condition) -> tuple[str, ...]:
    folder = settings.answers / str(condition.district_code)
    returned = sorted(folder.glob(f"{condition.facts['submission_id']}.xls?"))
    return tuple(str(path.relative_to(settings.home)) for path in returned)


def _wrong_lines(contacts: Contacts) -> list[Condition]:
    return [
        Condition(
            "contacts_wrong",
            f"line {wrong.line}",
            facts={"line": wrong.line, "words_vi": wrong.vi, "words_en": wrong.en},
        )
        for wrong in contacts.wrong
    ]


@contextmanager
def _beside_the_warehouse(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[None]:
    """Lay the release beside the warehouse's tables, if there is one; `published_at` says how old it is."""
    if not settings.snapshot.exists():
        _set(warehouse, "published_at", None)
        yield
        return
    attach_read_only(warehouse, settings.snapshot.resolve(), "published")
    try:
        warehouse.execute("SET VARIABLE published_at = (SELECT as_known_at FROM published.marts.release)")
        for shared in sorted((_SQL / "shared").glob("*.sql")):
            select = shared.read_text(encoding="utf-8")
            warehouse.execute(f"CREATE OR REPLACE TEMP VIEW {shared.stem} AS {select}")
        yield
    finally:
        warehouse.execute("DETACH published")


def _set(warehouse: duckdb.DuckDBPyConnection, name: str, value: Any) -> None:
    warehouse.execute(f"SET VARIABLE {name} = ?", [value])
