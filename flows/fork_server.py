"""A process that has imported all that a flow run takes, so that those forked from it need not."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tasks.bounded import ONE_THREAD
from tasks.forked import ADDRESS

_CHECKOUT = Path(__file__).parents[1]


@contextmanager
def fork_server() -> Iterator[dict[str, str]]:
    """Start one that lives as long as the block; gives the variable by which a worker's processes find it.

    It takes some ten seconds to be ready; until then, whoever asks waits. Raises OSError when there can be no
    socket in the folder for temporary files, as when its path is too long.
    """
    with TemporaryDirectory(prefix="scheme21-") as folder, socket.socket(socket.AF_UNIX) as listener:
        address = str(Path(folder, "socket"))
        listener.bind(address)
        listener.listen()
        process = subprocess.Popen(  # noqa: S603 - our own module, by this Python
            [sys.executable, "-m", "flows.fork_server_child", str(listener.fileno())],
            stdin=subprocess.PIPE,
            pass_fds=[listener.fileno()],
            env=_environment(folder),
            cwd=_CHECKOUT,
            start_new_session=True,  # Ctrl-C ends the worker, which then ends what it started
        )
        listener.close()
        try:
            yield {ADDRESS: address}
        finally:
            process.communicate()


def _environment(folder: str) -> dict[str, str]:
    # No secret of ours: a job brings its own. Nor a home, in which great_expectations looks for settings.
    ours = ("PREFECT_", "SCHEME21_")
    foreign = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return foreign | ONE_THREAD | {"HOME": "/nonexistent", "PREFECT_HOME": folder}
