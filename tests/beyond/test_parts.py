"""What workers examined one by one and laid as parts says what examining all of it here says."""

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from schemas.form.form import RETURN, UNIT_CHANGES, Form
from schemas.settings import Settings
from tasks.batch import gather
from tasks.bounded_reading import BoundedReader
from tasks.check import checked_by_register
from tasks.examine import Examined, examine
from tasks.load import dispositions
from tasks.obligations import open_obligations
from tasks.opening import OpenedFile, open_file, register_of
from tasks.parts import from_parquet, to_parquet
from tasks.receive import Arrival
from tests.gallery.test_gallery import GALLERY
from tests.gallery.truth import ARRIVED
from tests.intake.returns import DISTRICT, moment
from tests.register.change_file import FOLDER, change, change_file
from warehouse.connection import open_warehouse

AT = moment(ARRIVED)


@pytest.mark.long
def test_parts_of_the_whole_gallery_say_what_was_examined() -> None:
    assert_alike({name: case.content() for name, case in GALLERY.items()}, DISTRICT, RETURN)


def test_parts_of_unit_changes_say_what_was_examined(tmp_path: Path) -> None:
    rows = [
        change("merged", "00091 Phường Phú Thượng", "00094 Phường Nhật Tân"),
        change("renamed", "00097 Phường Tứ Liên", "00097 Phường Khác", decision_no=None),
    ]
    file = change_file(tmp_path / "changes.xlsx", rows)

    assert_alike({"changes.xlsx": file.read_bytes()}, FOLDER, UNIT_CHANGES)


def assert_alike(files: dict[str, bytes], folder: str, form: Form) -> None:
    opened = open_all(files, folder)
    here = told(examine(gather(opened)))
    apart = told(from_parquet([to_parquet(examine(gather([one]))) for one in opened], form))

    assert here.keys() == apart.keys()
    for name, rows in here.items():
        assert apart[name] == rows, name


def open_all(files: dict[str, bytes], folder: str) -> list[OpenedFile]:
    settings = Settings()
    with open_warehouse(None, settings.time_zone) as warehouse, BoundedReader(settings) as reader:
        register = register_of(warehouse)
        return [
            open_file(arrival(name, file, folder), file, reader, register) for name, file in files.items()
        ]


def arrival(name: str, content: bytes, folder: str) -> Arrival:
    return Arrival(folder, name, AT, hashlib.sha256(content).hexdigest(), len(content), AT)


def told(examined: Examined) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that the register's checks would leave to be loaded, and all that they say of it."""
    settings = Settings()
    with open_warehouse(None, settings.time_zone) as warehouse:
        open_obligations(warehouse, settings, AT)
        with checked_by_register(warehouse, examined, settings) as result:
            frames = {
                "findings": result.findings,
                "verdicts": result.verdicts,
                "repairs": result.repairs,
                "repeats": result.repeats,
                "dispositions": dispositions(examined.batch, result),
            }
            tables = warehouse.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = 'batch' ORDER BY 1"
            ).fetchall()
            staged = {
                name: warehouse.execute(f"FROM batch.{name} ORDER BY ALL").fetchall() for (name,) in tables
            }
    return {name: rows_of(frame) for name, frame in frames.items()} | staged


def rows_of(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    frame = frame.astype(object).where(frame.notna(), None)
    return sorted(frame.itertuples(index=False, name=None), key=str)
