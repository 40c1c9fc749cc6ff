"""All of docs/scale.md at once on loopback: PostgreSQL, S3, a Dask cluster, Prefect on that PostgreSQL.

`Everything.run` is a user's own `scheme21 run`: nothing but SCHEME21_ and AWS_ variables moves it there.
"""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import asyncpg

from flows.prefect_server import Server, free_port
from tests.beyond.dask_cluster import Cluster, one_killed_at_work, running_cluster
from tests.beyond.seaweed import bare_with, running_s3
from tests.postgres import PASSWORD, USER, running_postgres

SCHEME21 = Path(sys.executable).with_name("scheme21")


@dataclass
class Everything:
    """The running parts, a home on them, and the lake's address as `catalog`."""

    home: Path
    catalog: str
    environment: dict[str, str]
    cluster: Cluster
    killed: list[int] = field(default_factory=list)

    @property
    def reader(self) -> dict[str, str]:
        """The variables by which another office reads the lake."""
        return {name: value for name, value in self.environment.items() if name.startswith(("AWS_", "PG"))}

    def run(
        self, inbox: Path, now: str, *, kill_a_worker: bool = False
    ) -> "subprocess.CompletedProcess[str]":
        """One cycle; with `kill_a_worker` the first worker is killed while it is at work on a file."""
        command = [SCHEME21, "run", "--home", self.home, "--inbox", inbox, "--now", now]
        with one_killed_at_work(self.cluster) if kill_a_worker else nullcontext([]) as killed:
            done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=1800)
        self.killed += killed
        return done


@contextmanager
def everything(folder: Path, programs: Path) -> Iterator[Everything]:
    """Start all of it over the empty `folder`; `programs` is where PostgreSQL's lie."""
    with running_postgres(programs) as port, running_s3(folder / "s3") as aws:
        asyncio.run(_create_databases(port, "lake", "prefect"))
        libpq = f"host=127.0.0.1 port={port} user={USER} dbname=lake"
        environment = bare_with(aws) | {
            "PGPASSWORD": PASSWORD,
            "SCHEME21_WAREHOUSE": f"ducklake:postgres:{libpq}",
            "SCHEME21_WAREHOUSE_DATA": "s3://scheme21/lake/",
            "SCHEME21_ARCHIVE": "s3://scheme21/archive",
            "SCHEME21_PUBLISHED": "s3://scheme21/published",
        }
        with (
            running_cluster(folder / "dask", environment) as cluster,
            _prefect_on(port, folder / "prefect") as url,
        ):
            environment |= {"SCHEME21_TASK_RUNNER": cluster.address, "PREFECT_API_URL": url}
            yield Everything(folder / "home", environment["SCHEME21_WAREHOUSE"], environment, cluster)


@contextmanager
def _prefect_on(postgres: int, folder: Path) -> Iterator[str]:
    folder.mkdir()
    port = free_port()
    database = f"postgresql+asyncpg://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{postgres}/prefect"
    environment = bare_with({}) | {
        "PREFECT_HOME": str(folder),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    command = [Path(sys.executable).with_name("prefect"), "server", "start", "--no-ui"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    server = Server(f"http://127.0.0.1:{port}/api", log, process)
    try:
        server.wait()
        yield server.url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


async def _create_databases(port: int, *names: str) -> None:
    connection = await asyncpg.connect(
        host="127.0.0.1", port=port, user=USER, password=PASSWORD, database="postgres"
    )
    try:
        for name in names:
            await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
