"""PostgreSQL and an S3 server, once for these tests, and lakes on the two."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import duckdb
import fsspec
import pytest

from schemas.settings import Settings
from tasks.lock import writer_lock
from tasks.sharing import shared
from tests.beyond.seaweed import running_s3
from tests.postgres import PASSWORD, USER, programs, running_postgres
from warehouse.connection import open_warehouse

PROGRAMS = programs()
NewLake = Callable[[], dict[str, str]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[int]:
    if PROGRAMS is None:
        pytest.skip("no PostgreSQL on this machine (Debian: apt install postgresql)")
    with running_postgres(PROGRAMS) as port:
        yield port


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The AWS_… variables of the S3 server."""
    with running_s3(tmp_path_factory.mktemp("s3") / "server") as variables:
        yield variables


@pytest.fixture
def bucket(store: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """A bucket on the S3 server, and its variables set."""
    for name, value in store.items():
        monkeypatch.setenv(name, value)
    fsspec.filesystem("s3", skip_instance_cache=True).makedirs("shared", exist_ok=True)
    return "s3://shared"


@pytest.fixture
def new_lake(postgres: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewLake:
    """A function that makes an empty lake, its files in a folder, and gives a home's settings for it."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)

    def create() -> dict[str, str]:
        name = f"lake_{uuid4().hex}"
        asyncio.run(_create_database(postgres, name))
        libpq = f"host=127.0.0.1 port={postgres} user={USER} dbname={name}"
        return {"lake": f"ducklake:postgres:{libpq}", "lake_data": f"{tmp_path}/{name}/"}

    return create


async def _create_database(port: int, name: str) -> None:
    connection = await asyncpg.connect(
        host="127.0.0.1", port=port, user=USER, password=PASSWORD, database="postgres"
    )
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()


def home_on(lake: dict[str, str], home: Path, inbox: Path | None = None) -> Settings:
    return Settings(home=home, inbox=str(inbox or home), **lake)


@contextmanager
def publishing(settings: Settings, what: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse as a cycle holds it."""
    with (
        writer_lock(settings, what),
        open_warehouse(settings.warehouse, settings.time_zone) as warehouse,
        shared(warehouse, settings, what),
    ):
        yield warehouse
