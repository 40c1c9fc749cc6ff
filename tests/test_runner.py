"""The runner: order from the SQL itself, every column described, nothing left attached."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from schemas.settings import Settings
from tasks.materialize import materialize
from warehouse import runner
from warehouse.connection import open_warehouse
from warehouse.picture import Picture
from warehouse.runner import build, dependencies, read_selects

SETTINGS = Settings(_env_file=None)
NOW = datetime(2021, 4, 10, tzinfo=UTC)


def _databases(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[str]]:
    return warehouse.execute("SELECT database_name FROM duckdb_databases() WHERE NOT internal").fetchall()


def _select(monkeypatch: pytest.MonkeyPatch, **selects: str) -> None:
    """Let the runner find these SELECTs beside the real ones."""
    found = read_selects() | {name.replace("__", "."): select for name, select in selects.items()}
    monkeypatch.setattr(runner, "read_selects", lambda: found)


def test_every_table_comes_after_what_it_reads(tmp_path: Path) -> None:
    with open_warehouse(None, SETTINGS.time_zone) as warehouse:
        warehouse.execute("SET VARIABLE run_id = 'run-1'")
        order = build(warehouse, tmp_path / "candidate.duckdb", Picture.at(NOW), SETTINGS)
        reads = dependencies(warehouse, read_selects())

    assert sorted(order) == sorted(reads)
    for name in order:
        built_before = set(order[: order.index(name)])
        assert {read for read in reads[name] if read in reads} <= built_before


def test_the_parser_tells_tables_from_expressions() -> None:
    select = (
        "WITH a AS (SELECT * FROM core.x) SELECT (SELECT max(n) FROM ledger.y) FROM a JOIN marts.z USING (n) "
        "WHERE EXISTS (FROM intermediate.w) AND word = 'FROM marts.no'"
    )
    with duckdb.connect() as parser:
        assert dependencies(parser, {"marts.t": select}) == {
            "marts.t": {"core.x", "ledger.y", "marts.z", "intermediate.w"}
        }


@pytest.mark.parametrize("text", ["SELECT 1; SELECT 2", "DROP TABLE core.period", "SELEC 1"])
def test_a_file_is_exactly_one_select(text: str) -> None:
    with (
        duckdb.connect() as parser,
        pytest.raises(ValueError, match=r"marts\.t: the file must be exactly one SELECT"),
    ):
        dependencies(parser, {"marts.t": text})


def test_a_column_without_a_description_fails_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _select(monkeypatch, marts__completion="SELECT false AS is_complete, 1::BIGINT AS surprise")
    with open_warehouse(None, SETTINGS.time_zone) as warehouse:
        with pytest.raises(ValueError, match="differ") as failure:
            build(warehouse, tmp_path / "candidate.duckdb", Picture.at(NOW), SETTINGS)
        left = _databases(warehouse)

    built_only, described_only = str(failure.value).split("described only")
    assert "('completion', 'surprise', 'BIGINT')" in built_only
    assert "('completion', 'completed_period', 'VARCHAR')" in described_only
    assert sorted(left) == [("memory",), ("register",)]


def test_a_table_without_a_description_fails_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _select(monkeypatch, marts__unnamed="SELECT 1 AS n")
    with (
        open_warehouse(None, SETTINGS.time_zone) as warehouse,
        pytest.raises(ValueError, match=r"Built only: \[\('unnamed', 'n', 'INTEGER'\)\]"),
    ):
        build(warehouse, tmp_path / "candidate.duckdb", Picture.at(NOW), SETTINGS)


def test_tables_that_read_each_other_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _select(
        monkeypatch,
        intermediate__a="SELECT * FROM intermediate.b",
        intermediate__b="SELECT * FROM intermediate.a",
    )
    with (
        open_warehouse(None, SETTINGS.time_zone) as warehouse,
        pytest.raises(ValueError, match="nodes are in a cycle"),
    ):
        build(warehouse, tmp_path / "candidate.duckdb", Picture.at(NOW), SETTINGS)


def test_a_candidate_is_whole_and_replaces_an_earlier_attempt(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, home=tmp_path / "it's home")
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        first = materialize(warehouse, settings, NOW, "run-1")
        first.with_name("scheme21.duckdb.wal").write_text("left by a killed run")
        candidate = materialize(warehouse, settings, NOW, "run-1")

    assert candidate == settings.home / "releases" / "run-1" / "scheme21.duckdb"
    assert [file.name for file in candidate.parent.iterdir()] == ["scheme21.duckdb"]
    with duckdb.connect(str(candidate), read_only=True) as reader:
        release = reader.execute("SELECT run_id, released_at, as_known_at, is_simulated FROM marts.release")
        known_at = datetime(2021, 4, 10, 7)
        assert release.fetchall() == [("run-1", known_at, known_at, False)]
