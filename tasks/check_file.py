"""The dry run: one file through the production checks, against the register alone, with no warehouse."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from schemas.form.form import UNIT_CHANGES
from schemas.form.sheets import INFO
from schemas.form.unit_changes import UNIT_CHANGE
from schemas.settings import Settings
from tasks.batch import gather
from tasks.bounded_reading import BoundedReader
from tasks.check import checked
from tasks.load import dispositions
from tasks.obligations import open_obligations
from tasks.opening import OpenedFile, Register, opened_as, read_file, register_of
from tasks.receive import Arrival
from tasks.recognise import recognise
from tasks.repair import repair
from warehouse.connection import open_warehouse, query


@dataclass(frozen=True)
class CheckedFile:
    """What a submission of this file would be told; `content` and `opened` are the file as it was judged.

    `district`: its code and name, as they are shown; `findings`: form_sheet, source_sheet, source_row, cell,
    fault, severity, value, expected, remedy_vi, remedy_en, source; `rows`: source_sheet, source_row, state,
    detail; `repairs`: source_sheet, cell, method, original, result.
    """

    content: bytes
    opened: OpenedFile
    verdict: str
    district: str
    is_simulated: bool
    findings: pd.DataFrame
    rows: pd.DataFrame
    repairs: pd.DataFrame


def check_file(
    path: Path, settings: Settings, now: datetime, reader: BoundedReader, district_code: str | None = None
) -> CheckedFile:
    """Check one file as if it arrived at `now` in the folder of `district_code` (default: the one it names).

    Rules that need earlier returns (baseline, reopened, carry-over) have nothing to be held against here.
    Raises FileNotFoundError when there is no such file.
    """
    with open_warehouse(None, settings.time_zone) as warehouse:
        open_obligations(warehouse, settings, now)
        content = path.read_bytes()
        arrival = _arrival(path.name, content, now, district_code or "")
        opened = _open(arrival, content, reader, register_of(warehouse))
        batch = gather([opened])
        with checked(warehouse, batch, settings) as result:
            return CheckedFile(
                content=content,
                opened=opened,
                verdict=str(result.verdicts["verdict"].iloc[0]),
                district=_shown(warehouse, opened.arrival.district_code),
                is_simulated=bool(batch.submissions["is_simulated"].iloc[0]),
                findings=result.findings,
                rows=dispositions(batch, result),
                repairs=result.repairs,
            )


def _arrival(name: str, content: bytes, now: datetime, district_code: str) -> Arrival:
    return Arrival(district_code, name, now, hashlib.sha256(content).hexdigest(), len(content), now)


def _open(arrival: Arrival, content: bytes, reader: BoundedReader, register: Register) -> OpenedFile:
    found = read_file(content, reader)
    opened = opened_as(arrival, found, register)
    if arrival.district_code or opened.unreadable is not None:
        return opened
    return opened_as(replace(arrival, district_code=_folder_of(opened)), found, register)


def _shown(warehouse: duckdb.DuckDBPyConnection, district_code: str) -> str:
    known = warehouse.execute(query("district_name"), [district_code]).fetchone()
    return " ".join([district_code, *(known or ())])


def _folder_of(opened: OpenedFile) -> str:
    """The folder of the inbox it would land in: that of unit change files, or of the district it names."""
    changes = recognise([sheet.grid for sheet in opened.sheets], UNIT_CHANGES)
    if any(sheet.form is UNIT_CHANGE for sheet in changes):
        return UNIT_CHANGES.folder
    codes = repair(INFO, gather([opened]).raw[INFO.table]).rows["district_code"].dropna()
    return str(codes.iloc[0]) if len(codes) else ""
