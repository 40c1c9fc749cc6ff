"""What docs/verification.md tells an outsider to run gives what the manifest says."""

import json
import re
from pathlib import Path

import duckdb

from tests.verify.proven import Proven

_PAGE = Path(__file__).parents[2] / "docs" / "verification.md"


def test_the_sql_for_one_file_hashes_every_table(proven: Proven) -> None:
    home, _ = proven
    release = home / "published"
    (sql,) = re.findall(r"```sql\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    tables = json.loads((release / "manifest.json").read_bytes())["tables"]
    for table, content in tables.items():
        query = sql.replace("parquet/staffing.parquet", f"{release}/parquet/{table}.parquet")
        assert duckdb.sql(query).fetchall() == [(content["rows"], content["sha256"])], table


def test_the_commands_find_the_file_hashes_and_the_entry_of_a_return(
    proven: Proven,
) -> None:
    home, ids = proven
    manifest = home / "published" / "manifest.json"
    text = _PAGE.read_text(encoding="utf-8").replace("manifest.json", str(manifest))
    commands = re.findall(r'duckdb (?:-noheader -list )?-c "(SELECT.*?)"(?: >|\n\n)', text, re.DOTALL)
    link, files, _, entry = (command.replace('\\"', '"') for command in commands)
    record = json.loads(manifest.read_bytes())
    assert json.loads(duckdb.sql(link).fetchall()[0][0]) == record["previous"]
    assert dict(row[0].split("  ")[::-1] for row in duckdb.sql(files).fetchall()) == record["files"]
    (march, *_) = record["sources"]
    found = duckdb.sql(entry.replace("001-20210414-8bbeebbc", ids["thang-3.xlsx"])).fetchall()
    assert found == [(march["verdict"], march["sha256"], march["facts_sha256"])]
