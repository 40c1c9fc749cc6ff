"""A trial of the whole: server, work pool, deployments and worker of one home, in one command.

Everything it starts ends with it, however it ends: server and worker watch the pipe from their parent.
"""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from rich.console import Console

from flows.prefect_server import (
    URL_FILE,
    Server,
    ServerGone,
    free_port,
    own_server,
    start_child,
    stop_child,
)
from schemas.access import make_home
from schemas.settings import Settings

_CHECKOUT = Path(__file__).parents[1]
_DEPLOYED_WITHIN_SECONDS = 180
_LAST_RUN_WITHIN_SECONDS = 600
_LOOK_SECONDS = 0.5
_TELL_ALL = {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "INFO", "PREFECT_WORKER_QUERY_SECONDS": "2"}


class NotDeployed(RuntimeError):  # noqa: N818 - a state of the world
    """The server did not take the deployments of prefect.yaml; `said` is what Prefect printed."""

    def __init__(self, said: str) -> None:
        super().__init__(f"Không triển khai được prefect.yaml / the deployments were not taken:\n{said}")


@dataclass
class Trial:
    """Server and worker of one home, at work until `stop` is set."""

    settings: Settings
    server: Server
    console: Console
    stop: threading.Event

    def run(self) -> None:
        """Deploy, print what is scheduled, keep a worker alive until told to stop.

        Raises ServerNotStarted, NotDeployed, ServerGone.
        """
        from flows.deployed import prepare_pool, print_schedule

        self.server.wait()
        asyncio.run(prepare_pool())
        _deploy()
        asyncio.run(print_schedule(self.console, self.server.url, self.settings))
        worker = self._start_worker()
        while not self.stop.wait(_LOOK_SECONDS):
            if self.server.process is None or self.server.process.poll() is not None:
                stop_child(worker, 0)
                raise ServerGone(self.server.log)
            if worker.poll() is not None:
                self.console.print("[yellow]Khởi động lại worker[/] / the worker ended and is started again")
                worker = self._start_worker()
        self._end(worker)

    def _start_worker(self) -> "subprocess.Popen[bytes]":
        home = {
            "SCHEME21_HOME": str(self.settings.home.absolute()),
            "SCHEME21_INBOX": self.settings.inbox_url,
        }
        return start_child(
            self.server.log.with_name("worker.log"),
            "worker",
            cwd=_CHECKOUT,
            environment=_TELL_ALL | home,
        )

    def _end(self, worker: "subprocess.Popen[bytes]") -> None:
        self.console.print(
            "Đang dừng, chờ việc đang chạy / stopping when what runs has ended; again: at once"
        )
        self.stop.clear()
        worker.terminate()
        deadline = time.monotonic() + _LAST_RUN_WITHIN_SECONDS
        while worker.poll() is None and time.monotonic() < deadline and not self.stop.wait(_LOOK_SECONDS):
            pass
        stop_child(worker, 0)


def run_trial(settings: Settings, console: Console, port: int | None = None) -> None:
    """Run the trial of a home until Ctrl-C or SIGTERM; a second one does not wait for the cycle at work.

    Prefect listens on `port`, without one on any that is free.

    Raises ServerNotStarted, ServerGone, NotDeployed.
    """
    folder = settings.home / "prefect"
    make_home(settings)
    if "://" not in settings.inbox_url:
        Path(settings.inbox_url).mkdir(parents=True, exist_ok=True)
    with _signals() as stop, own_server(folder, port or free_port(), with_ui=True) as server:
        left = folder / URL_FILE
        left.write_text(server.url)
        try:
            Trial(settings, server, console, stop).run()
        finally:
            left.unlink()


def _deploy() -> None:
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    done = subprocess.run(  # noqa: S603
        command, cwd=_CHECKOUT, capture_output=True, text=True, timeout=_DEPLOYED_WITHIN_SECONDS, check=False
    )
    if done.returncode:
        raise NotDeployed(done.stdout + done.stderr)


@contextmanager
def _signals() -> Iterator[threading.Event]:
    stop = threading.Event()

    def told_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {which: signal.signal(which, told_to_stop) for which in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)
