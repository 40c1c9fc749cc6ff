"""Where a bench measures: a checkout and its Python; the cache of what is made once for all runs."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".bench"


@dataclass(frozen=True)
class Place:
    """A checkout, the Python that has it installed, and a scratch folder that is emptied before each run."""

    checkout: Path
    python: str
    scratch: Path

    @classmethod
    def here(cls) -> "Place":
        """This checkout and the Python that runs the bench."""
        return cls(ROOT, sys.executable, CACHE / "scratch")

    @property
    def scheme21(self) -> str:
        """The installed program."""
        return str(Path(self.python).with_name("scheme21"))

    def fresh(self, name: str) -> Path:
        """An own folder for one run, which does not exist yet."""
        folder = self.scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        return folder

    def subject(self, name: str, *arguments: str) -> list[str]:
        """The command of a subject."""
        return [self.python, "-m", f"tests.bench.subjects.{name}", *arguments]


def commit() -> str:
    """The commit that is checked out, `+` behind it when files but the page itself differ from it."""
    here = _git("rev-parse", "--short", "HEAD").stdout.strip()
    differing = _git("diff", "--name-only", "HEAD", "--", ".", ":!docs/performance.md").stdout
    return f"{here}+" if differing else here


def _git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
