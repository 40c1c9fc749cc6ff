"""The command that runs the deployed flows, each in a process that need not import anything."""

import os
import sys

import typer


def worker(context: typer.Context) -> None:
    """Chạy các luồng đã triển khai, mỗi lần không phải nạp lại thư viện. / Run what is deployed.

    Là worker của Prefect, kèm một tiến trình đã nạp sẵn mọi thư viện. Tùy chọn khác chuyển nguyên cho
    `prefect worker start`. / Prefect's worker, and a process that has imported everything.

    Ví dụ / examples:

    • scheme21 worker

    • scheme21 worker --name may-chu-1 --limit 2
    """
    from flows.fork_server import fork_server
    from flows.prefect_server import POOL

    with fork_server() as variables:
        os.environ |= variables
        sys.argv = ["prefect", "worker", "start", "--pool", POOL, "--type", "process", *context.args]
        from prefect.cli import app

        app()
