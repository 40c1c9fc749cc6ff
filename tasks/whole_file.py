"""Files that are there whole or not at all, whatever ends the process or the machine."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file: a killed process or a power cut leaves no half one under that name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    write_chunks(beside, [content])
    put(beside, path)


def write_chunks(path: Path, parts: Iterable[bytes]) -> str:
    """Write a file down to the disk; return the SHA-256 of what was written."""
    digest = hashlib.sha256()
    with path.open("wb") as target:
        for part in parts:
            target.write(part)
            digest.update(part)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()


def put(beside: Path, path: Path) -> None:
    """Give a file that is down on the disk its name, and that name to the disk."""
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
