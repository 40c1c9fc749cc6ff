"""Releasing: a candidate that passed becomes what readers see, all of it at once; readers never wait."""

import shutil
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from schemas.access import show_to_readers
from schemas.manifest import MANIFEST, DamagedManifest, Link
from schemas.published.snapshot import attach_read_only, reading, tables_of
from schemas.settings import Settings
from tasks.chain import head, keep_shown, kept_path, read_manifest
from tasks.drawing import DRAFTSMAN, Drawing, write_readers_files
from tasks.manifest import manifest_of, rewritten, write_manifest
from warehouse.connection import journal_of

# The only table with clock times and a run id; it is new in every candidate and no reason to release.
_RELEASE_TABLE = "release"
_QUALITY = "quality.html"


def is_changed(candidate: Path, snapshot: Path) -> bool:
    """Whether the candidate's tables, descriptions or rows differ from the published ones, if any."""
    # One without a manifest was released by an older version of the program: nothing proves it.
    if not snapshot.exists() or not snapshot.with_name(MANIFEST).exists():
        return True
    with reading(candidate) as reader:
        attach_read_only(reader, snapshot.resolve(), "published")
        if _declared(reader, "snapshot") != _declared(reader, "published"):
            return True
        return any(
            _rows_differ(reader, table) for table in tables_of(reader, "snapshot") if table != _RELEASE_TABLE
        )


def draw(candidate: Path, settings: Settings) -> None:
    """Write beside `candidate` what readers are given with it: pages, PDF, workbook, CSV, Parquet, words.

    Nobody sees them before the release; a companion draws them, while the gate judges. Raises RuntimeError
    when a write-ahead log lies beside the candidate, DamagedManifest when the release before has one that
    cannot be read, CompanionFailed when the candidate cannot be drawn, ChildProcessError when this machine
    ends what draws.
    """
    _assert_no_log(candidate)
    home, folder = settings.home.resolve(), candidate.parent.resolve()
    DRAFTSMAN.ask(Drawing(home, folder, _previous(settings)))


def release(warehouse: duckdb.DuckDBPyConnection, candidate: Path, settings: Settings, run_id: str) -> Path:
    """Complete the release of a candidate that is drawn, and show it in one step; return its folder.

    The folder holds scheme21.duckdb, what `draw` wrote, quality.html and, last, manifest.json, which names
    the one before it and is then kept in the archive.
    Whatever was published before stays where it is, for readers that still hold it open. Raises ValueError
    when the candidate is not drawn or not in its run's folder, RuntimeError when a write-ahead log lies
    beside a database, DamagedManifest when the one before cannot be read.
    """
    folder = settings.releases / run_id
    if candidate.parent.resolve() != folder.resolve():
        raise ValueError(f"{candidate} is not in {folder}: a release is built where readers will find it")
    if not (folder / "index.html").exists():
        raise ValueError(f"{candidate} is not drawn: readers would find tables without a page")
    for database in (candidate, settings.snapshot):
        _assert_no_log(database)
    shutil.copyfile(settings.runs / run_id / _QUALITY, folder / _QUALITY)
    write_manifest(folder, manifest_of(warehouse, folder, settings, _previous(settings)))
    show(folder, settings)
    return folder


def rewrite_bulletin(settings: Settings) -> Path:
    """Write the files of the published release anew from its own tables; return the folder readers see then.

    It is a sibling of the folder they saw, which stays whole for whoever reads there, and is shown in one
    step: run-1 is followed by run-1.2. No figure changes, and the chain of manifests grows by one. Raises
    OutdatedRelease when another version of the program built the tables, DamagedManifest when the manifest
    of the published release cannot be read or is not that of the chain.
    """
    before = settings.published.resolve()
    previous = _previous(settings)
    former, link = read_manifest(before / MANIFEST)
    _assert_of_the_chain(link, before / MANIFEST, settings)
    with TemporaryDirectory(dir=before.parent, prefix=".bulletin-") as beside:
        built = Path(beside) / before.name
        built.mkdir()
        shutil.copyfile(settings.snapshot, built / settings.snapshot.name)
        write_readers_files(built, previous)
        shutil.copyfile(before / _QUALITY, built / _QUALITY)
        write_manifest(built, rewritten(former, built, previous))
        folder = built.rename(_free_sibling(before, former.run_id))
    show(folder, settings)
    return folder


def discard(candidate: Path, settings: Settings) -> None:
    """Remove the folder of a candidate that was refused or brings nothing new.

    Raises ValueError for the release that readers see now.
    """
    if settings.published.exists() and candidate.parent.resolve() == settings.published.resolve():
        raise ValueError(f"{candidate.parent} is published; it is not removed")
    shutil.rmtree(candidate.parent)


def _declared(reader: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, ...]]:
    return reader.execute(
        """
        SELECT columns.table_name, tables.comment, column_name, data_type, columns.comment
        FROM duckdb_columns() AS columns
        JOIN duckdb_tables() AS tables USING (database_name, schema_name, table_name)
        WHERE database_name = ? AND schema_name = 'marts'
        ORDER BY table_name, column_index
        """,
        [database],
    ).fetchall()


def _rows_differ(reader: duckdb.DuckDBPyConnection, table: str) -> bool:
    ours, theirs = f'snapshot.marts."{table}"', f'published.marts."{table}"'
    differing = reader.execute(
        f"(FROM {ours} EXCEPT ALL FROM {theirs}) UNION ALL (FROM {theirs} EXCEPT ALL FROM {ours}) LIMIT 1"
    )
    return differing.fetchone() is not None


def _assert_no_log(database: Path) -> None:
    # A log left beside the file would be replayed into it, silently, by whoever opens it next.
    log = journal_of(database)
    if log.exists():
        raise RuntimeError(
            f"{log} lies beside {database.name}; remove it after finding out which process left it"
        )


def _previous(settings: Settings) -> Link | None:
    keep_shown(settings)
    return head(settings)


def _assert_of_the_chain(link: Link, path: Path, settings: Settings) -> None:
    # What was altered here would have its place in the chain with the manifest written next.
    if read_manifest(kept_path(settings, link.sequence))[1] != link:
        raise DamagedManifest(path, f"không phải bản số {link.sequence} của chuỗi / is not that of the chain")


def _free_sibling(folder: Path, run_id: str) -> Path:
    siblings = (folder.with_name(f"{run_id}.{number}") for number in count(2))
    return next(sibling for sibling in siblings if not sibling.exists())


def show(folder: Path, settings: Settings) -> None:
    """Lead readers to the release in `folder`, in one step; then keep its manifest in the archive."""
    show_to_readers(folder)
    published = settings.published
    # A link is swapped by one rename: a reader opens the old release or the new one, never a mixture.
    beside = published.with_name(f".{published.name}.{folder.name}")
    beside.unlink(missing_ok=True)
    beside.symlink_to(folder.relative_to(published.parent), target_is_directory=True)
    beside.replace(published)
    keep_shown(settings)
