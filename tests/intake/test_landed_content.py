"""What is opened in the landing place may be another thing than what was listed there, or far larger."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.answer import answer
from tasks.landing import NotTaken
from tasks.rebuild import rebuild
from tasks.receive import receive
from tests.crash.test_landing_place import meanwhile
from tests.intake.returns import Office, moment, stamp, whole_return
from warehouse.connection import open_warehouse

_TERABYTE = 1 << 40
_ARRIVED, _NOW = moment("2021-04-02"), moment("2021-04-03")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that takes files of up to 100,000 bytes."""
    office = Office(tmp_path)
    office.settings = office.settings.model_copy(update={"max_file_bytes": 100_000})
    office.send(whole_return(tmp_path / "bao-cao.xlsx"), _ARRIVED)
    sparse = Path(office.settings.inbox_url) / "001" / "thua.xlsx"
    sparse.parent.mkdir()
    sparse.touch()
    os.truncate(sparse, _TERABYTE)
    stamp(sparse, _ARRIVED)
    return office


def test_a_file_of_a_terabyte_costs_its_own_verdict_and_no_more_than_the_limit_of_the_disk(
    office: Office,
) -> None:
    outcomes = office.take_in(_NOW)
    with open_warehouse(office.settings.warehouse, office.settings.time_zone) as warehouse:
        answer(warehouse, office.settings)

    assert {o.district_code: o.verdict for o in outcomes} == {"001": "rejected", "003": "accepted"}
    assert office.rows("SELECT size_bytes FROM ledger.submission WHERE district_code = '001'") == [
        (_TERABYTE,)
    ]
    [receipt] = office.settings.answers.glob("001*/*.txt")
    assert "tệp lớn hơn 100.000 byte" in receipt.read_text()
    kept = sorted(path.stat().st_size for path in (office.settings.archive / "files").glob("*/*"))
    assert kept[-1] == 100_001
    assert receive(office.settings, _NOW).arrivals == []


def test_a_file_that_was_too_large_when_it_came_stays_so_when_more_is_allowed(office: Office) -> None:
    office.take_in(_NOW)
    office.settings = office.settings.model_copy(update={"max_file_bytes": 2 * _TERABYTE})

    result = rebuild(office.settings, _NOW)

    assert result.differing == []
    said = "SELECT value FROM ledger.finding WHERE fault = 'unreadable_file'"
    assert office.rows(said) == [("tệp lớn hơn 100.000 byte",)]


def _link(landed: Path, secret: Path) -> None:
    landed.unlink()
    landed.symlink_to(secret)


def _pipe(landed: Path, secret: Path) -> None:
    landed.unlink()
    os.mkfifo(landed)


def _linked_folder(landed: Path, secret: Path) -> None:
    landed.unlink()
    landed.parent.rmdir()
    landed.parent.symlink_to(secret.parent)


def _another(landed: Path, secret: Path) -> None:
    secret.replace(landed)


@pytest.mark.parametrize(
    ("swap", "reason"), [(_link, "link"), (_pipe, "special"), (_linked_folder, "link"), (_another, "growing")]
)
def test_what_is_put_in_a_files_place_after_the_look_is_not_taken(
    tmp_path: Path, swap: Callable[[Path, Path], None], reason: str
) -> None:
    office = Office(tmp_path)
    settings = office.settings.model_copy(update={"arrival_settles": 0.8})
    now = datetime.now(UTC)
    landed = Path(settings.inbox_url) / "001" / "r.xlsx"
    secret = tmp_path / "secret" / "r.xlsx"
    for path, content in ((landed, b"a return"), (secret, b"password" + b"s" * (swap is _another))):
        path.parent.mkdir()
        path.write_bytes(content)
        stamp(path, now)

    with meanwhile(lambda: swap(landed, secret)):
        received = receive(settings, now)

    assert (received.arrivals, received.not_taken) == ([], [NotTaken("001/r.xlsx", reason)])
    assert list((settings.archive).rglob("*.json")) == []
