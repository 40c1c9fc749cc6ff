"""Exceptions: records are added to the archive, each written once; every run copies them into the ledger."""

import hashlib
from datetime import datetime
from pathlib import Path

import duckdb
from pydantic import TypeAdapter, ValidationError

from schemas.access import make_home, owners_files
from schemas.exceptions import DamagedRecord, Record, Revocation
from schemas.rows import Row, rows_of
from schemas.settings import Settings
from tasks.shared_folders import bring_archive, give_archive
from tasks.whole_file import write_whole
from warehouse.connection import ddl, open_warehouse
from warehouse.known_register import know_register

_RECORD: TypeAdapter[Record] = TypeAdapter(Record)
_HASH_LETTERS = 8


def record_exception(settings: Settings, record: Record) -> str:
    """Add `record` to the archive; return its id, `<kind>-<8 hex>`, which is computed from its bytes."""
    content = _RECORD.dump_json(record, indent=1)
    exception_id = f"{record.kind}-{_digest(content)}"
    make_home(settings)
    with owners_files():
        write_whole(record_path(settings, exception_id), content)
    give_archive(settings)
    return exception_id


def record_path(settings: Settings, exception_id: str) -> Path:
    """Where the record of that id lies."""
    return _folder(settings) / f"{exception_id}.json"


def recorded_exceptions(settings: Settings) -> dict[str, Record]:
    """Every record of the archive by its id. Raises DamagedRecord when one is not as it was written."""
    return {path.stem: _read(path) for path in sorted(_folder(settings).glob("*.json"))}


def listed_exceptions(settings: Settings, now: datetime) -> list[Row]:
    """The rows of marts.exceptions as of `now`, from the archive alone: no cycle need have run.

    Raises DamagedRecord.
    """
    from warehouse.runner import read_selects  # and with it every published table, which only a list needs

    bring_archive(settings)
    with open_warehouse(None, settings.time_zone) as warehouse:
        load_exceptions(warehouse, settings, now)
        know_register(warehouse, now, settings)
        warehouse.execute("SET VARIABLE as_of = ?", [now])
        return rows_of(warehouse, read_selects()["marts.exceptions"])


def load_exceptions(warehouse: duckdb.DuckDBPyConnection, settings: Settings, now: datetime) -> None:
    """Make ledger.exception equal to the records made by `now`. Raises DamagedRecord."""
    rows = _ledger_rows(recorded_exceptions(settings), now)
    warehouse.begin()
    # Made anew, by its own definition: what an older version of the program made here goes with it.
    warehouse.execute("DROP TABLE IF EXISTS ledger.exception")
    warehouse.execute(ddl("ledger_exception"))
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        warehouse.execute(f"INSERT INTO ledger.exception ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608 - names of our own
    warehouse.commit()


def _ledger_rows(records: dict[str, Record], now: datetime) -> list[dict[str, object]]:
    revoked = {
        record.exception_id: record
        for record in sorted(_revocations(records), key=lambda r: r.revoked_at, reverse=True)
        if record.revoked_at <= now
    }
    return [
        {"exception_id": exception_id, **record.model_dump(), **_ending(revoked.get(exception_id))}
        for exception_id, record in records.items()
        if not isinstance(record, Revocation) and record.granted_at <= now
    ]


def _revocations(records: dict[str, Record]) -> list[Revocation]:
    return [record for record in records.values() if isinstance(record, Revocation)]


def _ending(revocation: Revocation | None) -> dict[str, object]:
    if revocation is None:
        return {}
    return {
        "revoked_at": revocation.revoked_at,
        "revoked_by": revocation.revoked_by,
        "revocation_reason": revocation.reason,
    }


def _read(path: Path) -> Record:
    content = path.read_bytes()
    if not path.stem.endswith(f"-{_digest(content)}"):
        raise DamagedRecord(path, "its bytes do not give its name")
    try:
        return _RECORD.validate_json(content)
    except ValidationError as wrong:
        raise DamagedRecord(path, str(wrong)) from wrong


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_HASH_LETTERS]


def _folder(settings: Settings) -> Path:
    return settings.archive / "exceptions"
