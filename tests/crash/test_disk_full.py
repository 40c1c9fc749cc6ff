"""A disk that runs full at different points of a cycle: said, nothing half-written counts, nothing lost."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.run_record import recorded_run
from schemas.settings import Settings
from tasks.answer import answer
from tasks.damage import warehouse_made_sound
from tasks.disk import DiskFull, disk_full_named
from tasks.ingest import Outcome, ingest
from tasks.lock import writer_lock
from tasks.obligations import open_obligations
from tasks.receive import receive
from tests.intake.returns import Office, moment, whole_return
from warehouse.connection import open_warehouse

_NOW = moment("2021-04-06")
_MEGABYTE = 1 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", mounted]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    yield mounted
    subprocess.run(["umount", mounted], check=True)


def take_in(settings: Settings) -> list[Outcome]:
    """What a cycle does up to the answers, in its order and under its guards."""
    with (
        disk_full_named(settings),
        writer_lock(settings, "cycle"),
        warehouse_made_sound(settings),
        open_warehouse(settings.warehouse, settings.time_zone) as warehouse,
        recorded_run(warehouse, settings, _NOW) as report,
    ):
        open_obligations(warehouse, settings, _NOW)
        receive(settings, _NOW)
        report.outcomes = ingest(warehouse, settings, _NOW, report.run_id)
        answer(warehouse, settings)
        report.outcome = "unchanged"
    return report.outcomes


def leave_room(disk: Path, room: int) -> Path:
    """Fill the disk up to so many bytes."""
    ballast = disk / "ballast"
    usage = subprocess.run(["stat", "-f", "-c", "%a %S", disk], capture_output=True, text=True, check=True)
    blocks, size = map(int, usage.stdout.split())
    with ballast.open("wb") as file:
        file.write(bytes(max(0, blocks * size - room)))
    return ballast


def test_a_full_disk_is_named_and_once_there_is_room_nothing_is_missing(small_disk: Path) -> None:
    office = Office(small_disk)
    office.send(whole_return(small_disk / "r.xlsx"), moment("2021-04-02"))
    said = []
    for room in (0, _MEGABYTE // 16, _MEGABYTE // 4, _MEGABYTE):
        ballast = leave_room(small_disk, room)
        try:
            take_in(office.settings)
        except DiskFull as full:
            said.append(str(full).partition(" đã đầy")[0])
        ballast.unlink()

    take_in(office.settings)

    assert len(said) >= 2
    assert set(said) == {f"Đĩa chứa {office.settings.home}"}
    assert office.rows("SELECT verdict FROM ledger.submission") == [("accepted",)]
    assert [path.name[:4] for path in office.settings.answers.rglob("*.txt")] == ["003-"]
    unaccounted = office.rows(
        """
        SELECT source_sheet FROM ledger.sheet LEFT JOIN ledger.source_row USING (submission_id, source_sheet)
        GROUP BY ALL HAVING any_value(rows_in_file) <> count(source_row)
        """
    )
    assert unaccounted == []
    outcomes = office.rows("SELECT outcome, count(*) FROM ledger.run GROUP BY ALL ORDER BY ALL")
    assert outcomes[-1][0] == "unchanged"
