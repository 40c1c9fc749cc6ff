"""`scheme21 up` on a home of its own: files land, a cycle is killed, the server goes; nobody lends a hand."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.published import open_published, rows_of
from schemas.settings import Settings
from tasks.heartbeat import read_heartbeat
from tasks.lock import current_holder
from tests.demonstration import SCHEME21

pytestmark = pytest.mark.server
FIRST, SECOND = "2021-04-20T23:59:59+07:00", "2021-05-20T23:59:59+07:00"
PATIENCE_SECONDS = 120.0
# As in a user's shell: nothing of the suite's own server.
BARE = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DO_NOT"))}


@dataclass
class Office:
    """A home, the `scheme21 up` that works on it, and a client of its server."""

    settings: Settings
    up: "subprocess.Popen[str]"
    url: str
    client: SyncPrefectClient

    def land(self, sample: Path, code: str, period: str) -> None:
        """Leave the files of a district and period in the inbox, with their times of arrival."""
        for file in sorted((sample / code).glob(f"*{period}*")):
            folder = Path(self.settings.inbox_url) / code
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, folder)

    def start(self, deployment: str, **given: str) -> FlowRun:
        found = self.client.read_deployment_by_name(deployment)
        return self.client.create_flow_run_from_deployment(found.id, parameters=given)

    def ended(self, run: FlowRun) -> str:
        """The name of the state in which the run ends."""
        return until(lambda: (s := self.client.read_flow_run(run.id).state) and s.is_final() and s.name)

    def cycles(self) -> list[FlowRun]:
        """Runs of the deployed cycle that no schedule made."""
        name = DeploymentFilter(name=DeploymentFilterName(any_=["cycle"]))
        return [run for run in self.client.read_flow_runs(deployment_filter=name) if not run.auto_scheduled]


def until(look: Callable[[], Any]) -> Any:
    """What `look` says as soon as it says anything."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if seen := look():
            return seen
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def scheme21(*arguments: object, url: str) -> "subprocess.Popen[str]":
    """Start a command with PREFECT_API_URL set."""
    return subprocess.Popen(
        [SCHEME21, *map(str, arguments)],
        env=BARE | {"PREFECT_API_URL": url, "SCHEME21_STALE_AFTER": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def processes_about(home: Path) -> dict[int, str]:
    """Living processes that have the home in their command line or their environment, this one left out."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "cmdline").read_bytes() + b" " + (folder / "environ").read_bytes()
        except OSError:  # it ended meanwhile
            continue
        if str(home).encode() in told and int(folder.name) != os.getpid():
            found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home = tmp_path_factory.mktemp("office") / "home"
    up = subprocess.Popen(
        [SCHEME21, "up", "--home", home], env=BARE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    url = until(lambda: (left := home / "prefect" / "url").exists() and left.read_text())
    until((home / "prefect" / "worker.log").exists)
    with temporary_settings({PREFECT_API_URL: url}), get_client(sync_client=True) as client:
        yield Office(Settings(home=home), up, url, client)
    up.kill()
    up.communicate(timeout=30)


def test_files_that_land_start_one_cycle(office: Office, sample_inbox: Path) -> None:
    for code in ("001", "002", "003"):
        office.land(sample_inbox, code, "2021-03")

    assert office.ended(office.start("ingest-on-arrival/ingest-on-arrival", now=FIRST)) == "Completed"
    (run,) = office.cycles()
    assert (office.ended(run), office.client.read_flow_run(run.id).name) == ("Completed", "cycle-2021-04")

    with open_published(office.settings.snapshot) as reader:
        (seen,) = rows_of(reader, "SELECT period, districts_reported, districts_due FROM countdown")
    assert seen == {"period": "2021-03", "districts_reported": 3, "districts_due": 30}
    heartbeat = read_heartbeat(office.settings)
    assert heartbeat is not None
    assert heartbeat.outcome == "released"
    assert heartbeat.next_due is not None
    assert (heartbeat.next_due.hour, heartbeat.next_due.minute) in {(6, 0), (7, 0)}
    assert 'scheme21_cycle_outcome{outcome="released"} 1.0' in office.settings.metrics.read_text()
    # Nothing new lies there now: the next look starts none.
    assert office.ended(office.start("ingest-on-arrival/ingest-on-arrival", now=FIRST)) == "Completed"
    assert len(office.cycles()) == 1


def test_a_cycle_killed_in_the_middle_is_recovered_from_without_a_hand(
    office: Office, sample_inbox: Path
) -> None:
    office.land(sample_inbox, "001", "2021-04")
    run = office.start("cycle/cycle", now=SECOND)
    half_built = until(
        lambda: [f for f in office.settings.releases.iterdir() if not (f / "release.json").exists()]
    )
    for pid, command in processes_about(office.settings.home).items():
        if "server start" not in command and "scheme21 up" not in command:
            os.kill(pid, signal.SIGKILL)  # the worker, the flow's process, and what stands between them
    assert half_built[0].exists()

    watching = scheme21("watch", "--home", office.settings.home, url=office.url)
    said, complaint = watching.communicate(timeout=60)
    assert (watching.returncode, complaint) == (1, "")
    assert "tiến trình bị tắt giữa chừng" in said
    assert office.ended(run) == "Crashed"
    assert current_holder(office.settings) is None
    assert 'scheme21_cycle_outcome{outcome="crashed"} 1.0' in office.settings.metrics.read_text()

    assert office.ended(office.start("cycle/cycle", now=SECOND)) == "Completed"
    with duckdb.connect(str(office.settings.warehouse), read_only=True) as warehouse:
        outcomes = warehouse.execute("SELECT outcome FROM ledger.run ORDER BY started_at").fetchall()
    assert outcomes == [("released",), ("crashed",), ("released",)]
    assert not half_built[0].exists()
    with open_published(office.settings.snapshot) as reader:
        reported = rows_of(reader, "SELECT districts_reported FROM countdown ORDER BY period")
    assert [row["districts_reported"] for row in reported] == [3, 1]


def test_a_command_finishes_though_its_server_goes_and_up_leaves_nothing_behind(
    office: Office, sample_inbox: Path, tmp_path: Path
) -> None:
    other = Settings(home=tmp_path / "other")
    shutil.copytree(sample_inbox / "001", other.home / "inbox" / "001")
    running = scheme21("run", "--home", other.home, "--now", FIRST, url=office.url)
    until(lambda: current_holder(other))

    office.up.send_signal(signal.SIGTERM)
    said, complaint = office.up.communicate(timeout=60)
    assert (office.up.returncode, complaint) == (0, "")
    assert "ingest-on-arrival" in said
    assert processes_about(office.settings.home) == {}

    said, complaint = running.communicate(timeout=PATIENCE_SECONDS)
    assert (running.returncode, complaint) == (0, "")
    assert "chạy lại với máy chủ riêng" in said
    assert other.snapshot.exists()
