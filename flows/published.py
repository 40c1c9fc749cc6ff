"""Reading what is published, as any reader does: read-only, one whole release at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from tasks.snapshot import reading

Row = dict[str, Any]


class NothingPublished(LookupError):  # noqa: N818 - a state of the world
    """No release yet: there is no snapshot at `snapshot`."""

    def __init__(self, snapshot: Path) -> None:
        super().__init__(f"Chưa có bản phát hành nào / nothing is published yet: {snapshot}")


@contextmanager
def open_published(snapshot: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the snapshot; a table is called by its bare name. Raises NothingPublished when there is none.

    The whole block reads one release: one that is swapped in meanwhile does not disturb it.
    """
    if not snapshot.exists():
        raise NothingPublished(snapshot)
    with reading(snapshot) as reader:
        yield reader


def rows_of(reader: duckdb.DuckDBPyConnection, select: str) -> list[Row]:
    """The rows of a SELECT, each a dict by column name."""
    answer = reader.execute(select)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
