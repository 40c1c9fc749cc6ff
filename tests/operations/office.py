"""A home of its own with the `scheme21 up` that works on it, and what a test needs to look at the two."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings

from schemas.settings import Settings
from tests.demonstration import SCHEME21

PATIENCE_SECONDS = 120.0
# As in a user's shell: nothing of the suite's own server.
BARE = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DO_NOT"))}
# A test starts these itself: one that the clock starts would come between.
_BY_HAND = ("ingest-on-arrival/ingest-on-arrival", "watch/watch", "remind/remind")


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
        # The server is asked seldom: it shares its processors with what is waited for.
        return until(lambda: (s := self.client.read_flow_run(run.id).state) and s.is_final() and s.name, 0.5)

    def cycles(self, *, auto_scheduled: bool = False) -> list[FlowRun]:
        """Runs of the deployed cycle on this home that no schedule made, or those that one did."""
        name = DeploymentFilter(name=DeploymentFilterName(any_=["cycle"]))
        found = self.client.read_flow_runs(deployment_filter=name, limit=200)
        here = [run for run in found if run.parameters.get("home") is None]
        return [run for run in here if run.auto_scheduled is auto_scheduled]

    def outcomes(self) -> list[str]:
        """How each writer's run ended, the first one first."""
        with duckdb.connect(str(self.settings.warehouse), read_only=True) as warehouse:
            found = warehouse.execute("SELECT outcome FROM ledger.run ORDER BY started_at").fetchall()
        return [str(outcome) for (outcome,) in found]


@contextmanager
def office_at_work(home: Path, records: Path) -> Iterator[Office]:
    """Start `scheme21 up` on a new home; with the `records` of an earlier server it need not make them."""
    shutil.copytree(records, home / "prefect")
    up = subprocess.Popen(
        [SCHEME21, "up", "--home", home], env=BARE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    url = until(lambda: (left := home / "prefect" / "url").exists() and left.read_text())
    until((home / "prefect" / "worker.log").exists)
    with temporary_settings({PREFECT_API_URL: url}), get_client(sync_client=True) as client:
        _rest(client)
        yield Office(Settings(home=home), up, url, client)
    up.kill()
    up.communicate(timeout=30)


def _rest(client: SyncPrefectClient) -> None:
    for name in _BY_HAND:
        deployment = client.read_deployment_by_name(name)
        for schedule in deployment.schedules:
            client.update_deployment_schedule(deployment.id, schedule.id, active=False)


def until(look: Callable[[], Any], pause_seconds: float = 0.05) -> Any:
    """What `look` says as soon as it says anything."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if seen := look():
            return seen
        time.sleep(pause_seconds)
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
