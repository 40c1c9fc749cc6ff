"""Releases: what counts as new, what a release holds, and that a reader never notices the swap."""

import hashlib
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from small_warehouse import build_candidate, fill, settings_for

from schemas.published.snapshot import reading
from schemas.published.tables import TABLES
from schemas.settings import Settings
from tasks.companion import CompanionFailed
from tasks.disk import DiskFull, disk_full_named
from tasks.drawing import DRAFTSMAN, Drawing
from tasks.lock import drawing_lock
from tasks.release import discard, draw, is_changed, release
from tests.operations.office import until
from warehouse.connection import open_warehouse


@pytest.fixture(scope="module")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = settings_for(tmp_path_factory.mktemp("built") / "home")
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        fill(warehouse, settings)
        for run_id in ("run-1", "run-2"):
            build_candidate(warehouse, settings, run_id)
            _write_quality_page(settings, run_id)
    return settings.home


def _write_quality_page(settings: Settings, run_id: str) -> None:
    page = settings.runs / run_id / "quality.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"<title>{run_id}</title>", encoding="utf-8")


@pytest.fixture
def settings(built_home: Path, tmp_path: Path) -> Settings:
    home = tmp_path / "home's copy"
    shutil.copytree(built_home, home)
    return settings_for(home)


@pytest.fixture(scope="module")
def released_home(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = settings_for(tmp_path_factory.mktemp("released") / "home")
    shutil.copytree(built_home, settings.home)
    shown(settings, "run-1")
    return settings.home


@pytest.fixture
def released(released_home: Path, tmp_path: Path) -> Settings:
    """run-1 is published, run-2 is a candidate."""
    home = tmp_path / "home's copy"
    shutil.copytree(released_home, home, symlinks=True)
    return settings_for(home)


def candidate(settings: Settings, run_id: str) -> Path:
    return settings.home / "releases" / run_id / "scheme21.duckdb"


def shown(settings: Settings, run_id: str, built: Path | None = None) -> Path:
    """Release the run's candidate, as a cycle does."""
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        draw(candidate(settings, run_id), settings)
        return release(warehouse, built or candidate(settings, run_id), settings, run_id)


def spoil(settings: Settings, run_id: str, statement: str) -> None:
    with duckdb.connect(str(candidate(settings, run_id))) as writer:
        writer.execute(statement)


def test_the_first_release_is_always_new(settings: Settings) -> None:
    assert is_changed(candidate(settings, "run-1"), settings.snapshot)


def test_the_same_tables_with_another_run_and_clock_are_not_new(released: Settings) -> None:
    assert not is_changed(candidate(released, "run-2"), released.snapshot)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE marts.remaining_communes SET action = 'Khác'",
        "DELETE FROM marts.remaining_villages",
        "INSERT INTO marts.activities FROM marts.activities LIMIT 1",
        "UPDATE marts.petitions SET received = NULL WHERE period = '2021-04'",
        "ALTER TABLE marts.countdown ADD COLUMN note VARCHAR",
        "CREATE TABLE marts.extra AS SELECT 1 AS one",
        "COMMENT ON COLUMN marts.countdown.period IS 'nghĩa khác'",
    ],
)
def test_any_other_difference_is_new(released: Settings, statement: str) -> None:
    spoil(released, "run-2", statement)
    assert is_changed(candidate(released, "run-2"), released.snapshot)


def test_a_release_holds_everything_and_only_its_office_may_write_it(released: Settings) -> None:
    folder = released.published.resolve()
    assert released.published.is_symlink()
    assert released.published.resolve() == folder.resolve()
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    pages = {f"{name}{language}.html" for name in ("index", "evidence") for language in ("", ".en")}
    papers = {"bulletin.pdf", "bulletin.en.pdf", "scheme21.xlsx"}
    flat = {f"{kind}/{table.name}.{kind}" for kind in ("csv", "parquet") for table in TABLES}
    others = {"scheme21.duckdb", "quality.html", "dictionary.html", "manifest.json"}
    assert files == {*others, *pages, *papers, *flat}
    assert {oct((folder / name).stat().st_mode & 0o777) for name in files} == {"0o640"}
    assert "run-1" in (released.published / "quality.html").read_text(encoding="utf-8")


def test_parquet_and_database_hold_the_same_rows(released: Settings) -> None:
    with reading(released.snapshot) as reader:
        for table in TABLES:
            parquet = released.published / "parquet" / f"{table.name}.parquet"
            theirs = duckdb.read_parquet(str(parquet)).fetchall()
            assert theirs == reader.execute(f"FROM marts.{table.name}").fetchall()


