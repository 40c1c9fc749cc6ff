"""What a manifest says of the received files: the archive has their bytes, the warehouse their rows."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

import duckdb

from schemas.file_hash import sha256_of
from schemas.manifest import Content, Manifest, SourceFile
from schemas.settings import Settings
from tasks.checkup_result import Check
from tasks.exceptions import record_path
from tasks.manifest import sources_of
from tasks.receive import ArchiveDamaged, Arrival, archived_arrivals, archived_content
from tasks.verify.said import FROM_BACKUP, REBUILD, altered, sound
from warehouse.connection import manifest_sql

Facts = dict[str, dict[str, Content]]


def check_archive(settings: Settings, manifest: Manifest) -> list[Check]:
    """Whether every file and every exception that the manifest names lies in the archive as received."""
    arrivals = archived_arrivals(settings)
    faults = [
        *_lost_sources(settings, arrivals, manifest),
        *_planted(arrivals, manifest),
        *_lost_exceptions(settings, manifest),
    ]
    saw = f"{len(manifest.sources)} tệp gốc đúng mã băm / received files have their SHA-256"
    return faults or [sound("kho lưu / archive", saw)]


def check_warehouse(warehouse: duckdb.DuckDBPyConnection, manifest: Manifest) -> list[Check]:
    """Whether the warehouse holds what the manifest says: each file's figures, each table of facts."""
    facts = facts_now(warehouse)
    now = sources_of(warehouse, manifest.as_known_at)
    faults = [
        *_changed_entries(now, manifest),
        *_changed_facts(facts, manifest),
        *_strange_facts(facts, _known(warehouse)),
    ]
    rows = sum(content.rows for source in manifest.sources for content in source.facts.values())
    saw = f"{rows} dòng đã nạp đúng mã băm / loaded rows have their hash"
    return faults or [sound("kho dữ liệu / warehouse", saw)]


def lost_warehouse(settings: Settings) -> Check:
    """The warehouse is not there, although a release names files that were loaded into it."""
    return altered(settings.warehouse.name, "kho dữ liệu không còn / the warehouse is gone", REBUILD)


def facts_now(warehouse: duckdb.DuckDBPyConnection) -> Facts:
    """Submission → table of facts → its rows there now, computed from the rows themselves."""
    found: Facts = defaultdict(dict)
    for submission_id, table, rows, sha256 in warehouse.execute(manifest_sql("fact_content")).fetchall():
        found[submission_id][table] = Content(rows=rows, sha256=sha256)
    return found


def changed_tables(now: dict[str, Content], then: dict[str, Content]) -> Iterator[tuple[str, str]]:
    """The tables of facts of one submission that are not as the manifest says, each with what was seen."""
    for table in sorted(now.keys() | then.keys()):
        if now.get(table) != then.get(table):
            rows, loaded = (content[table].rows if table in content else 0 for content in (now, then))
            saw = f"{rows} dòng, khi nạp {loaded} / rows, {loaded} when loaded; nội dung đã bị sửa / altered"
            yield table, saw


def is_archived(settings: Settings, source: SourceFile) -> bool:
    """Whether the archive holds the very bytes of that file."""
    try:
        archived_content(settings, source.sha256)
    except (FileNotFoundError, ArchiveDamaged):
        return False
    return True


def _lost_sources(settings: Settings, archived: list[Arrival], manifest: Manifest) -> Iterator[Check]:
    arrivals = {arrival.submission_id: _arrived(arrival) for arrival in archived}
    for source in manifest.sources:
        if not is_archived(settings, source):
            saw = f"tệp gốc của {source.submission_id} mất hoặc bị sửa / its file is lost or was altered"
            yield altered(f"archive/files/{source.sha256[:2]}/{source.sha256}", saw, FROM_BACKUP)
        if arrivals.get(source.submission_id) != _arrived(source):
            saw = "phiếu ghi lúc nhận mất hoặc bị sửa / the record of its arrival is lost or was altered"
            yield altered(f"archive/arrivals/{source.submission_id}.json", saw, FROM_BACKUP)


def _planted(arrivals: list[Arrival], manifest: Manifest) -> Iterator[Check]:
    named = {source.submission_id for source in manifest.sources}
    contents = {source.sha256 for source in manifest.sources}
    for arrival in arrivals:
        if arrival.submission_id in named or arrival.known_at > manifest.as_known_at:
            continue
        if arrival.known_at < manifest.as_known_at or arrival.sha256 not in contents:
            saw = "ghi là đã nhận trước bản phát hành, bản kê không có / said to be known then, and not in it"
            yield altered(f"archive/arrivals/{arrival.submission_id}.json", saw, FROM_BACKUP)


def _arrived(file: Arrival | SourceFile) -> tuple[str, str, int, datetime, datetime]:
    return file.district_code, file.sha256, file.size_bytes, file.received_at, file.known_at


def _lost_exceptions(settings: Settings, manifest: Manifest) -> Iterator[Check]:
    for name, sha256 in manifest.exceptions.items():
        path = record_path(settings, name)
        if not path.exists() or sha256_of(path) != sha256:
            saw = "bản ghi ngoại lệ mất hoặc bị sửa / the record is lost or was altered"
            yield altered(f"archive/exceptions/{path.name}", saw, FROM_BACKUP)


def _changed_entries(now: list[SourceFile], manifest: Manifest) -> Iterator[Check]:
    found = {source.submission_id: source for source in now}
    then = {source.submission_id: source for source in manifest.sources}
    for submission_id in sorted(found.keys() | then.keys()):
        seen, released = found.get(submission_id), then.get(submission_id)
        if seen is not None and released is None and _is_copy_since(seen, manifest):
            continue
        if seen is None or released is None:
            saw = (
                "không có trong sổ / not in the ledger"
                if seen is None
                else "không có trong bản kê / not in it"
            )
            yield altered(f"kho dữ liệu / warehouse: {submission_id}", saw, REBUILD)
        elif seen != released:
            differing = [
                name for name in SourceFile.model_fields if getattr(seen, name) != getattr(released, name)
            ]
            saw = f"sổ đã bị sửa / the ledger was altered: {', '.join(differing)}"
            yield altered(f"kho dữ liệu / warehouse: {submission_id}", saw, REBUILD)


def _is_copy_since(source: SourceFile, manifest: Manifest) -> bool:
    # A cycle repeated at the same moment takes a copy in, changes no table and so releases nothing.
    return source.verdict == "duplicate" and source.known_at == manifest.as_known_at


def _changed_facts(now: Facts, manifest: Manifest) -> Iterator[Check]:
    known = {source.submission_id: source.facts for source in manifest.sources}
    for submission_id, then in known.items():
        for table, saw in changed_tables(now.get(submission_id, {}), then):
            yield altered(f"kho dữ liệu / warehouse: core.{table}, {submission_id}", saw, REBUILD)


def _strange_facts(now: Facts, known: set[str]) -> Iterator[Check]:
    for submission_id in sorted(now.keys() - known):
        for table in sorted(now[submission_id]):
            saw = "dòng của một báo cáo không có trong sổ / rows of a return that is not in the ledger"
            yield altered(f"kho dữ liệu / warehouse: core.{table}, {submission_id}", saw, REBUILD)


def _known(warehouse: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in warehouse.execute("SELECT submission_id FROM ledger.submission").fetchall()}
