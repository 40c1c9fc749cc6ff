"""From a receipt to the tables: what it says is in archive, warehouse, manifest and published rows."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from schemas.manifest import Manifest, SourceFile
from schemas.published.snapshot import reading
from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.answer import receipts_of
from tasks.checkup_result import Check
from tasks.program import program
from tasks.receipt_text import LATEST_RELEASE, MARKED_WORKBOOK, proven_lines, receipt_text
from tasks.verify.chain import Chain
from tasks.verify.not_released import NotReleased
from tasks.verify.receipt_file import KeptReceipt
from tasks.verify.said import FROM_BACKUP, REBUILD, altered, sound
from tasks.verify.sources import changed_tables, facts_now, is_archived
from warehouse.connection import manifest_sql

_RECEIPT = "giấy biên nhận / receipt"
_ASK = "đối chiếu với bản gốc ở cơ quan tiếp nhận / compare it with the original at the receiving office"
# What two writings of one receipt may say differently.
_OF_ITS_TIME = ("returned_workbook", "latest_release")
_LINES_OF_ITS_TIME = (MARKED_WORKBOOK, LATEST_RELEASE)


def first_naming(submission_id: str, chain: Chain) -> Manifest | None:
    """The first manifest that names the submission: its receipt was written then, by the same program."""
    for _, (manifest, _) in sorted(chain.items()):
        if entry_in(manifest, submission_id):
            return manifest
    return None


def source_of(manifest: Manifest, submission_id: str) -> SourceFile:
    """The entry of that submission in the manifest. Raises NotReleased."""
    source = entry_in(manifest, submission_id)
    if source is None:
        raise NotReleased(submission_id, manifest)
    return source


def entry_in(manifest: Manifest, submission_id: str) -> SourceFile | None:
    """The entry of that submission, None where the manifest has none."""
    return next((source for source in manifest.sources if source.submission_id == submission_id), None)


def judged_alike(first: Manifest, latest: Manifest) -> bool:
    """Whether this very program judged what `first` names, and no rebuild has judged it anew since."""
    return first.program.sha256 == program().sha256 and first.rebuild == latest.rebuild


def check_against_manifest(kept: KeptReceipt, source: SourceFile, manifest: Manifest) -> list[Check]:
    """Whether every figure of the receipt that a manifest holds is the manifest's."""
    entry = _entry(source)
    faults = [*_differing_figures(kept.said, entry), *_missing_lines(kept.lines, entry)]
    rows = f"{entry['fact_rows']} dòng đã nạp / rows loaded, SHA-256 {source.facts_sha256}"
    saw = f"{source.verdict}; {rows}; đúng bản kê số / as in manifest {manifest.sequence}"
    return faults or [sound(f"{_RECEIPT} {source.submission_id}", saw)]


def check_against_home(
    source: SourceFile, settings: Settings, warehouse: duckdb.DuckDBPyConnection
) -> Iterator[Check]:
    """Whether the archive has the file, and the warehouse its rows."""
    if is_archived(settings, source):
        yield sound("kho lưu / archive", f"có đúng tệp / has the very file: SHA-256 {source.sha256}")
    else:
        yield altered(
            f"archive/files/{source.sha256[:2]}/{source.sha256}", "mất hoặc bị sửa / altered", FROM_BACKUP
        )
    now = facts_now(warehouse).get(source.submission_id, {})
    changed = list(changed_tables(now, source.facts))
    for table, saw in changed:
        yield altered(f"kho dữ liệu / warehouse: core.{table}, {source.submission_id}", saw, REBUILD)
    if not changed:
        rows = sum(content.rows for content in now.values())
        yield sound("kho dữ liệu / warehouse", f"{rows} dòng đúng mã băm / rows have their hash")


def check_wording(kept: KeptReceipt, settings: Settings, warehouse: duckdb.DuckDBPyConnection) -> list[Check]:
    """Whether this program would write the receipt so again; another one may find other words."""
    (now,) = receipts_of(warehouse, settings, [kept.submission_id])
    return list(_otherwise_written(kept, now))


