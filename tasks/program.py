"""Which program this is: its version, its commit where it is known, the hash of all it consists of."""

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import duckdb

from schemas.file_hash import sha256_of
from schemas.manifest import Program

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("bulletin", "flows", "schemas", "tasks", "warehouse")


@cache
def program() -> Program:
    """This program. `sha256` is of the lines `<sha256>  <path>` of its files in order of their paths."""
    lines = "".join(f"{digest}  {path}\n" for path, digest in _files())
    return Program(
        version=version("scheme21"),
        commit=_commit(),
        sha256=hashlib.sha256(lines.encode()).hexdigest(),
        duckdb=duckdb.__version__,
    )


def program_files() -> Iterator[Path]:
    """Every file of this program, in order of their paths."""
    for path in sorted(path for package in _PACKAGES for path in (_ROOT / package).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _files() -> Iterator[tuple[str, str]]:
    for path in program_files():
        yield path.relative_to(_ROOT).as_posix(), sha256_of(path)


def _commit() -> str | None:
    git = shutil.which("git")
    # Installed from a wheel, it lies in no checkout of its own.
    if git is None or not (_ROOT / ".git").exists():
        return None
    asked = subprocess.run(  # noqa: S603 - a fixed command
        [git, "-C", str(_ROOT), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or None
