"""Beyond one machine, end to end: `python -m tests.campaigns.beyond --periods 10` prints what it saw.

The simulated city's periods, once by the embedded default and once by the same commands on PostgreSQL, S3 and
a Dask cluster, of which a worker is killed at work, while a reader reads on. Ends with 1 when a published
table differs in a row, or a read failed or was torn.
"""

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path

from schemas.calendar import Calendar
from schemas.settings import Settings
from tasks.sample import write_sample
from tests.beyond.everything import SCHEME21, Everything, everything
from tests.beyond.readers import published_apart, watched
from tests.beyond.seaweed import bare_with
from tests.postgres import programs

_FIRST, _LAST, _SEED = "2021-03", "2021-12", 21


def main() -> int:
    """Run it as the options say; return the exit code."""
    options = _options()
    postgres = programs()
    if postgres is None:
        raise SystemExit("no PostgreSQL on this machine (Debian: apt install postgresql)")
    locks = _locks(options.periods)
    with tempfile.TemporaryDirectory(prefix="scheme21-beyond-") as place:
        folder = Path(place)
        inbox = options.inbox or folder / "inbox"
        if options.inbox is None:
            write_sample(inbox, _SEED, _FIRST, _LAST, options.messy)
        for lock in locks:
            print(f"{lock}: embedded {_embedded(folder / 'embedded', inbox, lock):.1f} s", flush=True)
        with everything(folder / "parts", postgres) as parts:
            os.environ.update(parts.reader)
            reads = _beyond(parts, inbox, locks)
            differing = published_apart(parts.catalog, folder / "embedded" / "published" / "scheme21.duckdb")
            killed = len(parts.killed)
    print(f"{len(differing)} published tables; rows that differ: {sum(differing.values())}")
    print(f"workers killed at work: {killed}; reads meanwhile: {len(reads)}, torn: {sum(reads)}")
    return 1 if any(differing.values()) or any(reads) or killed != 1 else 0


def _beyond(parts: Everything, inbox: Path, locks: list[str]) -> list[bool]:
    first, *later = locks
    print(f"{first}: beyond one machine {_taken(parts, inbox, first):.1f} s", flush=True)
    with watched(parts.catalog) as reads:
        for lock in later:
            seconds = _taken(parts, inbox, lock, kill_a_worker=lock == later[0])
            print(f"{lock}: beyond one machine {seconds:.1f} s", flush=True)
    return reads


def _taken(parts: Everything, inbox: Path, lock: str, *, kill_a_worker: bool = False) -> float:
    began = time.monotonic()
    done = parts.run(inbox, lock, kill_a_worker=kill_a_worker)
    if done.returncode:
        raise SystemExit(f"{lock}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return time.monotonic() - began


def _embedded(home: Path, inbox: Path, lock: str) -> float:
    began = time.monotonic()
    command = [SCHEME21, "run", "--home", home, "--inbox", inbox, "--now", lock]
    subprocess.run(command, env=bare_with({}), capture_output=True, check=True)
    return time.monotonic() - began


def _locks(periods: int) -> list[str]:
    calendar = Calendar(Settings(_env_file=None))
    return [f"{calendar.lock_at(calendar.baseline + n):%Y-%m-%d}" for n in range(periods)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--periods", type=int, default=10)
    parser.add_argument("--messy", action="store_true")
    parser.add_argument("--inbox", type=Path, help="a sample that was written before, or a part of one")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
