from pathlib import Path

import duckdb

from bulletin.flat_files import write_flat_files


def test_a_text_that_a_spreadsheet_would_compute_is_marked_in_csv_and_whole_in_parquet(
    tmp_path: Path,
) -> None:
    texts = ["=1+1", "+84", "- Thiếu người", "@SUM(A1)", "\tx", "\ry", "'z", "Bưởi", "", "\\x", 'có "dấu"']
    with duckdb.connect() as reader:
        reader.execute("CREATE TABLE notes (n BIGINT, note VARCHAR, share DOUBLE)")
        reader.executemany("INSERT INTO notes VALUES (?, ?, -1.5)", list(enumerate([*texts, None], -3)))
        write_flat_files(reader, ["notes"], tmp_path)
        whole = reader.execute("SELECT note FROM read_parquet(?)", [f"{tmp_path}/parquet/notes.parquet"])
        assert [note for (note,) in whole.fetchall()] == [*texts, None]

    assert (tmp_path / "csv" / "notes.csv").read_bytes().decode() == (
        "n,note,share\n"
        "-3,'=1+1,-1.5\n"
        "-2,'+84,-1.5\n"
        "-1,'- Thiếu người,-1.5\n"
        "0,'@SUM(A1),-1.5\n"
        "1,'\tx,-1.5\n"
        '2,"\'\ry",-1.5\n'
        "3,''z,-1.5\n"
        "4,Bưởi,-1.5\n"
        '5,"",-1.5\n'
        "6,\\x,-1.5\n"
        '7,"có ""dấu""",-1.5\n'
        "8,,-1.5\n"
    )
