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
    """Start one that lives as long as the block; gives the variables by which a worker's processes find it.

    It takes some ten seconds to be ready; until then, whoever asks waits.
    """
    own_programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    with TemporaryDirectory(prefix="scheme21-") as folder, socket.socket(socket.AF_UNIX) as listener:
        address = str(Path(folder, "socket"))
        listener.bind(address)
        listener.listen()
        process = subprocess.Popen(  # noqa: S603 - our own module, by this Python
            [sys.executable, "-m", "flows.fork_server_child", str(listener.fileno())],
            stdin=subprocess.PIPE,
            pass_fds=[listener.fileno()],
            env=os.environ | ONE_THREAD,
            cwd=_CHECKOUT,
            start_new_session=True,  # Ctrl-C ends the worker, which then ends what it started
        )
        listener.close()
        try:
            yield {ADDRESS: address, "PATH": own_programs}
        finally:
            process.communicate()
