"""The chain grows by what readers were shown, whatever moment a process is killed at."""

import json
import shutil
import signal
import subprocess
import sys

import pytest

from schemas.manifest import Link
from schemas.settings import Settings
from tasks.chain import head, keep_shown
from tasks.checkup_result import Level
from tasks.stale_runs import sweep_half_built
from tasks.verify.chain import check_chain, read_chain
from tasks.verify.verify import verify_home
from tests.verify.proven import Proven
from warehouse.connection import manifest_sql, open_warehouse

# Writes the bulletin anew and is killed as `tasks.release.<name>` begins: between two steps of showing it.
_KILLED = """
import os, signal, sys
from pathlib import Path
import tasks.release as module
from tests.small_warehouse import settings_for

def die(*_given):
    os.kill(os.getpid(), signal.SIGKILL)

calls = []
kept = module.keep_shown
if sys.argv[2] == "show":
    module.show = die
else:
    def keep(settings):
        calls.append(settings)
        die() if len(calls) == 2 else kept(settings)

    module.keep_shown = keep
module.rewrite_bulletin(settings_for(Path(sys.argv[1])))
"""


def killed_at(settings: Settings, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, settings.home, name], capture_output=True, timeout=300
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def sequence(settings: Settings) -> int:
    last = head(settings)
    assert last is not None
    return last.sequence


def is_whole(settings: Settings) -> bool:
    chain, faults = read_chain(settings)
    return not faults and {check.level for check in check_chain(chain, settings)} == {Level.OK}


def test_a_manifest_that_was_never_shown_is_no_part_of_the_chain(settings: Settings) -> None:
    killed_at(settings, "show")
    unshown = settings.releases / "run-3.2"
    assert json.loads((unshown / "manifest.json").read_bytes())["sequence"] == 4
    assert sequence(settings) == 3
    assert [check.name for check in verify_home(settings) if check.level != Level.OK] == ["run-3.2"]
    assert sweep_half_built(settings) == [unshown]
    assert is_whole(settings)


def test_a_manifest_that_was_shown_and_not_kept_is_kept_by_the_next(settings: Settings) -> None:
    killed_at(settings, "keep_shown")
    assert settings.published.resolve().name == "run-3.2"
    assert not (settings.manifests / "000004.json").exists()
    assert sequence(settings) == 4
    sweep_half_built(settings)
    keep_shown(settings)
    assert sequence(settings) == 4
    assert is_whole(settings)


def test_the_archive_alone_carries_the_chain_on(settings: Settings) -> None:
    last = head(settings)
    settings.published.unlink()
    shutil.rmtree(settings.releases)
    assert head(settings) == last


def test_manifests_name_no_person_and_no_file(proven: Proven) -> None:
    home, _ = proven
    for path in (home / "archive" / "manifests").iterdir():
        text = path.read_text(encoding="utf-8")
        for told in ("Người lập", "Người ký", "clerk@", "thang-3", "anh.xlsx"):
            assert told not in text


def test_a_manifest_says_what_was_loaded_of_each_file(proven: Proven) -> None:
    home, _ = proven
    record = json.loads((home / "archive" / "manifests" / "000003.json").read_bytes())
    march, april, rejected, again = record["sources"]
    assert {table: content["rows"] for table, content in march["facts"].items()} == {
        "activity_report": 1,
        "commune_report": 8,
        "outstanding_report": 2,
        "petition_report": 1,
        "post_report": 24,
        "village": 16,
        "village_report": 16,
    }
    assert april["rows"] == {"loaded": 60, "quarantined": 1, "duplicate": 0, "layout": 18}
    assert (rejected["verdict"], rejected["facts"]) == ("rejected", {})
    assert [source["seq"] for source in (march, april, again)] == [1, 1, 2]
    before = json.loads((home / "archive" / "manifests" / "000002.json").read_bytes())
    assert before["sources"] == [march, april, rejected]
    assert record["tables"]["staffing"]["columns"]["people_now"] == "BIGINT"


@pytest.mark.parametrize("published", ["000001.json", "000003.json"])
def test_the_head_is_the_last_manifest_whatever_readers_see(settings: Settings, published: str) -> None:
    settings.published.unlink()
    settings.published.symlink_to(f"releases/run-{int(published[:6])}", target_is_directory=True)
    last = head(settings)
    assert isinstance(last, Link)
    assert last.sequence == 3


def test_every_table_of_facts_is_hashed() -> None:
    with open_warehouse(None, "Asia/Ho_Chi_Minh") as warehouse:
        named = warehouse.execute(
            "SELECT DISTINCT table_name FROM duckdb_columns() WHERE schema_name = 'core' "
            "AND column_name IN ('submission_id', 'registered_by')"
        ).fetchall()
    for macro in ("fact_macros", "fact_content"):
        assert [table for (table,) in named if f"core.{table}" not in manifest_sql(macro)] == []
