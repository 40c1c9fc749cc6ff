"""A real PostgreSQL of the machine's own package, on loopback, with a password, for the length of a block."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.prefect_server import free_port

USER, PASSWORD = "prefect", "mật khẩu: thử/1"  # it has to be quoted in a URL
# Where Debian puts it; elsewhere the program is on the PATH.
_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_SERVER = (
    "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= "
    "-c fsync=off -c full_page_writes=off"
)


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None when there is no PostgreSQL on this machine."""
    on_path = shutil.which("initdb")
    return _DEBIAN[-1] if _DEBIAN else Path(on_path).parent if on_path else None


@contextmanager
def running_postgres(folder: Path) -> Iterator[int]:
    """Start a new cluster of `folder`, the programs; give its port."""
    # Not below pytest's folder, which PostgreSQL's user may not enter when the tests run as root.
    with tempfile.TemporaryDirectory(prefix="scheme21-postgres-", ignore_cleanup_errors=True) as place:
        port = free_port()
        password = Path(place) / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        if os.geteuid() == 0:  # as root it does not start
            for path in (Path(place), password):
                shutil.chown(path, "nobody")
        data = f"{place}/data"
        _run(
            folder / "initdb",
            *("-D", data, "-U", USER, "-E", "UTF8", "--no-locale", "--no-sync"),
            *("-A", "scram-sha-256", "--pwfile", str(password)),
        )
        control = (folder / "pg_ctl", "-D", data, "-w")
        _run(*control, "-l", f"{place}/log", "-o", _SERVER.format(port=port), "start")
        try:
            yield port
        finally:
            _run(*control, "-m", "immediate", "stop")


def _run(*command: str | Path) -> None:
    user = "nobody" if os.geteuid() == 0 else None
    # No pipe: the server would inherit it and keep it open.
    subprocess.run(command, check=True, user=user, cwd="/", stdout=subprocess.DEVNULL, timeout=60)
