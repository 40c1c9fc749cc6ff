"""Processes that begin with everything imported: a fork server (`flows.fork_server`) starts them for us.

Where a worker has one, a variable names its socket; a process that finds none imports for itself.
"""

import json
import os
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import IO

ADDRESS = "_SCHEME21_FORK_SERVER"
_LONGEST_LINE = 1 << 20  # bytes: a whole environment
_PATIENCE_SECONDS = 60  # for the server to import everything, on a busy machine too


@dataclass(frozen=True)
class Job:
    """A module to run as `python -m module` would, with this environment and, when given, in this folder."""

    module: str
    environment: dict[str, str] = field(repr=False)
    folder: str = "/"


class Forked:
    """A process that a fork server started for us; it is killed when we end."""

    def __init__(self, connection: socket.socket, told: IO[bytes], pid: int) -> None:
        self._connection = connection
        self._told = told
        self._code: int | None = None
        self.pid = pid

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self._code is None:
            with suppress(BrokenPipeError, ConnectionResetError):
                self._connection.sendall(bytes([number]))

    def kill(self) -> None:
        """End it, whatever it does."""
        self.send_signal(signal.SIGKILL)

    def wait(self) -> int:
        """Its exit code; of one that a signal ended, the signal's number, negative."""
        if self._code is None:
            with self._connection, self._told:
                self._code = int(self._told.readline() or -signal.SIGKILL)
        return self._code


def forked(job: Job, files: tuple[int, int, int]) -> Forked | None:
    """Have `job` begin with `files` for its input, output and errors; None where no fork server answers.

    That is said on the standard error, unless there is none.
    """
    address = os.environ.get(ADDRESS)
    if address is None:
        return None
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(_PATIENCE_SECONDS)
    try:
        connection.connect(address)
        socket.send_fds(connection, [b"\0"], files)
        connection.sendall(json.dumps(asdict(job)).encode() + b"\n")
        told = connection.makefile("rb")
        pid = told.readline()
    except (FileNotFoundError, ConnectionError, TimeoutError):
        pid = b""
    if not pid:  # it has gone, or begins anew because what it imported has changed
        connection.close()
        print("the fork server does not answer: importing anew", file=sys.stderr, flush=True)
        return None
    connection.settimeout(None)
    return Forked(connection, told, int(pid))


def asked(connection: socket.socket) -> tuple[Job, list[int]]:
    """The server's side of `forked`: the job, and its input, output and errors."""
    _, files, _, _ = socket.recv_fds(connection, 1, 3)
    return Job(**json.loads(connection.makefile("rb").readline(_LONGEST_LINE))), files
