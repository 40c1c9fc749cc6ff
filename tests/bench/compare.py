"""Two commits side by side: `python -m tests.bench.compare OLD NEW` (`make bench-check OLD=… NEW=…`).

Each is checked out into the cache with an environment of its own, and measured by this checkout. What is
measured are the subjects of the commit itself, which know its steps; one from before there were any gets
those of this checkout. Prints each figure's ratio NEW ÷ OLD; ends with 1 when one is above
`--limit`.
"""

import io
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable

from tests.bench import check, cycle, start
from tests.bench.__main__ import BENCHES
from tests.bench.given import Given, Size, parser
from tests.bench.measure import Figure, bare_environment
from tests.bench.place import CACHE, ROOT, Place

_DEFAULT = (start.NAME, check.NAME, cycle.NAME)
_LIMIT = 1.15


def checked_out(commit: str, uv: str) -> Place:
    """The files of `commit` in the cache with its locked environment. Raises CalledProcessError."""
    resolved = _git("rev-parse", "--short", f"{commit}^{{commit}}").decode().strip()
    folder = CACHE / "commits" / resolved
    if not folder.exists():
        beside = folder.with_suffix(".part")
        shutil.rmtree(beside, ignore_errors=True)
        with tarfile.open(fileobj=io.BytesIO(_git("archive", "--format=tar", resolved))) as files:
            files.extractall(beside, filter="data")
        beside.rename(folder)
    sync = [uv, "sync", "--frozen", "--quiet", "--no-default-groups", "--python", sys.executable]
    subprocess.run(sync, cwd=folder, check=True, env=bare_environment())
    if not (folder / "tests" / "bench").exists():
        shutil.copytree(ROOT / "tests" / "bench", folder / "tests" / "bench")
    return Place(folder, str(folder / ".venv" / "bin" / "python"), CACHE / "scratch" / resolved)


def ratios(old: list[Figure], new: list[Figure]) -> list[tuple[str, float, float, float]]:
    """Subject, median of the old commit, of the new, and their ratio, for what both have measured."""
    before = {figure.subject: figure.median for figure in old}
    return [
        (figure.subject, before[figure.subject], figure.median, figure.median / before[figure.subject])
        for figure in new
        if figure.subject in before
    ]


def main() -> None:
    """Measure both commits, one bench of each in turn, and print the ratios."""
    arguments = parser(__doc__)
    arguments.add_argument("old")
    arguments.add_argument("new")
    arguments.add_argument(
        "--bench", action="append", choices=[*BENCHES], help="by default all but the long ones"
    )
    arguments.add_argument(
        "--limit", type=float, default=_LIMIT, help="a ratio above it ends the command with 1"
    )
    arguments.add_argument("--uv", default="uv", help="the program uv")
    asked = arguments.parse_args()
    places = [checked_out(commit, asked.uv) for commit in (asked.old, asked.new)]
    slower = []
    for name in asked.bench or _DEFAULT:
        old, new = (_measure(BENCHES[name], place, asked.runs, asked.size) for place in places)
        for subject, before, after, ratio in ratios(old, new):
            print(f"{name:9} {ratio:5.2f}  {before:8.2f} s → {after:8.2f} s  {subject}", flush=True)
            slower += [subject] if ratio > asked.limit else []
    sys.exit(1 if slower else 0)


def _measure(bench: Callable[[Given], list[Figure]], place: Place, runs: int, size: Size) -> list[Figure]:
    return bench(Given(runs, size, is_ours_only=True, place=place))


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


if __name__ == "__main__":
    main()
