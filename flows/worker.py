"""Prefect's process worker, whose flow runs are forked from a process that has imported everything."""

import os
import sys
from typing import Any

from prefect.cli import app
from prefect.utilities.processutils import command_to_string
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker

from flows.fork_server import fork_server
from flows.prefect_server import POOL


class ForkedFlowRun(ProcessJobConfiguration):
    """What a flow run is started by: flows.engine_process, where its deployment names no command."""

    def prepare_for_flow_run(self, *given: Any, **named: Any) -> None:
        """Complete the configuration for one flow run, as Prefect does."""
        if self.command is None:
            self.command = command_to_string([sys.executable, "-m", "flows.engine_process"])
        super().prepare_for_flow_run(*given, **named)


def run_worker(options: list[str]) -> None:
    """Run `prefect worker start` with `options` until it is told to stop; it ends by SystemExit."""
    # Prefect finds a worker's class by its type, and refuses two of one type.
    ProcessWorker.job_configuration = ForkedFlowRun
    with fork_server() as variables:
        os.environ |= variables
        sys.argv = ["prefect", "worker", "start", "--pool", POOL, "--type", ProcessWorker.type, *options]
        app()
