"""The manifest of a release, made when all else of it is there: what went in and what came out, by hashes."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import duckdb

import schemas
import warehouse as warehouse_package
from schemas.file_hash import sha256_of
from schemas.manifest import MANIFEST, Content, Link, Manifest, SourceFile, TableContent
from schemas.published.snapshot import reading, tables_of
from schemas.rows import rows_of
from schemas.settings import JUDGING, Settings
from tasks.exceptions import record_path, recorded_exceptions
from tasks.program import program
from tasks.whole_file import write_whole
from warehouse.connection import manifest_sql

_REFERENCE = (
    Path(warehouse_package.__file__).parent / "reference",
    Path(schemas.__file__).parent / "rules",
)


def sources_of(warehouse: duckdb.DuckDBPyConnection, known_at: datetime) -> list[SourceFile]:
    """Every file taken in by `known_at`, in the order received, with what was loaded from it."""
    warehouse.execute("SET VARIABLE known_at = ?", [known_at])
    rows = rows_of(warehouse, manifest_sql("source_file"))
    return [SourceFile.model_validate(row) for row in rows]


def manifest_of(
    warehouse: duckdb.DuckDBPyConnection, folder: Path, settings: Settings, previous: Link | None
) -> Manifest:
    """The manifest of the release in `folder`, whose every other file is there, as the next after `previous`.

    Raises DamagedRecord when a record of an exception is not as it was written.
    """
    with reading(folder / "scheme21.duckdb") as reader:
        (release,) = rows_of(reader, "FROM release")
        tables = table_contents(reader)
    as_known_at = release["as_known_at"].replace(tzinfo=settings.zone)
    records = (record_path(settings, name) for name in recorded_exceptions(settings))
    return Manifest(
        sequence=previous.sequence + 1 if previous else 1,
        previous=previous,
        run_id=release["run_id"],
        as_known_at=as_known_at,
        is_simulated=release["is_simulated"],
        program=program(),
        rebuild=_last_rebuild(warehouse),
        settings={name: str(getattr(settings, name)) for name in JUDGING},
        reference=_hashes(file for place in _REFERENCE for file in place.glob("*.csv")),
        exceptions={path.stem: digest for path, digest in _digests(records)},
        sources=sources_of(warehouse, as_known_at),
        tables=tables,
        files=file_hashes(folder),
    )


def rewritten(former: Manifest, folder: Path, previous: Link | None) -> Manifest:
    """The manifest of a release whose pages and files were written anew: its tables are those of `former`."""
    place = {"sequence": previous.sequence + 1 if previous else 1, "previous": previous}
    return former.model_copy(update=place | {"program": program(), "files": file_hashes(folder)})


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, the mark of a whole release, so that it is never there half-written."""
    write_whole(folder / MANIFEST, manifest.model_dump_json(indent=1).encode())


def table_contents(reader: duckdb.DuckDBPyConnection) -> dict[str, TableContent]:
    """Rows, hash and columns of every table of the opened file of published tables, by name."""
    reader.execute(manifest_sql("macros"))
    return {table: _table_content(reader, table) for table in tables_of(reader, "snapshot")}


def content_of(reader: duckdb.DuckDBPyConnection, relation: str) -> Content:
    """Rows and hash of one table or view of a connection that has the macros of warehouse/manifest."""
    (row,) = rows_of(reader, manifest_sql("content"), [relation])
    return Content.model_validate(row)


def file_hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a release but its manifest, by its path in `folder`."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file != folder / MANIFEST)
    return {file.relative_to(folder).as_posix(): digest for file, digest in _digests(files)}


def _last_rebuild(warehouse: duckdb.DuckDBPyConnection) -> str | None:
    # Of the run that last made the warehouse anew from the archive.
    [(run_id,)] = warehouse.execute(manifest_sql("last_rebuild")).fetchall()
    return None if run_id is None else str(run_id)


def _table_content(reader: duckdb.DuckDBPyConnection, table: str) -> TableContent:
    columns = dict(reader.execute(manifest_sql("column"), [table]).fetchall())
    content = content_of(reader, table)
    return TableContent(rows=content.rows, sha256=content.sha256, columns=columns)


def _hashes(files: Iterable[Path]) -> dict[str, str]:
    return {file.name: digest for file, digest in _digests(sorted(files))}


def _digests(files: Iterable[Path]) -> Iterable[tuple[Path, str]]:
    return ((file, sha256_of(file)) for file in files)
