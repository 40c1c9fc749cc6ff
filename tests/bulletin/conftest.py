"""The Board's files of a warehouse small enough to read."""

from pathlib import Path

import pytest
from small_warehouse import build_candidate, fill, settings_for

from bulletin.release_files import write_bulletin
from warehouse.connection import open_warehouse


@pytest.fixture(scope="session")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = settings_for(tmp_path_factory.mktemp("bulletin") / "home")
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        fill(warehouse, settings)
        return build_candidate(warehouse, settings, "run-1")


@pytest.fixture(scope="session")
def board(candidate: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of everything that is written for the Board."""
    folder = tmp_path_factory.mktemp("board")
    write_bulletin(candidate, folder, None)
    return folder
