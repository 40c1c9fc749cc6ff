"""A cluster that cannot be used is told in words, whatever is wrong with it."""

import sys
from datetime import datetime
from pathlib import Path

import pytest

from flows.prefect_server import free_port
from schemas.settings import Settings
from schemas.sharing import ClusterLost, NotInstalled
from tasks import workers
from tasks.opening_ahead import opening_ahead
from tasks.receive import Arrival
from tasks.workers import examined
from tests.beyond.conftest import home_on
from tests.beyond.dask_cluster import running_cluster
from tests.beyond.seaweed import bare_with
from tests.intake.returns import HANOI

TAKEN = datetime(2021, 4, 3, tzinfo=HANOI)
ARRIVAL = Arrival("003", "r.xlsx", TAKEN, "a" * 64, 10, TAKEN)


def examine_on(address: str, home: Path) -> None:
    settings = home_on({"task_runner": address}, home)
    with opening_ahead(settings, [], {}) as ahead:
        examined(settings, ahead, [ARRIVAL], "run")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_PATIENCE_SECONDS", 1)


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path) -> None:
    address = f"dask://127.0.0.1:{free_port()}"

    with pytest.raises(ClusterLost, match=address):
        examine_on(address, tmp_path)


def test_a_cluster_without_a_worker_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    with (
        running_cluster(tmp_path / "dask", bare_with({}), workers=0) as cluster,
        pytest.raises(ClusterLost, match="no worker"),
    ):
        examine_on(cluster.address, tmp_path / "home")


def test_what_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(NotInstalled, match="scale"):
        examine_on("dask://127.0.0.1:8786", tmp_path)


def test_a_worker_is_given_no_secret() -> None:
    settings = Settings(smtp_url="smtp://me:hidden@mail.example", archive_url="s3://a/b")

    sent = workers._without_secrets(settings)

    assert sent.smtp_url is None
    assert sent.archive_url == settings.archive_url
