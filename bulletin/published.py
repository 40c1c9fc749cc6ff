"""The published tables as the bulletin reads them: read-only, one release, one SELECT a part."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
_QUERY = Path(__file__).parent / "query"


class OutdatedRelease(ValueError):  # noqa: N818 - a state of the world
    """The tables are not those this program knows: another version of it built them."""

    def __init__(self, snapshot: Path, differing: list[str]) -> None:
        super().__init__(
            f"{snapshot} do phiên bản khác của chương trình lập; hãy chạy scheme21 run\n"
            f"{snapshot} was built by another version of this program; run scheme21 run\n"
            f"{', '.join(differing)}"
        )


@contextmanager
def reading(snapshot: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a file of published tables; a table is called by its bare name.

    Raises duckdb.IOException when the file is not there or is none. The connection is fresh and in memory, so
    that a file swapped in meanwhile is never mixed with the one being read.
    """
    with duckdb.connect(config={"autoload_known_extensions": False}) as reader:
        path = str(snapshot.resolve()).replace("'", "''")
        reader.execute(f"ATTACH '{path}' AS snapshot (READ_ONLY)")
        reader.execute("USE snapshot.marts")
        yield reader


def rows_of(reader: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    """The rows of `query/<name>.sql`, or of the published table of that name; each a dict by column name."""
    file = _QUERY / f"{name}.sql"
    answer = reader.execute(file.read_text(encoding="utf-8") if file.exists() else f"FROM {name}")
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