def check_latest_release(kept: KeptReceipt, chain: Chain) -> Iterator[Check]:
    """Whether the release that the receipt names is still that of the chain."""
    latest = kept.latest_release
    if latest is None:
        return
    place = f"{_RECEIPT}: {LATEST_RELEASE}{latest.sequence}"
    if latest.sequence in chain and chain[latest.sequence][1] == latest:
        yield sound(place, latest.sha256)
    else:
        saw = f"{latest.sha256}: không có trong chuỗi / not in the chain"
        yield altered(place, saw, _ASK)


def since_release(source: SourceFile, first: Manifest, latest: Manifest) -> Check:
    """From which release on the submission is known; it is in every one since."""
    since = f"{first.sequence}, {first.run_id}"
    if entry_in(latest, source.submission_id):
        return sound("từ bản phát hành / since release", since)
    saw = f"có trong bản / was in release {since}; không còn / is gone: {latest.sequence}, {latest.run_id}"
    return altered(f"báo cáo / return {source.submission_id}", saw, FROM_BACKUP)


def standing(folder: Path, source: SourceFile) -> Iterator[Check]:
    """What of the published tables in `folder` rests on the submission, table by table, or why nothing."""
    with reading(folder / "scheme21.duckdb") as reader:
        resting = reader.execute(manifest_sql("standing"), [source.submission_id]).fetchall()
        later = rows_of(reader, manifest_sql("superseded_by"), [source.submission_id])
    if source.verdict in ("rejected", "duplicate"):
        yield sound(
            "bảng công bố / tables", f"{source.verdict}: không nạp dòng nào / nothing of it was loaded"
        )
    for row in later:
        yield sound("đã được thay bởi / superseded by", row["submission_id"])
    if source.rows.quarantined:
        saw = f"{source.rows.quarantined} dòng bị giữ lại, không vào bảng nào / rows held back, in no table"
        yield sound("giữ lại / quarantined", saw)
    for table, rows in resting:
        yield sound(f"bảng / table {table}", f"{rows} dòng dựa vào báo cáo này / rows rest on this return")


def _entry(source: SourceFile) -> dict[str, Any]:
    return source.model_dump() | {"fact_rows": sum(content.rows for content in source.facts.values())}


def _differing_figures(said: dict[str, Any], entry: dict[str, Any]) -> Iterator[Check]:
    if not said:
        return
    counted = {state: sum(sheet[state] for sheet in said["sheets"]) for state in entry["rows"]}
    compared = said | {
        "rows": counted,
        "findings": len(said["findings"]),
        "received_at": datetime.fromisoformat(said["received_at"]),
        "known_at": datetime.fromisoformat(said["known_at"]),
    }
    for name in sorted(entry.keys() & compared.keys()):
        if compared[name] != entry[name]:
            saw = f"«{compared[name]}», bản kê / manifest: «{entry[name]}»"
            yield altered(f"{_RECEIPT}: {name}", saw, _ASK)


def _missing_lines(lines: tuple[str, ...], entry: dict[str, Any]) -> Iterator[Check]:
    if not lines:
        return
    for line in proven_lines(entry):
        said = line.split(": ")[0] + ": "
        alike = [other for other in lines if other.startswith(said)]
        if alike != [line]:
            saw = f"phải có đúng một dòng / must have this line once: «{line}», thấy / saw: {alike}"
            yield altered(_RECEIPT, saw, _ASK)


def _otherwise_written(kept: KeptReceipt, fresh: dict[str, Any]) -> Iterator[Check]:
    if kept.said:
        plain = json.loads(json.dumps(fresh, default=datetime.isoformat))
        for name in sorted((plain.keys() | kept.said.keys()) - set(_OF_ITS_TIME)):
            if kept.said.get(name) != plain.get(name):
                yield altered(f"{_RECEIPT}: {name}", "khác sổ / not as in the ledger", _ASK)
    if kept.lines:
        written = receipt_text(fresh | dict.fromkeys(_OF_ITS_TIME)).splitlines()
        differences = unified_diff(_lasting(written), _lasting(kept.lines), n=0, lineterm="")
        for line in islice(differences, 2, None):  # after the two lines that head it
            if not line.startswith("@@"):
                said = "thiếu / lacks" if line.startswith("-") else "sửa hoặc thêm / altered or added"
                yield altered(_RECEIPT, f"{said}: «{line[1:]}»", _ASK)


def _lasting(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if not line.startswith(_LINES_OF_ITS_TIME)]
