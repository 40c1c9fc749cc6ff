"""A Prefect server for one command: the one that runs already, else our own that ends with it.

Prefect's own temporary server may print a traceback at exit or lose the last events; ours is started first,
is stopped only after everything was delivered, and dies with its parent however that ends. Prefect reads its
environment when it is imported: this module imports it only after the environment is set.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from schemas.access import OWNERS_FOLDER, make_folder

_HEALTHY_WITHIN_SECONDS = 180  # a first start creates the database: 20–35 s on two busy cores
_ANSWERS_WITHIN_SECONDS = 10  # a busy server answers late; one that is not there refuses at once
_DRAINED_WITHIN_SECONDS = 20
_ASKED_AGAIN = "2"  # after 2 and 4 s: then a server that has gone is given up
_STOPPED_WITHIN_SECONDS = 10
URL_FILE = "url"
POOL = "scheme21"  # the work pool of prefect.yaml
# The URLs of servers that failed this command before it began anew: they are asked no more.
_GIVEN_UP = "_SCHEME21_GIVEN_UP_SERVERS"
# The engine's records go to the server; the terminal belongs to the command.
_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
}


class ServerNotStarted(RuntimeError):  # noqa: N818 - a state of the world
    """Our own Prefect server did not come up; `log` holds what it said."""

    def __init__(self, log: Path) -> None:
        super().__init__(f"Không khởi động được Prefect / the Prefect server did not start; see {log}")


class ServerGone(RuntimeError):  # noqa: N818 - a state of the world
    """A server that we started has ended by itself or fails; `log` holds what it said."""

    def __init__(self, log: Path) -> None:
        super().__init__(
            f"Máy chủ Prefect đã dừng hoặc báo lỗi / the Prefect server has ended or fails; see {log}"
        )


class ServerRefuses(RuntimeError):  # noqa: N818 - a state of the world
    """The server at `url` asks for another password than the one that is set."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"Máy chủ Prefect {url} không nhận mật khẩu: đặt PREFECT_API_AUTH_STRING như của máy chủ. / "
            "The Prefect server refuses the password: set PREFECT_API_AUTH_STRING to the server's."
        )


@dataclass
class Server:
    """A server that is starting or running at `url`; `process` is None when it is not ours."""

    url: str
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def wait(self) -> None:
        """Return when it answers and, when it is not ours, lets us in.

        Raises ServerNotStarted when it ended or took too long, and what need_login raises.
        """
        deadline = time.monotonic() + _HEALTHY_WITHIN_SECONDS
        while not is_healthy(self.url):
            has_ended = self.process is not None and self.process.poll() is not None
            if has_ended or time.monotonic() > deadline:
                raise ServerNotStarted(self.log)
            time.sleep(0.1)
        if self.process is None:
            need_login(self.url)


@contextmanager
def prefect_server(folder: Path, always_own: bool = False) -> Iterator[Server]:
    """Give a server: one that answers, at PREFECT_API_URL or of a `scheme21 up`, else one of our own.

    Our own keeps its records in `folder`, where that of `scheme21 up` leaves its URL. It may still be
    starting: import what is slow, then call `wait`. With `always_own` no other is asked.
    """
    os.environ |= _QUIET
    os.environ.setdefault("PREFECT_CLIENT_MAX_RETRIES", _ASKED_AGAIN)
    log = folder / "server.log"
    running = None if always_own else running_server(folder)
    if running is not None:
        os.environ["PREFECT_API_URL"] = running
        with _delivered(running):
            yield Server(running, log)
        return
    with own_server(folder, free_port()) as server, _delivered(server.url):
        yield server


def need_login(url: str) -> None:
    """Return when the configured server lets us in.

    Raises ServerRefuses when it does not, httpx.HTTPError when it fails or has gone.
    """
    from prefect.client.orchestration import get_client
    from prefect.exceptions import PrefectHTTPStatusError

    try:
        with get_client(sync_client=True) as client:
            client.api_version()
    except PrefectHTTPStatusError as refused:
        if refused.response.status_code == HTTPStatus.UNAUTHORIZED:
            raise ServerRefuses(url) from refused
        raise


def is_healthy(url: str) -> bool:
    """Whether a Prefect server at `url` (`http://…/api`) answers and reaches its database."""
    try:
        with _ask(url) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def clock_of(url: str) -> datetime | None:
    """The time that the server at `url` says it is, in UTC; None when it says none. Raises OSError."""
    with _ask(url) as answer:
        told = answer.headers["Date"]
    return parsedate_to_datetime(told) if told else None


def _ask(url: str) -> Any:
    # `/health` says yes while the database is gone; neither asks for a password.
    return urllib.request.urlopen(f"{url}/ready", timeout=_ANSWERS_WITHIN_SECONDS)  # noqa: S310 - an operator's URL


@contextmanager
def own_server(folder: Path, port: int, *, with_ui: bool = False) -> Iterator[Server]:
    """Start a server on the loopback with its records and its log in `folder`; it ends with the block."""
    make_folder(folder, OWNERS_FOLDER)
    url = f"http://127.0.0.1:{port}/api"
    os.environ |= _QUIET | {"PREFECT_HOME": str(folder.absolute()), "PREFECT_API_URL": url}
    log = folder / "server.log"
    log.unlink(missing_ok=True)
    shown = "--ui" if with_ui else "--no-ui"
    process = start_child(log, "server", "start", "--host", "127.0.0.1", "--port", str(port), shown)
    try:
        yield Server(url, log, process)
    finally:
        stop_child(process, _STOPPED_WITHIN_SECONDS)


def start_child(
    log: Path, *arguments: str, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """Start `prefect <arguments>` in a process that ends with this one; what it says is added to `log`.

    `environment` is laid over this process's own.
    """
    command = [sys.executable, "-m", "flows.prefect_child", *arguments]
    with log.open("ab") as output:
        # A session of its own: Ctrl-C in the terminal ends the command, which then ends its children.
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd=cwd,
            env=os.environ | dict(environment or {}),
            start_new_session=True,
        )


def stop_child(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Ask a child to end; after `seconds` end it and whatever it started."""
    process.terminate()
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def running_server(folder: Path) -> str | None:
    """The URL of a server that is healthy: that of PREFECT_API_URL, else of a `scheme21 up` on this home.

    Never one that was given up.
    """
    left = folder / URL_FILE
    urls = (os.environ.get("PREFECT_API_URL"), left.read_text() if left.exists() else None)
    given_up = os.environ.get(_GIVEN_UP, "").split()
    return next((url for url in urls if url and url not in given_up and is_healthy(url)), None)


def give_up(url: str) -> None:
    """Ask the server at `url` no more, in this process nor in what takes its place."""
    os.environ[_GIVEN_UP] = f"{os.environ.get(_GIVEN_UP, '')} {url}"


@contextmanager
def _delivered(url: str) -> Iterator[None]:
    """Deliver every log line and event to the server at `url` when the block ends, unless it is gone."""
    try:
        yield
    finally:
        # Also after Ctrl-C or a refusal; a command that never loaded the engine has nothing to deliver.
        if "prefect" in sys.modules and is_healthy(url):
            deliver_everything()


def deliver_everything() -> None:
    """Wait until the server has every log line and event of this process: only then may it be stopped."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all(timeout=_DRAINED_WITHIN_SECONDS)
    EventsWorker.drain_all(timeout=_DRAINED_WITHIN_SECONDS)


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
