"""One home with three releases for all tests, and copies of it to tamper with."""

import shutil
from pathlib import Path

import pytest

from schemas.settings import Settings
from tests.made_once import made_once
from tests.small_warehouse import settings_for
from tests.verify.proven import Proven, prove


@pytest.fixture(scope="session")
def proven(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Proven:
    """The home, and the submission's id of each file that was sent. Not to be changed."""
    home, sent = made_once(shared / "proven", prove)
    # Who verifies holds the home's lock: each process has a home of its own.
    own = shutil.copytree(shared / "proven", tmp_path_factory.mktemp("proven") / "copy", symlinks=True)
    return own / Path(home).name, sent


@pytest.fixture
def settings(proven: Proven, tmp_path: Path) -> Settings:
    """A copy of the home, to be tampered with."""
    home, _ = proven
    return settings_for(Path(shutil.copytree(home, tmp_path / "home", symlinks=True)))
