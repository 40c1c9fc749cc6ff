"""Drawing a release in a process of its own, which prepares itself while the cycle reads."""

import os
from dataclasses import dataclass
from pathlib import Path

from schemas.manifest import Link
from tasks.companion import Companion
from tasks.dictionary_page import dictionary_page


@dataclass(frozen=True)
class Drawing:
    """What is to be drawn: a release's `folder`, with its tables, of the `home`; the manifest before it.

    Both paths are absolute: a companion works in no folder of ours.
    """

    home: Path
    folder: Path
    previous: Link | None


# Where fontconfig, which sets the PDF, finds what it knows of the machine's fonts.
_CACHES = ("HOME", "XDG_CACHE_HOME")
DRAFTSMAN: Companion[Drawing, None] = Companion(
    "tasks.drawing_child", {name: os.environ[name] for name in _CACHES if name in os.environ}
)


def write_readers_files(folder: Path, previous: Link | None) -> None:
    """Write what readers are given beside scheme21.duckdb in `folder`; raises as `write_bulletin` does."""
    # What draws and sets the pages takes seconds to import: a cycle with nothing new never pays for it.
    from bulletin.release_files import write_bulletin

    write_bulletin(folder / "scheme21.duckdb", folder, previous)
    (folder / "dictionary.html").write_text(dictionary_page(), encoding="utf-8")
