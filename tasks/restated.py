"""What a restated picture says otherwise than as it was known, and the returns that made it so."""

from collections.abc import Collection

from schemas.published.snapshot import attach_read_only, reading
from schemas.published.tables import TABLES
from schemas.rows import Row, rows_of
from tasks.reprint import Reprint
from warehouse.connection import query

# The release is another one by intent, and lists of files and findings are themselves what became known.
_NOT_COMPARED = {"release", "submissions", "findings"}


def restated_cells(reprinted: Reprint, tables: Collection[str]) -> list[Row]:
    """Every cell of `tables` that the restated picture gives otherwise than the one as it was known.

    Each is table_name, key (the row's), column_name, released and asked (texts, None where there is no such
    row), submissions (ids of the returns known since that bear on the row).
    """
    select = query("restated_cell")
    with reading(reprinted.as_known) as reader:
        attach_read_only(reader, reprinted.file.resolve(), "asked")
        return [
            cell
            for table in TABLES
            if table.name in tables and table.name not in _NOT_COMPARED
            for cell in rows_of(reader, select, [table.name, list(table.key)])
        ]