def test_the_manifest_counts_rows_and_names_the_bytes(released: Settings) -> None:
    folder = released.published.resolve()
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (record["run_id"], record["tables"]["remaining_communes"]["rows"]) == ("run-1", 1)
    assert len(record["files"]) == 10 + 2 * len(TABLES)
    for name, digest in record["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_next_release_leaves_the_last_one_whole(released: Settings) -> None:
    first = released.published.resolve()
    before = (first / "scheme21.duckdb").read_bytes()
    second = shown(released, "run-2")
    assert released.published.resolve() == second.resolve()
    assert (first / "scheme21.duckdb").read_bytes() == before
    assert [path.name for path in released.home.iterdir() if path.name.startswith(".")] == []


def test_a_candidate_elsewhere_is_not_released(settings: Settings) -> None:
    with pytest.raises(ValueError, match="run-2"):
        shown(settings, "run-2", candidate(settings, "run-1"))


def test_nothing_is_released_beside_a_log_of_the_published_file(released: Settings) -> None:
    first = released.published.resolve()
    (first / "scheme21.duckdb.wal").write_bytes(b"left by somebody")
    with pytest.raises(RuntimeError, match=r"scheme21\.duckdb\.wal"):
        shown(released, "run-2")
    assert released.published.resolve() == first.resolve()


def test_discarding_removes_a_candidate_but_never_what_is_published(released: Settings) -> None:
    first = released.published.resolve()
    discard(candidate(released, "run-2"), released)
    assert not candidate(released, "run-2").parent.exists()
    with pytest.raises(ValueError, match="published"):
        discard(candidate(released, "run-1"), released)
    assert (first / "scheme21.duckdb").exists()


# A reader of another process: fresh, in memory, the published path attached read-only. The units' table
# must carry the run that the release table names, or the read was torn.
_READER = """
import select, sys
import duckdb
seen, is_last = {}, False
while True:
    with duckdb.connect() as reader:
        reader.execute(f"ATTACH '{sys.argv[1]}' AS published (READ_ONLY)")
        (run,), = reader.execute("SELECT run_id FROM published.marts.release").fetchall()
        named = reader.execute("SELECT DISTINCT action FROM published.marts.remaining_communes").fetchall()
        assert named == [(run,)], (run, named)
    if not seen:
        print("reading", flush=True)
    seen[run] = seen.get(run, 0) + 1
    if is_last:
        break
    is_last = bool(select.select([sys.stdin], [], [], 0)[0])
print(len(seen), sum(seen.values()))
"""


@pytest.mark.long
def test_a_reader_in_a_loop_sees_no_failed_and_no_torn_read(built_home: Path, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "home")
    shutil.copytree(built_home, settings.home)
    runs = [f"swap-{n}" for n in range(4)]
    for run_id in runs:
        shutil.copytree(settings.home / "releases" / "run-1", settings.home / "releases" / run_id)
        spoil(settings, run_id, f"UPDATE marts.release SET run_id = '{run_id}'")
        spoil(settings, run_id, f"UPDATE marts.remaining_communes SET action = '{run_id}'")
        _write_quality_page(settings, run_id)
    shown(settings, runs[0])
    reader = subprocess.Popen(
        [sys.executable, "-c", _READER, str(settings.snapshot)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "reading\n"
    for run_id in runs[1:]:
        shown(settings, run_id)
    printed, errors = reader.communicate("stop\n", timeout=60)
    assert (reader.returncode, errors) == (0, "")
    releases_seen, reads = map(int, printed.split())
    assert releases_seen >= 2
    assert reads > releases_seen


@pytest.fixture
def drawing_process(settings: Settings) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that draws; it has drawn already, and waits for the next."""
    command = [sys.executable, "-I", "-m", "tasks.drawing_child"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        ask(process, settings, "run-2")
        assert process.stdout is not None
        assert pickle.load(process.stdout) is None  # noqa: S301 - of our own program
        yield process
        process.kill()


def ask(process: "subprocess.Popen[bytes]", settings: Settings, run_id: str) -> None:
    assert process.stdin is not None
    pickle.dump(Drawing(settings.home, candidate(settings, run_id).parent, None), process.stdin)
    process.stdin.flush()


def test_what_draws_waits_for_another(settings: Settings, drawing_process: "subprocess.Popen[bytes]") -> None:
    folder = candidate(settings, "run-1").parent
    with drawing_lock(settings.home):
        ask(drawing_process, settings, "run-1")
        with pytest.raises(subprocess.TimeoutExpired):
            drawing_process.wait(3)
        assert [path.name for path in folder.iterdir()] == ["scheme21.duckdb"]
    until((folder / "dictionary.html").exists)


def test_what_draws_ends_with_its_cycle(
    settings: Settings, drawing_process: "subprocess.Popen[bytes]"
) -> None:
    assert drawing_process.stdin is not None
    with drawing_lock(settings.home):
        ask(drawing_process, settings, "run-1")
        drawing_process.stdin.close()
        assert drawing_process.wait(20) == 0
    assert [path.name for path in candidate(settings, "run-1").parent.iterdir()] == ["scheme21.duckdb"]


def test_what_cannot_be_drawn_says_why(settings: Settings) -> None:
    spoil(settings, "run-1", "ALTER TABLE marts.countdown ADD COLUMN note VARCHAR")
    with pytest.raises(CompanionFailed, match=r"OutdatedRelease: (.|\n)*countdown\.note"):
        draw(candidate(settings, "run-1"), settings)


def test_a_disk_that_is_full_is_named_by_whoever_asked(settings: Settings) -> None:
    said = "OSError: [Errno 28] No space left on device: 'scheme21.xlsx'"
    with pytest.raises(DiskFull, match="No space left"), disk_full_named(settings):
        raise CompanionFailed(said)


def test_one_that_was_killed_between_two_releases_is_started_anew(settings: Settings) -> None:
    os.kill(DRAFTSMAN.begin(), signal.SIGKILL)
    draw(candidate(settings, "run-1"), settings)
    assert (candidate(settings, "run-1").parent / "dictionary.html").exists()
