"""A Dask scheduler and worker processes on loopback, as `dask scheduler` and `dask worker` start them."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from distributed import Client

from flows.prefect_server import free_port

_DASK = Path(sys.executable).with_name("dask")
_PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Cluster:
    """Where its scheduler listens, and its workers' processes."""

    address: str
    workers: "list[subprocess.Popen[bytes]]"


@contextmanager
def running_cluster(folder: Path, environment: dict[str, str], workers: int = 2) -> Iterator[Cluster]:
    """Start a scheduler and so many workers of one thread, named 0, 1, …; what is killed stays dead."""
    folder.mkdir(parents=True)
    address = f"tcp://127.0.0.1:{free_port()}"
    port = address.rpartition(":")[2]
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
    worker = ["worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    worker += ["--local-directory", str(folder), "--preload", "tasks.workers"]
    with (folder / "dask.log").open("wb") as log:
        processes = [
            subprocess.Popen([_DASK, *command], stdout=log, stderr=log, env=environment)
            for command in [scheduler, *([*worker, "--name", str(n)] for n in range(workers))]
        ]
        try:
            _wait(address, workers)
            yield Cluster(f"dask://{address.removeprefix('tcp://')}", processes[1:])
        finally:
            for process in processes:
                process.kill()
                process.wait()


@contextmanager
def one_killed_at_work(cluster: Cluster) -> Iterator[list[int]]:
    """Kill the first worker that is seen at work in the block; give its number, once it is dead."""
    killed: list[int] = []
    ended = threading.Event()
    killer = threading.Thread(target=_kill_the_first_at_work, args=(cluster, killed, ended))
    killer.start()
    try:
        yield killed
    finally:
        ended.set()
        killer.join()


def _kill_the_first_at_work(cluster: Cluster, killed: list[int], ended: threading.Event) -> None:
    with Client(cluster.address.removeprefix("dask://"), set_as_default=False) as client:
        workers = client.scheduler_info()["workers"]
        while not ended.is_set() and not killed:
            for address, errands in client.processing().items():
                if errands and not killed:
                    number = int(workers[address]["name"])
                    cluster.workers[number].kill()
                    killed.append(number)
            time.sleep(0.01)


def _wait(address: str, workers: int) -> None:
    last = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with Client(address, set_as_default=False, timeout=5) as client:
                if workers:
                    client.wait_for_workers(workers, timeout=_PATIENCE_SECONDS)
                return
        except OSError:
            if time.monotonic() > last:
                raise
