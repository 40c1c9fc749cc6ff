"""The command that runs the deployed flows, each in a process that need not import anything."""

import typer


def worker(context: typer.Context) -> None:
    """Chạy các luồng đã triển khai, mỗi lần không phải nạp lại thư viện. / Run what is deployed.

    Là worker của Prefect, kèm một tiến trình đã nạp sẵn mọi thư viện. Tùy chọn khác chuyển nguyên cho
    `prefect worker start`. / Prefect's worker, and a process that has imported everything.

    Mã thoát / exit codes:

    • 0 đã dừng / stopped

    • 1 như của Prefect, như khi máy chủ không trả lời / as Prefect's, as when the server does not answer

    Ví dụ / examples:

    • scheme21 worker

    • scheme21 worker --name may-chu-1
    """
    from flows.worker import run_worker

    run_worker(context.args)
