"""Hostile files: each costs its own verdict, with a reason its clerk can act on, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.settings import Settings
from tasks.bounded import BoundedProcess
from tasks.bounded_child import ProcessLimits
from tasks.bounded_reading import BoundedReader
from tasks.read_limits import UnreadableFileError
from tests.campaigns import hostile_zips as zips
from tests.campaigns.hostile_files import HOSTILE_FILES, Hostile
from tests.intake.returns import Office, moment, whole_return

_SMALL = [hostile for hostile in HOSTILE_FILES if hostile.is_small]
_REFUSED = [hostile for hostile in _SMALL if hostile.says]
_READ = [hostile for hostile in _SMALL if not hostile.says]
_BY_KIND = {hostile.kind: hostile for hostile in HOSTILE_FILES}


@pytest.fixture(scope="module")
def reader() -> Iterator[BoundedReader]:
    with BoundedReader(Settings(_env_file=None)) as reader:
        yield reader


@pytest.mark.parametrize("hostile", _REFUSED, ids=lambda hostile: hostile.kind)
def test_a_hostile_file_is_refused_with_its_reason(reader: BoundedReader, hostile: Hostile) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        reader.read(hostile.build())

    assert hostile.says in str(refused.value)


@pytest.mark.parametrize("hostile", _READ, ids=lambda hostile: hostile.kind)
def test_what_is_harmless_to_a_reader_is_read_as_data(reader: BoundedReader, hostile: Hostile) -> None:
    clean = {grid.name: grid.rows for grid in reader.read(zips.clean())}
    read = {grid.name: grid.rows for grid in reader.read(hostile.build())}

    assert list(read) == list(clean)
    # Names of parts, macros and merged cells add nothing; the formula is one more row, with its text.
    added = {name: [row[0] for row in rows[len(clean[name]) :]] for name, rows in read.items()}
    formulas = ["=cmd|'/c calc'!A0"] if hostile.kind == "formula that starts a program" else []
    assert [cell for cells in added.values() for cell in cells] == formulas


@pytest.mark.parametrize(
    ("limits", "content", "reason"),
    [
        ({"max_cpu_seconds": 1}, zips.million_columns, "đọc lâu hơn 1 giây; hãy bỏ các biểu, dòng, cột"),
        ({"max_text_bytes": 5_000}, zips.clean, "chữ trong các ô nhiều hơn 5.000 byte; hãy bỏ"),
        ({"max_memory_bytes": 99_000_000}, zips.repeated_string, "cần hơn 99.000.000 byte bộ nhớ"),
        ({"max_sheets": 6}, zips.clean, "nhiều hơn 6 biểu"),
        ({"max_cells": 100}, zips.clean, "nhiều hơn 100 ô"),
        ({"max_unpacked_bytes": 9_000}, zips.clean, "nội dung giải nén lớn hơn 9.000 byte"),
    ],
    ids=["time", "text", "memory", "sheets", "cells", "unpacked"],
)
def test_every_limit_is_a_setting_and_is_named(limits, content, reason: str) -> None:
    with (
        BoundedReader(Settings(_env_file=None, **limits)) as reader,
        pytest.raises(UnreadableFileError) as refused,
    ):
        reader.read(content())

    assert reason in str(refused.value)


def test_what_ends_the_reader_costs_one_verdict_and_the_rest_of_the_batch_is_taken(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.send(whole_return(tmp_path / "bao-cao.xlsx"), moment("2021-04-02"))
    for district, kind in (("001", "an .xls with a cell at IV65536"), ("009", "billion laughs")):
        (tmp_path / "r").write_bytes(_BY_KIND[kind].build())
        office.send(tmp_path / "r", moment("2021-04-02"), district)

    outcomes = office.take_in(moment("2021-04-03"))

    assert {outcome.district_code: outcome.verdict for outcome in outcomes} == {
        "001": "rejected",
        "003": "accepted",
        "009": "rejected",
    }


def test_a_reader_that_stops_says_so_in_vietnamese_and_logs_its_error(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = ProcessLimits(memory_bytes=500_000_000, cpu_seconds=5, answer_bytes=1_000)
    with BoundedProcess("tests.intake.planted_job", limits, {}) as planted:
        reader = BoundedReader(Settings(_env_file=None))
        monkeypatch.setattr(reader, "perform", planted.perform)
        with pytest.raises(UnreadableFileError) as refused:
            reader.read(b"raise here")

    assert str(refused.value) == (
        "chương trình đọc tệp dừng giữa chừng; hãy mở tệp bằng Excel, lưu lại thành .xlsx rồi gửi lại"
    )
    assert "KeyError: 'here'" in caplog.text
