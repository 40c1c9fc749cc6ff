"""All of several statements or nothing of them."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def one_transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of the block or nothing of it."""
    connection.execute("BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        let_go(connection, "ROLLBACK")
        raise


def let_go(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Give up a transaction or a database; whatever is answered changes nothing."""
    try:
        connection.execute(statement)
    except duckdb.Error:
        return
