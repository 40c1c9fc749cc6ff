"""The tables of a release: the database holds what was released, and every other form holds the same."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from schemas.manifest import Manifest, TableContent
from schemas.published.snapshot import reading
from tasks.checkup_result import Check
from tasks.manifest import content_of, table_contents
from tasks.program import program
from tasks.verify.said import RELEASE_ANEW, altered
from tasks.verify.workbook import check_workbook
from warehouse.connection import manifest_sql

_FORMS = {"csv": "read_csv", "parquet": "read_parquet"}


def check_tables(folder: Path, manifest: Manifest) -> Iterator[Check]:
    """What differs from the manifest: tables of the database, Parquet and CSV, and cells of the workbook.

    The workbook is compared only where this program wrote it: another one may put codes into other words.
    Raises duckdb.Error when the database cannot be read.
    """
    with reading(folder / "scheme21.duckdb") as reader:
        found = table_contents(reader)
    sound = {name for name in found if found[name] == manifest.tables.get(name)}
    for name in sorted(manifest.tables.keys() | found.keys()):
        yield from _difference(
            f"{folder.name}/scheme21.duckdb: {name}", manifest.tables.get(name), found.get(name)
        )
    yield from _check_flat_files(folder, manifest)
    if is_workbook_ours(manifest) and (folder / "scheme21.xlsx").exists():
        yield from check_workbook(folder, sound)


def is_workbook_ours(manifest: Manifest) -> bool:
    """Whether this very program wrote the workbook of that release."""
    return manifest.program.sha256 == program().sha256


def _difference(place: str, released: TableContent | None, found: TableContent | None) -> Iterator[Check]:
    if released is None or found is None:
        saw = (
            "bảng lạ / no table of the release" if released is None else "bảng đã bị xóa / table was removed"
        )
        yield altered(place, saw, RELEASE_ANEW)
    elif released.columns != found.columns:
        yield altered(place, "các cột đã bị sửa / its columns were altered", RELEASE_ANEW)
    elif released != found:
        saw = f"{_rows(released, found)}; dòng đã bị sửa / rows were altered"
        yield altered(place, saw, RELEASE_ANEW)


def _rows(released: TableContent, found: TableContent) -> str:
    return f"{found.rows} dòng, khi phát hành {released.rows} / rows, {released.rows} when released"


def _check_flat_files(folder: Path, manifest: Manifest) -> Iterator[Check]:
    with duckdb.connect(config={"autoload_known_extensions": False}) as reader:
        reader.execute(manifest_sql("macros"))
        for kind in _FORMS:
            for name, released in manifest.tables.items():
                file = folder / kind / f"{name}.{kind}"
                if file.exists():  # one that is not is named among the files
                    yield from _check_flat_file(reader, file, released)


def _check_flat_file(
    reader: duckdb.DuckDBPyConnection, file: Path, released: TableContent
) -> Iterator[Check]:
    place = "/".join(file.parts[-3:])
    try:
        found = _flat_content(reader, file, released)
    except duckdb.Error as unreadable:
        yield altered(place, f"không đọc được / unreadable: {unreadable}", RELEASE_ANEW)
        return
    yield from _difference(place, released, found)


def _flat_content(reader: duckdb.DuckDBPyConnection, file: Path, released: TableContent) -> TableContent:
    reader.execute(manifest_sql(_FORMS[file.suffix[1:]]), {"file": str(file)})
    rows = reader.table("looked_at")
    columns = dict(zip(rows.columns, map(str, rows.types), strict=True))
    if file.suffix == ".csv" and list(columns) == list(released.columns):
        columns = released.columns  # it knows no types
    content = content_of(reader, "looked_at")
    return TableContent(rows=content.rows, sha256=content.sha256, columns=columns)
