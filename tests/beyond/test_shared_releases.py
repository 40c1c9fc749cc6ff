"""A second machine takes over what the first one released; a chain that forked is told."""

import shutil
from pathlib import Path

import pytest

from flows.published import open_published
from schemas.settings import Settings
from schemas.sharing import ChainForked
from tasks.checkup_result import Level
from tasks.shared_folders import bring_archive, give_archive
from tasks.shared_releases import bring_releases, give_release
from tasks.verify.verify import verify_home
from tests.demonstration import Demo


@pytest.fixture
def first(copied_home: Path, tmp_path: Path) -> Settings:
    """The home of the demonstration, all of it shared."""
    settings = sharing(copied_home, tmp_path)
    give_archive(settings)
    give_release(settings)
    return settings


def sharing(home: Path, place: Path) -> Settings:
    return Settings(home=home, archive_url=f"{place}/archive", published_url=f"{place}/published")


def bring(settings: Settings) -> None:
    bring_archive(settings)
    bring_releases(settings)


def test_a_fresh_machine_shows_the_last_release(first: Settings, tmp_path: Path) -> None:
    second = sharing(tmp_path / "second", tmp_path)

    bring(second)

    with open_published(second.snapshot) as reader:
        assert reader.execute("SELECT max(period) FROM countdown").fetchall() == [("2021-04",)]
    assert [folder.name for folder in second.releases.iterdir()] == [first.published.resolve().name]
    wanting = {check.name for check in verify_home(second) if check.level is not Level.OK}
    # Its warehouse is taken from the lake or the archive, and answers are written anew, by its first cycle.
    assert {name for name in wanting if not name.startswith("answers/")} == {
        "bản phát hành / releases",
        "warehouse.duckdb",
    }


def test_a_machine_that_was_behind_has_every_release(first: Settings, demo: Demo, tmp_path: Path) -> None:
    second = sharing(tmp_path / "second", tmp_path)
    earlier, latest = demo.releases()
    shutil.copytree(earlier, second.releases / earlier.name)
    second.published.symlink_to(second.releases / earlier.name)

    bring(second)

    assert second.published.resolve() == second.releases / latest.name
    assert sorted(folder.name for folder in second.releases.iterdir()) == [earlier.name, latest.name]


def test_a_chain_that_forked_is_told(first: Settings, tmp_path: Path) -> None:
    last = max((Path(str(first.archive_url)) / "manifests").iterdir())
    last.write_bytes(last.read_bytes() + b" ")

    with pytest.raises(ChainForked, match=r"manifests/000002\.json"):
        bring(first)
