"""Reading what is published, as any reader does: read-only, one whole release at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # that nothing is published is said without it
    import duckdb


class NothingPublished(LookupError):  # noqa: N818 - a state of the world
    """No release yet: there is no snapshot at `snapshot`."""

    def __init__(self, snapshot: Path) -> None:
        super().__init__(f"Chưa có bản phát hành nào / nothing is published yet: {snapshot}")


@contextmanager
def open_published(snapshot: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Open the snapshot; a table is called by its bare name. Raises NothingPublished when there is none.

    The whole block reads one release: one that is swapped in meanwhile does not disturb it.
    """
    if not snapshot.exists():
        raise NothingPublished(snapshot)
    from schemas.published.snapshot import reading

    with reading(snapshot) as reader:
        yield reader
