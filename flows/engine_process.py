"""What our worker starts for a flow run: Prefect's engine.

It is forked from what is imported already; when the fork server does not answer it imports for itself.
"""

import os
import signal
import sys
from pathlib import Path

from tasks.forked import Forked, Job, forked

_PASSED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main() -> None:
    """Run the flow run that Prefect's variables name, and end as it ends."""
    engine = forked(Job("flows.preloaded_engine", dict(os.environ), str(Path.cwd())), (0, 1, 2))
    if engine is not None:
        _end_as(_ended(engine))
    os.execv(sys.executable, [sys.executable, "-m", "prefect.engine"])  # noqa: S606 - as Prefect starts it


def _ended(engine: Forked) -> int:
    for number in _PASSED_ON:
        signal.signal(number, lambda number, _: engine.send_signal(number))
    return engine.wait()


def _end_as(code: int) -> None:
    if code < 0:
        for number in _PASSED_ON:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code)


if __name__ == "__main__":
    main()
