"""The same answers from all, or the bench fails: every published table compared, row for row."""

from pathlib import Path

import duckdb

from schemas.published.snapshot import tables_of
from schemas.published.tables import TABLES

# Who computed the tables, and the ids by which each of them calls a file.
_OWN_NAMES = {"submission_id", "source_submission_id", "run_id"}
# And what only a check can say of a file that is taken.
_JUDGED = _OWN_NAMES | {"verdict", "findings"}
# Words are ours alone: of a finding it is compared where it lies and what it is called.
_COMPARED = {"findings": ("district_code", "period", "sheet", "cell", "fault", "severity")}


class OtherAnswers(Exception):  # noqa: N818 - the finding of a bench
    """Two subjects gave different tables for the same files."""


def must_agree(ours: Path, others: dict[str, Path], *, is_judged: bool = True) -> None:
    """Compare the tables `marts.…` of each database with ours. Raises OtherAnswers naming what differs.

    Not `is_judged`: the others check nothing, so what only a check can say is left out.
    """
    for name, file in others.items():
        differing = differences(ours, file, is_judged=is_judged)
        if differing:
            raise OtherAnswers(f"{name}: {differing}")


def differences(ours: Path, theirs: Path, *, is_judged: bool = True) -> dict[str, int]:
    """Published table → rows that only one of the two databases has; empty when all are equal."""
    with duckdb.connect() as reader:
        reader.execute(f"ATTACH '{ours}' AS ours (READ_ONLY)")
        reader.execute(f"ATTACH '{theirs}' AS theirs (READ_ONLY)")
        missing = set(tables_of(reader, "ours")) ^ set(tables_of(reader, "theirs"))
        left_out = missing if is_judged else missing | {"findings"}
        names = [table.name for table in TABLES if table.name not in left_out]
        counts = {name: _differing(reader, name, _OWN_NAMES if is_judged else _JUDGED) for name in names}
    return {**{name: count for name, count in counts.items() if count}, **dict.fromkeys(missing, -1)}


def _differing(reader: duckdb.DuckDBPyConnection, table: str, left_out: set[str]) -> int:
    (described,) = [each for each in TABLES if each.name == table]
    names = [column.name for column in described.columns if column.name not in left_out]
    columns = ", ".join(f'"{name}"' for name in _COMPARED.get(table, names))
    ours, theirs = (f"SELECT {columns} FROM {side}.marts.{table}" for side in ("ours", "theirs"))
    counted = f"SELECT count(*) FROM (({ours} EXCEPT ALL {theirs}) UNION ALL ({theirs} EXCEPT ALL {ours}))"
    [(differing,)] = reader.execute(counted).fetchall()
    return int(differing)


def rows_loaded(warehouse: Path) -> int:
    """How many rows of the files a warehouse of ours has taken in."""
    with duckdb.connect(str(warehouse), read_only=True) as reader:
        [(counted,)] = reader.execute(
            "SELECT count(*) FROM ledger.source_row WHERE state = 'loaded'"
        ).fetchall()
    return int(counted)
