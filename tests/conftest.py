"""What many tests share: a clean environment, a real Prefect server on loopback, one demonstration."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# Prefect reads its environment when it is imported, so it is set here, before any test module is; and nothing
# of the machine's own Prefect or of an office's settings may reach a test.
for name in [n for n in os.environ if n.startswith(("PREFECT_", "SCHEME21_"))]:
    del os.environ[name]
_PREFECT_HOME = tempfile.TemporaryDirectory(prefix="scheme21-prefect-", ignore_cleanup_errors=True)
_PORT = _free_port()
os.environ |= {
    "DO_NOT_TRACK": "1",
    "PREFECT_HOME": _PREFECT_HOME.name,
    "PREFECT_API_URL": f"http://127.0.0.1:{_PORT}/api",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}

from flows.prefect_server import Server, deliver_everything  # noqa: E402 - after the environment
from schemas.settings import Settings  # noqa: E402
from tests.demonstration import Demo, demonstrated_once  # noqa: E402

Settings.model_config["env_file"] = None


@pytest.fixture(scope="session")
def prefect_api() -> Iterator[str]:
    """The URL of a real server with all its services; it takes 10 to 35 s to start, once a session."""
    log = Path(_PREFECT_HOME.name) / "server.log"
    command = [
        sys.executable,
        "-m",
        "flows.prefect_child",
        "server",
        "start",
        "--host",
        "127.0.0.1",
        "--port",
        str(_PORT),
        "--no-ui",
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=output)
    server = Server(os.environ["PREFECT_API_URL"], log, process)
    server.wait()
    yield server.url
    deliver_everything()
    process.terminate()
    process.communicate(timeout=20)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all processes of this run of the suite."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def demo(shared: Path) -> Demo:
    """The simulated city's first two periods, taken by `scheme21 demo`; its home is not to be changed."""
    return demonstrated_once(shared / "demo")


@pytest.fixture(scope="session")
def sample_inbox(demo: Demo) -> Path:
    """The files of those two periods, by district."""
    return demo.home / "inbox"


@pytest.fixture
def copied_home(demo: Demo, tmp_path: Path) -> Path:
    """A copy of the demo's home, to be changed at will."""
    skipped = shutil.ignore_patterns("prefect")
    return Path(shutil.copytree(demo.home, tmp_path / "copy", symlinks=True, ignore=skipped))
