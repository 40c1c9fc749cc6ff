"""What is dear to make is made once, by whichever process of the suite comes first; all others look on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock


def made_once(folder: Path, make: Callable[[Path], object]) -> Any:
    """What `make` said, as JSON, when it filled `folder`; nobody may change what lies there."""
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        record = folder / "made.json"
        if not record.exists():
            record.write_text(json.dumps(make(folder), default=str), encoding="utf-8")
    return json.loads(record.read_text(encoding="utf-8"))
