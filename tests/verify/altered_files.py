"""Ways to alter one file of what was released, as somebody with write access would do it."""

from pathlib import Path

import duckdb
import openpyxl

from schemas.settings import Settings


def database(settings: Settings, statement: str) -> None:
    with duckdb.connect(str(settings.snapshot.resolve())) as writer:
        writer.execute(statement)


def csv(settings: Settings) -> None:
    replaced(settings.published / "csv" / "staffing.csv", ",112,", ",111,")


def workbook(settings: Settings) -> None:
    path = settings.published / "scheme21.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Số người"]
    sheet["E6"].value -= 1
    book.save(path)


def parquet(settings: Settings) -> None:
    path = str(settings.published / "parquet" / "petitions.parquet")
    with duckdb.connect() as writer:
        writer.execute("CREATE TABLE rows AS FROM read_parquet(?)", [path])
        writer.execute("UPDATE rows SET closing = 0")
        writer.table("rows").write_parquet(path)


def page(settings: Settings) -> None:
    path = settings.published / "index.html"
    path.write_text(path.read_text(encoding="utf-8").replace("còn 112 sau", "còn 110 sau"), encoding="utf-8")


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
