"""Opening ahead: what is opened is the file's that was asked for, whatever was left out before it."""

import io
from pathlib import Path

import openpyxl
import pytest

from schemas.settings import Settings
from tasks.bounded_reading import BoundedReader
from tasks.opening import OpenedFile, Register, open_archived
from tasks.opening_ahead import opening_ahead
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


def test_every_other_file_of_more_than_are_opened_ahead(settings: Settings) -> None:
    arrivals = arrived(settings, 70)
    with opening_ahead(settings, arrivals, {}) as ahead:
        found = [ahead.opened(arrival) for arrival in arrivals[::2]]
        with pytest.raises(IndexError):
            ahead.opened(arrivals[0])
    assert [[sheet.grid.name for sheet in file.sheets] for file in found] == [
        [f"so {n}"] for n in range(0, 70, 2)
    ]


def test_a_file_that_is_lost_is_told_of_only_when_it_is_asked_for(settings: Settings) -> None:
    first, second, third, _ = arrivals = arrived(settings, 4)
    for arrival in (first, second):
        content = archived_content(settings, arrival.sha256)
        (stored,) = (f for f in settings.archive.rglob("*") if f.is_file() and f.read_bytes() == content)
        stored.unlink()
    with opening_ahead(settings, arrivals, {}) as ahead:
        with pytest.raises(FileNotFoundError, match=first.sha256):
            ahead.opened(first)
        assert ahead.opened(third).sheets


def test_nothing_is_opened_before_it_is_asked_for(settings: Settings) -> None:
    asked: list[Arrival] = []
    arrivals = arrived(settings, 3)
    with opening_ahead(settings, (asked.append(a) or a for a in arrivals), {}) as ahead:  # type: ignore[func-returns-value]
        assert asked == []
        ahead.opened(arrivals[0])
    assert asked == arrivals


def test_no_more_is_held_than_one_file_may_have(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Arrival] = []

    def begin(arrival: Arrival, settings: Settings, reader: BoundedReader, register: Register) -> OpenedFile:
        begun.append(arrival)
        return open_archived(arrival, settings, reader, register)

    monkeypatch.setattr("tasks.opening_ahead.open_archived", begin)
    arrivals = arrived(settings, 30)
    settings = settings.model_copy(update={"max_cells": 3})  # each of these has one
    with opening_ahead(settings, arrivals, {}) as ahead:
        for asked_for, arrival in enumerate(arrivals, start=1):
            assert ahead.opened(arrival).sheets
            assert len(begun) <= asked_for + 3 + 4  # those that are held, and one a reader
        with opening_ahead(settings, arrivals, {}) as again:
            assert again.opened(arrivals[0]).sheets  # whoever ends, whatever waits, ends
