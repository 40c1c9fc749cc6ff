"""One demonstration of two periods, made as a user makes it, with a reader beside it; many tests look on."""

import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flows.published import open_published
from schemas.rows import rows_of
from tests.made_once import made_once

SCHEME21 = Path(sys.executable).with_name("scheme21")
# Reads the published file again and again, as another office would; says what it saw when its input closes.
_READER = """
import sys, threading, time
from pathlib import Path
from filelock import FileLock

from flows.published import open_published
from schemas.rows import rows_of
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
snapshot, seen, reads = Path(sys.argv[1]), set(), 0
while not ended.is_set():
    if snapshot.exists():
        with open_published(snapshot) as reader:
            (release,) = rows_of(reader, "SELECT run_id, latest_period FROM release")
            (row,) = rows_of(reader, "SELECT max(period) AS period FROM countdown")
        assert release["latest_period"] == row["period"], "torn"
        seen.add(release["run_id"])
        reads += 1
    time.sleep(0.02)
print(reads, len(seen))
"""


@dataclass(frozen=True)
class Demo:
    """The demo's home; how the program ended and what it printed; what the reader beside it saw."""

    home: Path
    code: int
    out: str
    err: str
    reads: int
    releases_seen: int

    @property
    def snapshot(self) -> Path:
        return self.home / "published" / "scheme21.duckdb"

    def rows(self, select: str) -> list[dict[str, Any]]:
        with open_published(self.snapshot) as reader:
            return rows_of(reader, select)

    def releases(self) -> list[Path]:
        """Folders of the releases, the first one first."""
        return sorted((self.home / "releases").iterdir())


def demonstrated_once(folder: Path) -> Demo:
    """The demonstration in `folder`, for all of the suite's processes."""
    said = made_once(folder, lambda place: asdict(_demonstrate(place / "home")))
    return Demo(**{**said, "home": Path(said["home"])})


def _demonstrate(home: Path) -> Demo:
    """Run `scheme21 demo` for 2021-03 and 2021-04 in a process, and with a Prefect server, of its own."""
    # As in a user's shell: nothing of the suite's own server.
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DO_NOT"))}
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, str(home / "published" / "scheme21.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    command = [SCHEME21, "demo", "--home", home, "--to", "2021-04"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, env=bare)
    said, complaint = reader.communicate(timeout=60)
    assert reader.returncode == 0, complaint
    reads, releases_seen = (int(number) for number in said.split())
    return Demo(home, done.returncode, " ".join(done.stdout.split()), done.stderr, reads, releases_seen)
