"""Reading ahead: what is found is the file's that was asked for, whatever was left out before it."""

import io
from pathlib import Path

import openpyxl
import pytest

from schemas.settings import Settings
from tasks.bounded_reading import BoundedReader
from tasks.opening import Found, read_archived
from tasks.reading_ahead import reading_ahead
from tasks.receive import Arrival, archived_arrivals, archived_content, receive
from tests.intake.returns import moment, stamp

LANDED, NOW = moment("2021-04-02"), moment("2021-04-06")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", _env_file=None)


def arrived(settings: Settings, number: int) -> list[Arrival]:
    """So many files of one sheet, which is called by the file's number."""
    folder = Path(settings.inbox_url) / "003"
    folder.mkdir(parents=True)
    for n in range(number):
        book, written = openpyxl.Workbook(), io.BytesIO()
        sheet = book.active
        assert sheet is not None
        sheet.title = f"so {n}"
        sheet.append(["một ô"])
        book.save(written)
        landed = folder / f"{n:03d}.xlsx"
        landed.write_bytes(written.getvalue())
        stamp(landed, LANDED)
    receive(settings, NOW)
    return sorted(archived_arrivals(settings), key=lambda arrival: arrival.file_name)


def test_every_other_file_of_more_than_are_read_ahead(settings: Settings) -> None:
    arrivals = arrived(settings, 70)
    with reading_ahead(settings, arrivals) as ahead:
        found = [ahead.found_in(arrival) for arrival in arrivals[::2]]
        with pytest.raises(IndexError):
            ahead.found_in(arrivals[0])
    assert [[grid.name for grid in grids] for grids in found if isinstance(grids, list)] == [
        [f"so {n}"] for n in range(0, 70, 2)
    ]


def test_a_file_that_is_lost_is_told_of_only_when_it_is_asked_for(settings: Settings) -> None:
    first, second, third, _ = arrivals = arrived(settings, 4)
    for arrival in (first, second):
        content = archived_content(settings, arrival.sha256)
        (stored,) = (f for f in settings.archive.rglob("*") if f.is_file() and f.read_bytes() == content)
        stored.unlink()
    with reading_ahead(settings, arrivals) as ahead:
        with pytest.raises(FileNotFoundError, match=first.sha256):
            ahead.found_in(first)
        assert isinstance(ahead.found_in(third), list)


def test_nothing_is_read_before_it_is_asked_for(settings: Settings) -> None:
    asked: list[Arrival] = []
    arrivals = arrived(settings, 3)
    with reading_ahead(settings, (asked.append(a) or a for a in arrivals)) as ahead:  # type: ignore[func-returns-value]
        assert asked == []
        ahead.found_in(arrivals[0])
    assert asked == arrivals


def test_no_more_is_held_than_one_file_may_have(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Arrival] = []

    def read(arrival: Arrival, settings: Settings, reader: BoundedReader) -> Found:
        begun.append(arrival)
        return read_archived(arrival, settings, reader)

    monkeypatch.setattr("tasks.reading_ahead.read_archived", read)
    arrivals = arrived(settings, 30)
    settings = settings.model_copy(update={"max_cells": 3})  # each of these has one
    with reading_ahead(settings, arrivals) as ahead:
        for asked_for, arrival in enumerate(arrivals, start=1):
            assert isinstance(ahead.found_in(arrival), list)
            assert len(begun) <= asked_for + 3 + 4  # those that are held, and one a reader
        with reading_ahead(settings, arrivals) as again:
            assert isinstance(again.found_in(arrivals[0]), list)  # whoever ends, whatever waits, ends
