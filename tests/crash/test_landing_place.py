"""What offices, their programs and ill will leave in the landing place: taken, or named with the reason."""

import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsspec
import pytest

from schemas.settings import Settings
from tasks.answer import answer
from tasks.ingest import ingest
from tasks.landing import NotTaken
from tasks.receive import archived_arrivals, receive
from tests.intake.returns import Office, moment, stamp
from warehouse.connection import open_warehouse

_NOBODY = 65534
_ARRIVED, _NOW = moment("2021-04-02"), moment("2021-04-06")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def folder(office: Office) -> Path:
    """The landing folder of Quận Ba Đình."""
    made = Path(office.settings.inbox_url) / "001"
    made.mkdir()
    return made


def land(folder: Path, name: str, content: bytes = b"no workbook", at: datetime = _ARRIVED) -> Path:
    landed = folder / name
    folder.mkdir(exist_ok=True)
    landed.write_bytes(content)
    stamp(landed, at)
    return landed


def test_links_pipes_sockets_and_devices_are_named_and_never_opened(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    land(folder, "r.xlsx")
    (folder / "a-passwd.xlsx").symlink_to("/etc/passwd")
    (folder / "b-loop").symlink_to(folder)
    (folder / "c-nowhere.xlsx").symlink_to("d.xlsx")
    os.mkfifo(folder / "e-pipe.xlsx")
    monkeypatch.chdir(folder)  # the path of a socket has 107 bytes at most
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("f-socket.xlsx")
    land(folder, ".r.xlsx.Xy12")

    received = receive(office.settings, _NOW)

    assert [arrival.file_name for arrival in received.arrivals] == ["r.xlsx"]
    assert received.not_taken == [
        NotTaken("001/.r.xlsx.Xy12", "temporary"),
        NotTaken("001/a-passwd.xlsx", "link"),
        NotTaken("001/b-loop", "link"),
        NotTaken("001/c-nowhere.xlsx", "link"),
        NotTaken("001/e-pipe.xlsx", "special"),
        NotTaken("001/f-socket.xlsx", "special"),
    ]
    archived = [path.read_bytes() for path in (office.settings.archive / "files").glob("*/*")]
    assert archived == [b"no workbook"]


def test_a_device_is_no_file(office: Office, folder: Path) -> None:
    try:
        os.mknod(folder / "null.xlsx", 0o020666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("only root makes devices")

    assert receive(office.settings, _NOW).not_taken == [NotTaken("001/null.xlsx", "special")]


def test_whatever_a_file_is_called_it_gets_its_verdict_and_its_answer_in_its_place(
    office: Office, folder: Path
) -> None:
    names = {
        b"\x1b[2Jxoa man hinh.xlsx": "\x1b[2Jxoa man hinh.xlsx",
        b"hai\ndong.xlsx": "hai\ndong.xlsx",
        "bao cao \u202excod.xlsx".encode(): "bao cao \u202excod.xlsx",
        b"b\xe1o c\xe1o.xlsx": "b\\xe1o c\\xe1o.xlsx",
        "báo cáo.xlsx".encode(): "báo cáo.xlsx",
        "ba\u0301o ca\u0301o.xlsx".encode(): "ba\u0301o ca\u0301o.xlsx",
        b"=cmd|'calc'!A0.xlsx": "=cmd|'calc'!A0.xlsx",
        b"x" * 250 + b".xlsx": "x" * 250 + ".xlsx",
    }
    # Each in a district of its own: they are judged together then.
    for number, name in enumerate(names, 2):
        land(folder.with_name(f"00{number}"), os.fsdecode(name), content=name)
    (folder / "bao-cao.xlsx").mkdir()
    land(folder / "bao-cao.xlsx", "trong thư mục.xlsx")

    outcomes = office.take_in(_NOW)
    with open_warehouse(office.settings.warehouse, office.settings.time_zone) as warehouse:
        answered = answer(warehouse, office.settings)

    expected = {*names.values(), "bao-cao.xlsx/trong thư mục.xlsx"}
    assert {outcome.file_name for outcome in outcomes} == expected
    assert {outcome.verdict for outcome in outcomes} == {"rejected"}
    assert {path.parent.parent for path in answered} == {office.settings.answers}
    assert len(answered) == len(expected)
    assert {arrival.file_name for arrival in archived_arrivals(office.settings)} == expected
    assert receive(office.settings, _NOW).arrivals == []


def test_a_folder_with_as_long_a_name_as_a_disk_takes_is_nobodys_and_answered(
    office: Office, folder: Path
) -> None:
    land(folder.with_name("9" * 255), "r.xlsx")

    [outcome] = office.take_in(_NOW)
    with open_warehouse(office.settings.warehouse, office.settings.time_zone) as warehouse:
        [answered] = answer(warehouse, office.settings)

    assert (outcome.district_code, outcome.file_name) == ("", f"{'9' * 255}/r.xlsx")
    assert len(os.fsencode(answered.name)) < 255


def test_a_folder_that_cannot_be_a_districts_leads_nowhere(tmp_path: Path) -> None:
    store = fsspec.filesystem("memory")
    store.store.clear()
    store.pipe({"/landing/../x.xlsx": b"up", "/landing/a\x1bb/y.xlsx": b"escape"})
    settings = Settings(home=tmp_path / "home", inbox="memory://landing", _env_file=None)
    now = datetime.now(UTC) + timedelta(seconds=1)

    arrivals = receive(settings.model_copy(update={"arrival_settles": 0.0}), now).arrivals
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        ingest(warehouse, settings, now, "test-run")
        answered = answer(warehouse, settings)
    store.store.clear()

    assert {(a.district_code, a.file_name) for a in arrivals} == {("", "../x.xlsx"), ("", "a\x1bb/y.xlsx")}
    assert {path.parent for path in answered} == {settings.answers}


def test_a_file_that_is_still_written_to_is_taken_whole_by_the_next_cycle(
    office: Office, folder: Path
) -> None:
    settings = office.settings.model_copy(update={"arrival_settles": 0.8})
    (folder / "cham.xlsx").write_bytes(b"first half, ")
    (folder / "xong.xlsx").write_bytes(b"whole")

    def write_on() -> None:
        with (folder / "cham.xlsx").open("ab") as growing:
            growing.write(b"second half")

    with meanwhile(write_on):
        first = receive(settings, datetime.now(UTC))
    second = receive(settings, datetime.now(UTC))

    assert [arrival.file_name for arrival in first.arrivals] == ["xong.xlsx"]
    assert first.not_taken == [NotTaken("001/cham.xlsx", "growing")]
    assert [(a.file_name, a.size_bytes) for a in second.arrivals] == [("cham.xlsx", 23)]


def test_a_file_that_is_removed_before_it_is_read_is_said(office: Office, folder: Path) -> None:
    settings = office.settings.model_copy(update={"arrival_settles": 0.8})
    (folder / "bo.xlsx").write_bytes(b"withdrawn")

    with meanwhile((folder / "bo.xlsx").unlink):
        received = receive(settings, datetime.now(UTC))

    assert (received.arrivals, received.not_taken) == ([], [NotTaken("001/bo.xlsx", "gone")])
    assert list(office.settings.archive.rglob("*.json")) == []


def test_a_file_from_the_future_waits_and_is_named(office: Office, folder: Path) -> None:
    now = datetime.now(UTC)
    land(folder, "mai.xlsx", at=now + timedelta(days=1))

    received = receive(office.settings, now)

    assert (received.arrivals, received.not_taken) == ([], [NotTaken("001/mai.xlsx", "future")])


def test_what_may_not_be_read_is_named_and_what_may_is_taken_from_a_read_only_place() -> None:
    base = Path(tempfile.mkdtemp(prefix="scheme21-"))
    settings = Settings(home=base / "home", inbox=str(base / "inbox"), _env_file=None)
    for code in ("001", "002"):
        (base / "inbox" / code).mkdir(parents=True)
        land(base / "inbox" / code, "r.xlsx")
    land(base / "inbox" / "001", "kin.xlsx").chmod(0)
    for place, mode in (
        ("home", 0o777),
        ("inbox/002", 0o311),
        ("inbox/001", 0o555),
        ("inbox", 0o555),
        (".", 0o755),
    ):
        (base / place).mkdir(exist_ok=True)
        (base / place).chmod(mode)

    with as_nobody():
        received = receive(settings, _NOW)
    shutil.rmtree(base)

    assert [(a.district_code, a.file_name) for a in received.arrivals] == [("001", "r.xlsx")]
    assert received.not_taken == [NotTaken("002", "unreadable"), NotTaken("001/kin.xlsx", "unreadable")]


@contextmanager
def meanwhile(act: Callable[[], object]) -> Iterator[None]:
    """Act a moment after the block has begun."""
    timer = threading.Timer(0.3, act)
    timer.start()
    yield
    timer.join()
    time.sleep(0.01)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root reads everything: be someone else in the block."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
