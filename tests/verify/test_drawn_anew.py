"""The last release is drawn anew: tables forged with all their hashes, and what no hash covers, are named."""

import hashlib
import json
import shutil

import duckdb
import pytest

from schemas.manifest import DamagedManifest
from schemas.settings import Settings
from tasks.checkup_result import Level
from tasks.release import rewrite_bulletin
from tasks.verify.chain import read_chain
from tasks.verify.drawn_anew import check_drawn_anew
from tests.verify.tampering import replaced

PLACE = "bảng dựng lại / drawn anew: run-3"


def drawn(settings: Settings) -> tuple[str, Level, str]:
    check = check_drawn_anew(settings, read_chain(settings)[0])
    return check.name, check.level, check.saw


def altered_in_the_warehouse(settings: Settings, statement: str) -> None:
    with duckdb.connect(str(settings.warehouse)) as writer:
        writer.execute(statement)


def forged_everywhere(settings: Settings, **said: object) -> None:
    """In the last release's manifest and in the archive's copy, which no later one names yet."""
    kept = settings.manifests / "000003.json"
    record = json.loads(kept.read_bytes())
    forged = {"rows": 12, "sha256": hashlib.sha256(b"forged").hexdigest()}
    record["tables"]["countdown"] |= forged
    record["program"] |= said
    kept.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    shutil.copyfile(kept, settings.published / "manifest.json")


def test_tables_whose_every_hash_was_forged_too_are_named(settings: Settings) -> None:
    assert drawn(settings) == (PLACE, Level.OK, "20 bảng đúng từng dòng / tables, row for row")

    forged_everywhere(settings, commit="0" * 40)

    saw = "kho dữ liệu cho số khác ở / the warehouse says otherwise in countdown"
    assert drawn(settings) == (PLACE, Level.CRITICAL, saw)


def test_what_no_hash_of_the_warehouse_covers_shows_in_the_tables(settings: Settings) -> None:
    altered_in_the_warehouse(settings, "UPDATE ledger.obligation SET due_at = due_at - INTERVAL 30 DAY")
    _, level, saw = drawn(settings)
    assert (level, "submission_compliance" in saw) == (Level.CRITICAL, True), saw

    altered_in_the_warehouse(settings, "DROP TABLE ledger.obligation")
    _, level, saw = drawn(settings)
    assert (level, "cannot be drawn" in saw) == (Level.CRITICAL, True), saw


def test_another_program_may_draw_otherwise_and_nothing_is_accused(settings: Settings) -> None:
    forged_everywhere(settings, sha256="0" * 64)
    _, level, saw = drawn(settings)
    assert (level, "another program made it" in saw) == (Level.WARNING, True), saw


def test_the_bulletin_is_not_written_from_what_the_chain_does_not_know(settings: Settings) -> None:
    replaced(settings.published / "manifest.json", '"findings": 2', '"findings": 0')

    with pytest.raises(DamagedManifest, match="is not that of the chain"):
        rewrite_bulletin(settings)

    assert not (settings.manifests / "000004.json").exists()
    assert settings.published.resolve().name == "run-3"
