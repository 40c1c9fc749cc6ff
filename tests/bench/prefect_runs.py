"""A running Prefect server, and a cold child process for one flow run as a process worker starts it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from flows.prefect_server import free_port, own_server
from tests.bench.measure import Run, run_cold
from tests.bench.place import Place

_ENTRYPOINT = "flows/cycle.py:cycle"


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


def scheduled_cycle(place: Place, api: str, parameters: dict[str, str]) -> Run:
    """Create a run of the cycle on the server and execute it in the process that a worker would start.

    The worker's own wait for the run is not part of it.
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
        done = run_cold([place.python, "-m", "prefect.engine"], place.checkout, environment)
        ended = client.get(f"/flow_runs/{created['id']}").raise_for_status().json()
    if ended["state_type"] != "COMPLETED":
        raise RuntimeError(f"the flow run ended as {ended['state_name']}: {done.output[-3000:]}")
    return done
