"""The descriptions of schemas.published, as the comments of a database that holds the tables."""

from collections.abc import Iterator

from schemas.published.table import PublishedTable
from schemas.sql_text import quoted


def comments_on(catalog: str, table: PublishedTable) -> Iterator[str]:
    """The statements that describe `table` and its columns in schema marts of `catalog`."""
    name = f"{catalog}.marts.{table.name}"
    yield f"COMMENT ON TABLE {name} IS {quoted(table.comment)}"
    for column in table.columns:
        yield f'COMMENT ON COLUMN {name}."{column.name}" IS {quoted(column.comment)}'
