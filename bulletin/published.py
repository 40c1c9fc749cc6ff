"""The published tables as the bulletin reads them: one SELECT a part."""

from pathlib import Path

import duckdb

from schemas.rows import Row, rows_of

_QUERY = Path(__file__).parent / "query"


class OutdatedRelease(ValueError):  # noqa: N818 - a state of the world
    """The tables are not those this program knows: another version of it built them."""

    def __init__(self, snapshot: Path, differing: list[str]) -> None:
        super().__init__(
            f"{snapshot} do phiên bản khác của chương trình lập; hãy chạy scheme21 run\n"
            f"{snapshot} was built by another version of this program; run scheme21 run\n"
            f"{', '.join(differing)}"
        )


def part_rows(reader: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    """The rows of `query/<name>.sql`, or of the published table of that name; each a dict by column name."""
    file = _QUERY / f"{name}.sql"
    return rows_of(reader, file.read_text(encoding="utf-8") if file.exists() else f"FROM {name}")
