"""The ledger of alerts: `<home>/alerts.duckdb`, under a lock of its own."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

import warehouse
from schemas.access import OWNERS_FILE, make_home, owners_files
from schemas.alerts import causes
from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.alert.condition import Change, Condition
from tasks.damage import kept_aside, settle_database

_SQL = Path(warehouse.__file__).parent / "alert_ledger"
_WAIT_SECONDS = 60.0
# What clocks of an office's machines may be apart.
_TOLERANCE = timedelta(minutes=5)
_CHANGED = "INSERT OR REPLACE INTO alert BY NAME SELECT * EXCLUDE (change) FROM change"


class AlertsBusy(RuntimeError):  # noqa: N818 - a state of the world, not an error of ours
    """Another process is sending alerts and did not finish in time."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            f"Tiến trình khác đang gửi thông báo ({settings.alerts}); lần chạy sau sẽ làm tiếp\n"
            f"Another process is sending alerts ({settings.alerts}); the next run goes on"
        )


@contextmanager
def open_ledger(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the ledger, alone, creating it when it is not there; one that is damaged is kept aside first.

    A new one tells again of all that stands: better twice than never. Raises AlertsBusy when another process
    holds it for a minute.
    """
    make_home(settings)
    lock = FileLock(settings.alerts.with_suffix(".lock"), mode=OWNERS_FILE)
    try:
        lock.acquire(timeout=_WAIT_SECONDS)
    except Timeout as busy:
        raise AlertsBusy(settings) from busy
    try:
        with owners_files(), _connected(settings) as ledger:
            # Mail addresses are in it.
            settings.alerts.chmod(OWNERS_FILE)
            ledger.execute("SET TimeZone = ?", [settings.time_zone])
            ledger.execute(statement("tables"))
            yield ledger
    finally:
        lock.release()


def _connected(settings: Settings) -> duckdb.DuckDBPyConnection:
    try:
        settle_database(settings, settings.alerts)
        return duckdb.connect(str(settings.alerts))
    except duckdb.IOException as refused:
        # Somebody looks into the file with a program that knows nothing of our lock.
        if "Conflicting lock" in str(refused):
            raise AlertsBusy(settings) from refused
        raise


@contextmanager
def one_transaction(ledger: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of the block is kept, or nothing of it."""
    ledger.begin()
    try:
        yield
    except BaseException:
        ledger.rollback()
        raise
    ledger.commit()


def decide(
    ledger: duckdb.DuckDBPyConnection, moment: datetime, evaluated: list[str], conditions: Iterable[Condition]
) -> tuple[Change, ...]:
    """Open, hold or close every alert of the evaluated causes; return what became of each."""
    told_apart = [asdict(condition) for condition in conditions if condition.cause in evaluated]
    _set(ledger, moment=moment, evaluated=evaluated, conditions=json.dumps(told_apart, default=str))
    ledger.execute(f"CREATE OR REPLACE TEMP TABLE change AS {statement('change')}")
    ledger.execute(_CHANGED)
    ledger.execute(
        "INSERT OR REPLACE INTO evaluation SELECT unnest(getvariable('evaluated')), getvariable('moment')"
    )
    columns = "change, alert_id, cause, subject, district_code"
    return tuple(Change(*row) for row in ledger.execute(f"SELECT {columns} FROM change").fetchall())  # noqa: S608


def due_notices(
    ledger: duckdb.DuckDBPyConnection, moment: datetime, evaluated: list[str]
) -> list[dict[str, Any]]:
    """Who is owed which word of the evaluated causes: cause, audience, stage and the alert with its facts."""
    tellings = [
        {
            "cause": cause.name,
            "audience": telling.audience,
            "position": position,
            "after_days": telling.after_days,
            "repeat_days": telling.repeat_days,
            "has_closing": bool(telling.closing_vi),
            "is_once": cause.is_once,
            "yields_to": cause.yields_to,
        }
        for position, cause in enumerate(causes().values())
        for telling in cause.tellings
    ]
    _set(ledger, moment=moment, evaluated=evaluated, tellings=json.dumps(tellings))
    return [row | {"facts": json.loads(row["facts"])} for row in rows_of(ledger, statement("due_notice"))]


def not_before(
    ledger: duckdb.DuckDBPyConnection, moment: datetime, clock: datetime, names: Iterable[str]
) -> list[str]:
    """Those causes that were not evaluated for a later moment already: the past raises no alarm.

    What was evaluated later than the clock, which was put back since, does not count.
    """
    later = ledger.execute(
        "SELECT cause FROM evaluation WHERE evaluated_at > ? AND evaluated_at <= ?",
        [moment, clock + _TOLERANCE],
    ).fetchall()
    return [name for name in names if (name,) not in later]


def is_ahead(moment: datetime, clock: datetime) -> bool:
    """Whether `moment` is yet to come: what would hold then is no cause for alarm now."""
    return moment > clock + _TOLERANCE


def undelivered(ledger: duckdb.DuckDBPyConnection, moment: datetime) -> list[Condition]:
    """The channels and districts that could not be reached for a day."""
    _set(ledger, moment=moment)
    return [condition_of("undelivered", row) for row in rows_of(ledger, statement("undelivered"))]


def damaged(settings: Settings) -> list[Condition]:
    """Every damaged file that still lies aside, for whichever reason it was put there."""
    names = [path.name for path in kept_aside(settings)]
    return [Condition("file_damaged", name, facts={"name": name}) for name in names]


def forget(ledger: duckdb.DuckDBPyConnection, settings: Settings, moment: datetime) -> None:
    """Blank addressee and words of every message that was sent, or withdrawn, longer ago than is kept."""
    _set(ledger, moment=moment, kept_days=settings.messages_kept_days)
    ledger.execute(statement("forget"))


def condition_of(cause: str, row: dict[str, Any]) -> Condition:
    """A row of a cause's SELECT as a condition; whatever is no field of its own is a fact."""
    own = {name: row[name] for name in ("subject", "district_code", "news", "is_simulated")}
    facts = {name: value for name, value in row.items() if name not in ("subject", "news", "is_simulated")}
    return Condition(cause=cause, facts=facts, **own)


def statement(name: str) -> str:
    """The text of `warehouse/alert_ledger/<name>.sql`."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def _set(ledger: duckdb.DuckDBPyConnection, **variables: Any) -> None:
    for name, value in variables.items():
        ledger.execute(f"SET VARIABLE {name} = ?", [value])
