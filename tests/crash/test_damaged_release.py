"""A published release that was altered is kept aside, and readers are led to one that is whole."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from flows.published import open_published
from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.damaged_release import is_whole, settle_published


@pytest.fixture
def settings(copied_home: Path) -> Settings:
    """The releases of 2021-03 and 2021-04; the later one is published."""
    return Settings(home=copied_home, _env_file=None)


def latest_period(settings: Settings) -> str:
    with open_published(settings.snapshot) as reader:
        (release,) = rows_of(reader, "SELECT latest_period FROM release")
    return str(release["latest_period"])


def alter(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["scheme21.duckdb", "index.html", "manifest.json"])
def test_readers_are_led_to_the_earlier_release_when_a_file_was_altered(
    settings: Settings, name: str
) -> None:
    assert latest_period(settings) == "2021-04"
    altered = settings.published.resolve()
    if name == "manifest.json":
        (altered / name).write_bytes(b"")
    else:
        alter(altered / name)

    (kept,) = settle_published(settings)

    assert latest_period(settings) == "2021-03"
    assert is_whole(settings.published)
    assert kept.parent == settings.home / "damaged"
    assert kept.name.startswith(altered.name)
    assert (kept / name).exists()
    assert settle_published(settings) == []


def test_where_no_release_is_whole_nothing_is_published(settings: Settings) -> None:
    for folder in settings.releases.iterdir():
        alter(folder / "scheme21.duckdb")

    (kept,) = settle_published(settings)

    assert not settings.snapshot.exists()
    assert not settings.published.is_symlink()
    assert (kept / "scheme21.duckdb").exists()


def test_a_journal_beside_the_published_tables_is_taken_from_the_readers(settings: Settings) -> None:
    published = settings.published.resolve()
    (published / "scheme21.duckdb.wal").write_bytes(b"of somebody who opened it for writing")

    (kept,) = settle_published(settings)

    assert kept.name.startswith("scheme21.duckdb-")
    assert kept.read_bytes() == b"of somebody who opened it for writing"
    assert settings.published.resolve() == published
    assert is_whole(published)


def test_a_published_release_that_is_gone_leads_readers_to_an_earlier_one(settings: Settings) -> None:
    shutil.rmtree(settings.published.resolve())

    assert settle_published(settings) == []

    assert latest_period(settings) == "2021-03"
    assert is_whole(settings.published)


def test_where_every_release_is_gone_nothing_is_published(settings: Settings) -> None:
    for folder in settings.releases.iterdir():
        shutil.rmtree(folder)

    assert settle_published(settings) == []

    assert not settings.published.is_symlink()


def test_a_file_that_cannot_be_read_makes_its_release_damaged(settings: Settings) -> None:
    page = settings.published.resolve() / "index.html"
    page.unlink()
    page.mkdir()

    (kept,) = settle_published(settings)

    assert (kept / "index.html").is_dir()
    assert latest_period(settings) == "2021-03"


@pytest.mark.parametrize(
    ("number", "whole"), [(errno.EIO, False), (errno.EACCES, False), (errno.EMFILE, None)]
)
def test_a_disk_that_fails_is_damage_and_a_machine_short_of_something_is_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, number: int, whole: bool | None
) -> None:
    def fail(_path: Path) -> bytes:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "read_bytes", fail)

    if whole is None:
        with pytest.raises(OSError, match="Too many open files"):
            is_whole(settings.published)
    else:
        assert is_whole(settings.published) is whole
