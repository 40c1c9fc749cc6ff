"""A check that breaks down says nothing of the database it was to look at."""

import sys
from pathlib import Path

import duckdb
import pytest

from schemas.settings import Settings
from tasks.damage import kept_aside, settle_database
from warehouse import soundness
from warehouse.soundness import damage_of


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as writer:
        writer.execute("CREATE TABLE fact AS SELECT 1 AS n")
    return path


def ending_so(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the Python that is started for the check do this instead."""
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(python))


@pytest.mark.parametrize(
    "script", ["kill -KILL $$", "kill -TERM $$", "echo MemoryError >&2; exit 1", "exit 2"]
)
def test_a_check_that_breaks_down_leaves_the_database_where_it_is(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    settings = Settings(home=tmp_path, _env_file=None)
    ending_so(script, tmp_path, monkeypatch)

    with pytest.raises(ChildProcessError, match=r"Không kiểm tra được .*/warehouse\.duckdb; tệp giữ nguyên"):
        settle_database(settings, database)

    assert database.exists()
    assert kept_aside(settings) == []


def test_a_check_that_does_not_end_is_ended(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "_LONGEST_SECONDS", 0.2)
    ending_so("exec sleep 60", tmp_path, monkeypatch)

    with pytest.raises(ChildProcessError, match=r"no end within 0\.2 s"):
        damage_of(database)


@pytest.mark.parametrize("signal", ["SEGV", "BUS", "ABRT"])
def test_a_database_that_ends_whoever_reads_it_is_damaged(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signal: str
) -> None:
    ending_so(f"ulimit -c 0; kill -{signal} $$", tmp_path, monkeypatch)

    assert str(damage_of(database)).startswith("reading it ends DuckDB itself")


def test_nothing_of_the_environment_decides_on_the_database(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "duckdb.py").write_text("raise RuntimeError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    assert damage_of(database) is None
