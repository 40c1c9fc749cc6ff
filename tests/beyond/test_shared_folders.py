"""Archive and published folder on an object store: what another machine finds there, and in which order."""

import json
from pathlib import Path

import duckdb
import fsspec
import pytest

from tasks.receive import archived_arrivals, archived_content
from tasks.shared_folders import SharedFolder, bring_archive, give_archive
from tasks.shared_releases import give_release
from tests.beyond.conftest import home_on
from tests.intake.returns import Office, moment, whole_return


@pytest.fixture
def bucket(store: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in store.items():
        monkeypatch.setenv(name, value)
    fsspec.filesystem("s3", skip_instance_cache=True).makedirs("shared", exist_ok=True)
    return "s3://shared"


def test_another_machine_has_the_whole_archive(bucket: str, tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.send(whole_return(tmp_path / "r.xlsx"), moment("2021-04-03"))
    first = office.settings.model_copy(update={"archive_url": f"{bucket}/archive"})
    second = first.model_copy(update={"home": tmp_path / "second"})
    office.take_in(moment("2021-04-06"))

    give_archive(first)
    bring_archive(second)

    (arrival,) = archived_arrivals(second)
    assert arrival == archived_arrivals(first)[0]
    assert archived_content(second, arrival.sha256) == (tmp_path / "r.xlsx").read_bytes()
    assert {name.split("/")[0] for name in SharedFolder(f"{bucket}/archive").names()} == {"arrivals", "files"}


def test_a_reader_is_led_to_one_whole_release(bucket: str, tmp_path: Path) -> None:
    settings = home_on({"published_url": f"{bucket}/published"}, tmp_path / "home")
    shared = SharedFolder(f"{bucket}/published")
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
