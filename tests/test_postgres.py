"""The Prefect server as docs/operations/ sets it up: on a real PostgreSQL, basic auth on, used by a cycle."""

import asyncio
import base64
import json
import os
import shlex
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import asyncpg
import pytest
from dotenv import dotenv_values

from flows.prefect_server import Server, free_port
from tasks.materialize import materialize
from tests.intake.returns import Office, moment, whole_return
from tests.postgres import PASSWORD, USER, programs, running_postgres
from warehouse.connection import open_warehouse

OPERATIONS = Path(__file__).parents[1] / "docs" / "operations"
PROGRAMS = programs()
pytestmark = [
    pytest.mark.server,
    pytest.mark.long,
    pytest.mark.skipif(
        PROGRAMS is None, reason="no PostgreSQL on this machine (Debian: apt install postgresql)"
    ),
]
AUTH = "admin:not-to-be-guessed"


@dataclass(frozen=True)
class Installed:
    """The server's address, and where its records are."""

    url: str
    postgres: dict[str, str | int]

    def rows(self, select: str) -> list[tuple[object, ...]]:
        async def fetch() -> list[tuple[object, ...]]:
            connection = await asyncpg.connect(**self.postgres)
            try:
                return [tuple(row) for row in await connection.fetch(select)]
            finally:
                await connection.close()

        return asyncio.run(fetch())


@dataclass(frozen=True)
class Commands:
    """Two commands that run at once, so that their starts are waited for once; each with its home."""

    home: Path
    let_in: "subprocess.Popen[str]"
    stranger: Path
    refused: "subprocess.Popen[str]"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """The server of scheme21-server.service with the settings of server.env.example."""
    assert PROGRAMS is not None
    folder = tmp_path_factory.mktemp("server")
    with running_postgres(PROGRAMS) as port:
        api_port = free_port()
        given = dotenv_values(OPERATIONS / "server.env.example")
        changed = {
            "PREFECT_SERVER_API_AUTH_STRING": AUTH,
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": (
                f"postgresql+asyncpg://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{port}/postgres"
            ),
            "PREFECT_HOME": str(folder),
        }
        assert set(changed) < set(given)
        log = folder / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command_of_the_service(api_port), env=bare() | given | changed, stdout=output, stderr=output
            )
        server = Server(f"http://127.0.0.1:{api_port}/api", log, process)
        try:
            server.wait()
            postgres = {
                "host": "127.0.0.1",
                "port": port,
                "user": USER,
                "password": PASSWORD,
                "database": "postgres",
            }
            yield Installed(server.url, postgres)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def command_of_the_service(port: int) -> list[str]:
    unit = (OPERATIONS / "scheme21-server.service").read_text(encoding="utf-8")
    (line,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    program, *arguments = shlex.split(line.removeprefix("ExecStart="))
    assert arguments[-1] == "4200"
    return [str(Path(sys.executable).with_name(Path(program).name)), *arguments[:-1], str(port), "--no-ui"]


def bare() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}


def answer(url: str, auth: str | None) -> int:
    request = urllib.request.Request(url)  # noqa: S310 - our own server
    if auth is not None:
        request.add_header("Authorization", f"Basic {base64.b64encode(auth.encode()).decode()}")
    try:
        with urllib.request.urlopen(request, timeout=20) as said:  # noqa: S310
            return int(said.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_nobody_is_let_in_without_the_password(installed: Installed) -> None:
    version = f"{installed.url}/version"

    assert answer(version, None) == 401
    assert answer(version, "admin:guess") == 401
    assert answer(version, AUTH) == 200


@pytest.fixture(scope="module")
def commands(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """A cycle over one return with the server's password, and one with another, both under way.

    The cycle finds its tables published: what gate and release cost is spent in other tests.
    """
    folder = tmp_path_factory.mktemp("commands")
    office = Office(folder)
    office.send(whole_return(folder / "r.xlsx"), moment("2021-04-03"))
    publish(office, moment("2021-04-06 23:59:59"))
    stranger = folder / "stranger"
    (stranger / "inbox").mkdir(parents=True)
    with (
        run(office.settings.home, installed.url, AUTH) as let_in,
        run(stranger, installed.url, "admin:guess") as refused,
    ):
        yield Commands(office.settings.home, let_in, stranger, refused)


def publish(office: Office, now: datetime) -> None:
    office.take_in(now)
    with open_warehouse(office.settings.warehouse, office.settings.time_zone) as warehouse:
        candidate = materialize(warehouse, office.settings, now, "earlier")
    office.settings.published.symlink_to(candidate.parent)


def run(home: Path, url: str, auth: str) -> "subprocess.Popen[str]":
    command = [
        str(Path(sys.executable).with_name("scheme21")),
        "run",
        "--home",
        str(home),
        "--now",
        "2021-04-06",
    ]
    environment = bare() | {
        "PREFECT_API_URL": url,
        "PREFECT_API_AUTH_STRING": auth,
        "PREFECT_HOME": str(home / "client"),
    }
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_wrong_password_is_said_in_one_line(installed: Installed, commands: Commands) -> None:
    _, said = commands.refused.communicate(timeout=180)

    assert commands.refused.returncode == 69
    assert said.splitlines() == [
        f"Máy chủ Prefect {installed.url} không nhận mật khẩu: "
        "đặt PREFECT_API_AUTH_STRING như của máy chủ. / "
        "The Prefect server refuses the password: set PREFECT_API_AUTH_STRING to the server's."
    ]
    assert not (commands.stranger / "warehouse.duckdb").exists()


def test_a_cycle_is_recorded_in_postgresql(installed: Installed, commands: Commands) -> None:
    _, said = commands.let_in.communicate(timeout=180)

    assert (commands.let_in.returncode, said) == (0, "")
    assert json.loads((commands.home / "heartbeat.json").read_bytes())["outcome"] == "released"
    assert installed.rows("SELECT name, state_type::text FROM flow_run") == [("cycle-2021-04", "COMPLETED")]
    assert not (commands.home / "prefect" / "server.log").exists()  # it needed no server of its own
