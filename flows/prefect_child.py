"""Prefect's program (`server start …`) or our worker (`worker …`), in a process that ends with its parent.

Run as `python -m flows.prefect_child server start …` with a pipe for its input.
"""

import os
import sys
import threading
from importlib import import_module

from tasks.import_later import uncollected


def _end_with_parent() -> None:
    # The pipe from the parent closes when the parent is gone, even when it was killed.
    sys.stdin.buffer.read()
    os._exit(0)


def _serve() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.argv[1] == "worker":
        with uncollected():
            from flows.worker import run_worker

        run_worker(sys.argv[2:])
        return
    with uncollected():
        from prefect.cli import app

        import_module("prefect.server.api.server")  # the program would, but with the collector at work
    sys.argv[0] = "prefect"
    app()


if __name__ == "__main__":
    _serve()
