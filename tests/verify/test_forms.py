"""The same rows have the same hash in the database, in Parquet and in CSV, whatever their texts are."""

from pathlib import Path

import duckdb
import pytest

from bulletin.flat_files import write_flat_files
from warehouse.connection import manifest_sql

_TEXTS = [
    "=1+1",
    "- Thiếu người",
    "@SUM(A1)",
    "\ty",
    "\ry",
    "'z",
    "Bưởi",
    "",
    "a,b",
    "x\ny",
    'có "dấu"',
    None,
]


@pytest.mark.parametrize(("table", "rows"), [("notes", len(_TEXTS)), ("empty", 0), ("one_column", 1)])
def test_each_form_has_the_hash_of_the_database(table: str, rows: int, tmp_path: Path) -> None:
    with duckdb.connect() as reader:
        reader.execute(manifest_sql("macros"))
        reader.execute(
            "CREATE TABLE notes (n BIGINT, note VARCHAR, share DOUBLE, late BOOLEAN, due TIMESTAMP, day DATE)"
        )
        reader.executemany(
            "INSERT INTO notes VALUES (?, ?, -1.5e20, true, '2021-01-01 07:00:00.5', '2021-01-02')",
            list(enumerate(_TEXTS, -3)),
        )
        reader.execute("CREATE TABLE empty AS FROM notes LIMIT 0")
        reader.execute("CREATE TABLE one_column AS SELECT '-' AS note")
        write_flat_files(reader, [table], tmp_path)
        content = manifest_sql("content")
        found = [reader.execute(content, [table]).fetchall()]
        for kind in ("csv", "parquet"):
            reader.execute(manifest_sql(f"read_{kind}"), {"file": str(tmp_path / kind / f"{table}.{kind}")})
            found.append(reader.execute(content, ["looked_at"]).fetchall())
    assert found == [found[0]] * 3
    assert found[0][0][0] == rows


def test_a_row_s_hash_is_that_of_its_fields_with_their_lengths() -> None:
    with duckdb.connect() as reader:
        reader.execute(manifest_sql("macros"))
        reader.execute(
            "CREATE TABLE one AS SELECT 12 AS n, 'Bưởi' AS name, NULL::DATE AS day, 44.0::DOUBLE AS share"
        )
        [(found,)] = reader.execute("SELECT row_sha256 FROM row_hash('one')").fetchall()
    # printf '2:127:Bưởi-4:44.0' | sha256sum
    assert found == "6421f2fd768018b2d2c5b0521004c4230bd3a001f7dc21cbdaff23915ff45dbd"
