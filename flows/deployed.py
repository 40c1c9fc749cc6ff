"""What is deployed on a server: the work pool with its queue of one, and when each deployment runs next."""

from datetime import datetime

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.responses import DeploymentResponse
from prefect.exceptions import ObjectAlreadyExists
from prefect.workers.process import ProcessWorker
from rich.console import Console
from rich.table import Table

from flows.prefect_server import POOL
from flows.schedules import next_due
from flows.wording import moment as in_words
from schemas.settings import Settings

WRITER = "writer"


async def prepare_pool() -> None:
    """Create the work pool, and in it the queue that lets one writer run at a time, unless they exist."""
    template = ProcessWorker.get_default_base_job_template()
    async with get_client() as client:
        try:
            await client.create_work_pool(
                WorkPoolCreate(name=POOL, type=ProcessWorker.type, base_job_template=template)
            )
            await client.create_work_queue(WRITER, work_pool_name=POOL, concurrency_limit=1)
        except ObjectAlreadyExists:
            return


async def print_schedule(console: Console, url: str, settings: Settings) -> None:
    """Print where the server is, which home it works on, and each deployment with its next run."""
    async with get_client() as client:
        deployments = await client.read_deployments()
    clock = datetime.now(settings.zone)
    table = Table(title="Lịch / what is scheduled", title_justify="left", title_style="bold")
    for header in ("Triển khai\ndeployment", "Lần tới\nnext run", "Việc\nwhat for"):
        table.add_column(header, overflow="fold")
    for deployment in sorted(deployments, key=lambda each: each.name):
        table.add_row(deployment.name, _next_run(deployment, clock), deployment.description or "")
    console.print(table)
    console.print(f"Prefect: {url.removesuffix('/api')}", highlight=False)
    console.print(f"Nơi nhận tệp / inbox: {settings.inbox_url}", highlight=False, soft_wrap=True)
    console.print("Dừng / stop: Ctrl-C", highlight=False)


def _next_run(deployment: DeploymentResponse, clock: datetime) -> str:
    due = next_due(deployment.schedules, clock)
    return in_words(due) if due else "chạy tay / by hand"
