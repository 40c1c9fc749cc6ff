"""What must hold of a home after a killed cycle, and once a later one has ended."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import duckdb

from schemas.published.snapshot import attach_read_only, reading, tables_of
from schemas.published.tables import TABLES
from schemas.run_outcomes import RELEASED, UNCHANGED
from schemas.settings import Settings

# A row of the reader's count is loaded, held back, a duplicate or layout: never twice, never none.
_ROWS_UNACCOUNTED = """
SELECT sheet.submission_id, sheet.source_sheet, sheet.rows_in_file, count(source_row.source_row)
FROM ledger.sheet AS sheet
LEFT JOIN ledger.source_row AS source_row USING (submission_id, source_sheet)
GROUP BY ALL
HAVING sheet.rows_in_file <> count(source_row.source_row)
"""
_FACT_TABLES = """
SELECT table_name FROM duckdb_columns() WHERE schema_name = 'core' AND column_name = 'submission_id'
"""
_FACTS_OF_NO_SUBMISSION = """
SELECT submission_id FROM core.{table} ANTI JOIN ledger.submission USING (submission_id)
"""
# A release names its run in its manifest, whose hash the Board's mail says: it is another one every time.
_TEXT = "regexp_replace(text, '[0-9a-f]{64}', '<manifest>', 'g')"
_ALERTS = {
    "alert": "alert_id, cause, subject, district_code, opened_at, closed_at, news, attachments",
    "notice": "alert_id, audience, stage, noticed_at, news",
    "message": "message_id, cause, audience, stage, alert_ids, recipient, title, attachments, sent_at, "
    + _TEXT,
    "evaluation": "cause, evaluated_at",
}


def torn(settings: Settings, *, was_published: bool) -> Iterator[str]:
    """What is wrong with the release that readers see: it opens, is complete and as it was recorded."""
    if not settings.snapshot.exists():
        if was_published:
            yield "nothing is published any more"
        return
    folder = settings.published.resolve()
    record = json.loads((folder / "manifest.json").read_bytes())
    for name, sha256 in record["files"].items():
        if _sha256(folder / name) != sha256:
            yield f"{name} is not as released"
    with reading(settings.snapshot) as reader:
        rows = {
            table: len(reader.table(f"snapshot.marts.{table}")) for table in tables_of(reader, "snapshot")
        }
    released = {table: content["rows"] for table, content in record["tables"].items()}
    if rows != released or set(rows) != {table.name for table in TABLES}:
        yield f"the tables are not those released: {rows}"


def unsettled(settings: Settings, inbox: Path, outcome: str | None) -> Iterator[str]:
    """What a cycle that ended left undone: files, verdicts, rows, answers, runs, half-built things."""
    if outcome not in (RELEASED, UNCHANGED):
        yield f"the cycle ended {outcome}"
        return
    submissions = _stems(settings.archive / "arrivals", "*.json")
    if len(submissions) != (landed := _landed(inbox, settings)):
        yield f"{len(submissions)} arrivals archived of {landed}"
    for path in (settings.archive / "files").glob("*/*"):
        if _sha256(path) != path.name:
            yield f"the archive has other bytes under {path.name}"
    yield from _unaccounted(settings, submissions)
    for pattern in ("*.txt", "*.json"):
        if _stems(settings.answers, pattern) != submissions:
            yield f"{pattern}: {len(_stems(settings.answers, pattern))} answers to {len(submissions)} files"
    yield from _left_behind(settings)


def _stems(folder: Path, pattern: str) -> list[str]:
    return sorted(path.stem for path in folder.rglob(pattern))


def _left_behind(settings: Settings) -> Iterator[str]:
    for left in [*settings.home.rglob(".*"), *settings.home.rglob("*.wal")]:
        yield f"left behind: {left.relative_to(settings.home)}"
    for folder in settings.releases.iterdir():
        if not (folder / "manifest.json").exists():
            yield f"left half-built: {folder.name}"


def _unaccounted(settings: Settings, submissions: list[str]) -> Iterator[str]:
    with duckdb.connect(str(settings.warehouse), read_only=True) as warehouse:
        judged = warehouse.execute("SELECT submission_id FROM ledger.submission ORDER BY 1").fetchall()
        if [name for (name,) in judged] != submissions:
            yield f"{len(judged)} verdicts for {len(submissions)} files"
        for row in warehouse.execute(_ROWS_UNACCOUNTED).fetchall():
            yield f"rows not accounted for: {row}"
        for (table,) in warehouse.execute(_FACT_TABLES).fetchall():
            for row in warehouse.execute(_FACTS_OF_NO_SUBMISSION.format(table=table)).fetchall():
                yield f"core.{table} holds rows of {row}"
        open_runs = warehouse.execute("SELECT run_id FROM ledger.run WHERE finished_at IS NULL").fetchall()
        if open_runs:
            yield f"runs left open: {open_runs}"


def differing(settings: Settings, undisturbed: Settings) -> Iterator[str]:
    """What differs from a home whose cycles nothing disturbed: tables, answers, alerts, what lies in it."""
    yield from differing_tables(settings.snapshot, undisturbed.snapshot)
    if more := _names(settings.home) - _names(undisturbed.home):
        yield f"left behind: {sorted(more)}"
    if _texts(settings) != _texts(undisturbed):
        yield "the answers differ"
    for table, columns in _ALERTS.items():
        if (ours_told := _told(settings, table, columns)) != (told := _told(undisturbed, table, columns)):
            yield f"alerts, {table}: {len(ours_told)} rows, undisturbed {len(told)}, differing"


def differing_tables(snapshot: Path, undisturbed: Path) -> Iterator[str]:
    """Published tables whose rows differ; `release`, which names its run, is left out."""
    with reading(snapshot) as reader:
        attach_read_only(reader, undisturbed.resolve(), "undisturbed")
        for table in tables_of(reader, "undisturbed"):
            ours, theirs = f"snapshot.marts.{table}", f"undisturbed.marts.{table}"
            gone, more = f"(FROM {theirs} EXCEPT ALL FROM {ours})", f"(FROM {ours} EXCEPT ALL FROM {theirs})"
            if table != "release" and (rows := reader.execute(f"{gone} UNION ALL {more}").fetchall()):
                yield f"{table} differs in {len(rows)} rows"


def _names(home: Path) -> set[str]:
    folders = [home, home / "metrics", home / "archive", home / "archive" / "arrivals"]
    return {str(path.relative_to(home)) for folder in folders for path in folder.iterdir()}


def _texts(settings: Settings) -> dict[str, bytes]:
    # Of a marked workbook, which holds its time of writing, that it is there.
    return {
        str(path.relative_to(settings.answers)): path.read_bytes()
        if path.suffix in (".txt", ".json")
        else b""
        for path in sorted(settings.answers.rglob("*.*"))
    }


def _told(settings: Settings, table: str, columns: str) -> list[tuple[Any, ...]]:
    if not settings.alerts.exists():
        return []
    with duckdb.connect(str(settings.alerts), read_only=True) as ledger:
        return ledger.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()


def mistold(mails: list[EmailMessage], undisturbed: list[EmailMessage], kills: int) -> Iterator[str]:
    """Whether every message was handed over and no other, at most one a kill twice, under the same id."""
    came, owed = (Counter(str(mail["Message-ID"]) for mail in each) for each in (mails, undisturbed))
    if set(came) != set(owed):
        yield f"{len(set(owed) - set(came))} mails never came, {len(set(came) - set(owed))} were not owed"
    if came.total() - len(came) > kills:
        yield f"{came.total() - len(came)} mails came again after {kills} kills"


def _landed(inbox: Path, settings: Settings) -> int:
    with duckdb.connect(str(settings.warehouse), read_only=True) as warehouse:
        [(known_at,)] = warehouse.execute("SELECT epoch(max(as_known_at)) FROM ledger.run").fetchall()
    return sum(path.stat().st_mtime <= known_at for path in inbox.rglob("*.xlsx"))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
