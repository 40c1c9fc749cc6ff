"""The SHA-256 of a file, by which it is known in manifests, pages and records."""

import hashlib
from pathlib import Path


def sha256_of(path: Path) -> str:
    """The SHA-256 of the bytes of a file, in hexadecimal. Raises OSError when it cannot be read."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
