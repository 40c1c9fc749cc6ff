"""Archive and published folder in a shared place: what another machine finds there, and in which order."""

import json
import sys
from pathlib import Path

import duckdb
import fsspec
import pytest
from botocore.exceptions import EndpointConnectionError

from schemas.sharing import NotInstalled, StoreLost
from tasks.receive import archived_arrivals, archived_content
from tasks.shared_folders import SharedFolder, bring_archive, give_archive
from tasks.shared_releases import give_release
from tasks.stores import named
from tests.beyond.conftest import home_on
from tests.intake.returns import Office, moment, whole_return


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A folder that machines share; tests/beyond/test_turns.py has an S3 server."""
    return f"{tmp_path}/shared"


def test_another_machine_has_the_whole_archive(place: str, tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.send(whole_return(tmp_path / "r.xlsx"), moment("2021-04-03"))
    first = office.settings.model_copy(update={"archive_url": f"{place}/archive"})
    second = first.model_copy(update={"home": tmp_path / "second"})
    office.take_in(moment("2021-04-06"))

    give_archive(first)
    bring_archive(second)

    (arrival,) = archived_arrivals(second)
    assert arrival == archived_arrivals(first)[0]
    assert archived_content(second, arrival.sha256) == (tmp_path / "r.xlsx").read_bytes()
    assert {name.split("/")[0] for name in SharedFolder(f"{place}/archive").names()} == {"arrivals", "files"}


def test_a_name_that_leads_out_of_the_archive_is_not_taken_over(tmp_path: Path) -> None:
    settings = home_on({"archive_url": "memory://leads-out"}, tmp_path / "home")
    store = fsspec.filesystem("memory")
    for name in ("files/../../../out", "files/.half", "files/ab/whole"):
        store.pipe_file(f"/leads-out/{name}", b"")

    bring_archive(settings)

    assert SharedFolder("memory://leads-out").names() == {"files/ab/whole"}
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["whole"]


def test_a_store_that_cannot_be_used_is_named() -> None:
    with pytest.raises(StoreLost, match="s3://shared/archive"), named("s3://shared/archive"):
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:9")
    with pytest.raises(StoreLost, match="s3://shared/archive"), named("s3://shared/archive"):
        raise PermissionError("Access Denied")
    with pytest.raises(IsADirectoryError), named("/srv/archive"):
        Path("/").read_bytes()


def test_a_store_without_its_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)

    with pytest.raises(NotInstalled, match="gcsfs"):
        SharedFolder("gs://shared/archive")


def test_a_reader_is_led_to_one_whole_release(place: str, tmp_path: Path) -> None:
    settings = home_on({"published_url": f"{place}/published"}, tmp_path / "home")
    shared = SharedFolder(f"{place}/published")
    for run_id in ("run-1", "run-2"):
        folder = settings.releases / run_id
        (folder / "csv").mkdir(parents=True)
        (folder / "csv" / "countdown.csv").write_text(run_id)
        duckdb.connect(str(folder / "scheme21.duckdb")).close()
        settings.published.unlink(missing_ok=True)
        settings.published.symlink_to(folder)
        give_release(settings)

    place = json.loads(shared.read("current.json"))["release"]
    assert place == "releases/run-2"
    assert shared.read(f"{place}/csv/countdown.csv") == b"run-2"
    assert shared.read("releases/run-1/csv/countdown.csv") == b"run-1"
    assert b'url=releases/run-2/index.html"' in shared.read("index.html")
