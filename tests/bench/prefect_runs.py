"""A running Prefect server, and one flow run in the process that a worker starts for it."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from flows.prefect_server import free_port, own_server
from tests.bench.measure import Run, run_cold
from tests.bench.place import Place

_ENTRYPOINT = "flows/cycle.py:cycle"
_ENGINE_PROCESS = "flows/engine_process.py"
_FORK_SERVER = """
import json, sys
from flows.fork_server import fork_server
with fork_server() as variables:
    print(json.dumps(variables), flush=True)
    sys.stdin.read()
"""


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """A server of the bench's own that runs as long as the block; gives the URL of its API."""
    before = dict(os.environ)
    try:
        with own_server(folder, free_port()) as server:
            server.wait()
            yield server.url
    finally:
        os.environ.clear()
        os.environ |= before


@contextmanager
def worker_of(place: Place) -> Iterator[dict[str, str]]:
    """What `scheme21 worker` has running beside the worker, as long as the block; gives its variables.

    A commit from before there was any has none.
    """
    if not (place.checkout / _ENGINE_PROCESS).exists():
        yield {}
        return
    command = [place.python, "-c", _FORK_SERVER]
    ends = subprocess.PIPE
    with subprocess.Popen(command, cwd=place.checkout, stdin=ends, stdout=ends, text=True) as running:
        assert running.stdout is not None
        yield json.loads(running.stdout.readline())


def scheduled_cycle(place: Place, api: str, parameters: dict[str, str], worker: dict[str, str]) -> Run:
    """Create a run of the cycle on the server and execute it in the process that a worker would start.

    Without the variables of our worker it is the engine alone. A worker's wait for the run is no part of it.
    """
    with httpx.Client(base_url=api, timeout=30) as client:
        flow = client.post("/flows/", json={"name": "cycle"}).raise_for_status().json()
        asked = {"flow_id": flow["id"], "parameters": parameters, "state": {"type": "PENDING"}}
        created = client.post("/flow_runs/", json=asked).raise_for_status().json()
        environment = {
            "PREFECT_API_URL": api,
            "PREFECT__FLOW_RUN_ID": created["id"],
            "PREFECT__FLOW_ENTRYPOINT": _ENTRYPOINT,
        }
        program = "flows.engine_process" if worker else "prefect.engine"
        done = run_cold([place.python, "-m", program], place.checkout, environment | worker)
        ended = client.get(f"/flow_runs/{created['id']}").raise_for_status().json()
    if ended["state_type"] != "COMPLETED":
        raise RuntimeError(f"the flow run ended as {ended['state_name']}: {done.output[-3000:]}")
    return done
