"""A Prefect server for one command: the one that runs already, else our own that ends with it.

Prefect's own temporary server may print a traceback at exit or lose the last events; ours is started first,
is stopped only after everything was delivered, and dies with its parent however that ends. Prefect reads its
environment when it is imported: this module imports it only after the environment is set.
"""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_HEALTHY_WITHIN_SECONDS = 180  # a first start creates the database: 20–35 s on two busy cores
_ANSWERS_WITHIN_SECONDS = 10  # a busy server answers late; one that is not there refuses at once
_DRAINED_WITHIN_SECONDS = 20
_STOPPED_WITHIN_SECONDS = 10
# The engine's records go to the server; the terminal belongs to the command.
_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}


class ServerNotStarted(RuntimeError):  # noqa: N818 - a state of the world
    """Our own Prefect server did not come up; `log` holds what it said."""

    def __init__(self, log: Path) -> None:
        super().__init__(f"Không khởi động được Prefect / the Prefect server did not start; see {log}")


@dataclass
class Server:
    """A server that is starting or running at `url`; `process` is None when it is not ours."""

    url: str
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def wait(self) -> None:
        """Return when it answers. Raises ServerNotStarted when it ended or took too long."""
        deadline = time.monotonic() + _HEALTHY_WITHIN_SECONDS
        while not is_healthy(self.url):
            has_ended = self.process is not None and self.process.poll() is not None
            if has_ended or time.monotonic() > deadline:
                raise ServerNotStarted(self.log)
            time.sleep(0.1)


@contextmanager
def prefect_server(folder: Path, always_own: bool = False) -> Iterator[Server]:
    """Give a server: the one at PREFECT_API_URL when it answers, else one whose records lie in `folder`.

    It may still be starting: import what is slow, then call `wait`. With `always_own` no other is asked.
    """
    os.environ |= _QUIET
    log = folder / "server.log"
    configured = os.environ.get("PREFECT_API_URL")
    if configured and not always_own and is_healthy(configured):
        with _delivered():
            yield Server(configured, log)
        return
    folder.mkdir(parents=True, exist_ok=True)
    with _own_server(folder, log) as server, _delivered():
        yield server


def is_healthy(url: str) -> bool:
    """Whether a Prefect server answers at `url` (`http://…/api`)."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=_ANSWERS_WITHIN_SECONDS) as answer:  # noqa: S310 - an operator's URL
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def _own_server(folder: Path, log: Path) -> Iterator[Server]:
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    os.environ |= {"PREFECT_HOME": str(folder.absolute()), "PREFECT_API_URL": url}
    command = [sys.executable, "-m", __name__, "--host", "127.0.0.1", "--port", str(port), "--no-ui"]
    with log.open("wb") as output:
        # A session of its own: Ctrl-C in the terminal ends the command, which then ends its server.
        process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield Server(url, log, process)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=_STOPPED_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@contextmanager
def _delivered() -> Iterator[None]:
    try:
        yield
    finally:
        # Also after Ctrl-C or a refusal; a command that never loaded the engine has nothing to deliver.
        if "prefect" in sys.modules:
            deliver_everything()


def deliver_everything() -> None:
    """Wait until the server has every log line and event of this process: only then may it be stopped."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all(timeout=_DRAINED_WITHIN_SECONDS)
    EventsWorker.drain_all(timeout=_DRAINED_WITHIN_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> None:
    # The pipe from the parent closes when the parent is gone, even when it was killed.
    sys.stdin.buffer.read()
    os._exit(0)


def _serve() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from prefect.cli import app

    sys.argv = ["prefect", "server", "start", *sys.argv[1:]]
    app()


if __name__ == "__main__":
    _serve()
