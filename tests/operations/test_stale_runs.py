"""What killed runs leave is told and cleared; what readers may hold open stays."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from schemas.settings import Settings
from tasks.heartbeat import begin_heartbeat, end_heartbeat, read_heartbeat
from tasks.metrics import write_metrics
from tasks.stale_runs import mark_crashed, sweep_half_built, sweep_old_releases
from warehouse.connection import open_warehouse

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CLOCK = datetime(2021, 6, 10, 9, tzinfo=HANOI)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, releases_kept=2)


def release(settings: Settings, name: str, made: datetime | None) -> Path:
    """A release made at that moment; half-built when None."""
    folder = settings.releases / name
    folder.mkdir(parents=True)
    (folder / "scheme21.duckdb").write_text("tables")
    if made is not None:
        (folder / "manifest.json").write_text("{}")
        os.utime(folder / "manifest.json", (made.timestamp(), made.timestamp()))
    return folder


def test_a_run_left_open_is_closed_as_crashed(settings: Settings) -> None:
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        warehouse.execute(
            """
            INSERT INTO ledger.run (run_id, started_at, finished_at, as_known_at, outcome) VALUES
                ('a', '2021-06-01 07:00:00+07', '2021-06-01 07:01:00+07', now(), 'released'),
                ('b', '2021-06-02 07:00:00+07', NULL, now(), NULL)
            """
        )
        assert mark_crashed(warehouse, CLOCK) == ["b"]
        assert mark_crashed(warehouse, CLOCK) == []
        rows = warehouse.execute("SELECT run_id, outcome, finished_at FROM ledger.run ORDER BY 1").fetchall()
    assert [(run_id, outcome) for run_id, outcome, _ in rows] == [("a", "released"), ("b", "crashed")]
    assert rows[1][2] == CLOCK


def test_half_built_releases_are_swept_the_published_one_never(settings: Settings) -> None:
    published, whole = release(settings, "1", None), release(settings, "2", CLOCK)
    half_built = release(settings, "3", None)
    settings.published.symlink_to("releases/1", target_is_directory=True)
    left = settings.home / ".published.3"
    left.symlink_to("releases/3", target_is_directory=True)

    assert sweep_half_built(settings) == [half_built, left]
    assert [folder.exists() for folder in (published, whole, half_built)] == [True, True, False]
    assert not left.is_symlink()


def test_what_a_killed_run_wrote_and_did_not_rename_is_swept(settings: Settings) -> None:
    kept = (
        "heartbeat.json",
        "drawing.lock",
        "warehouse.lock",
        "metrics/scheme21.prom",
        "archive/arrivals/001-20210402-aa.json",
    )
    left = (
        "heartbeat.4711",
        "warehouse.lock.4711",
        "metrics/scheme21.prom.4711.140",
        "archive/arrivals/.001-20210402-bb.json.4711",
    )
    for name in (*kept, *left):
        path = settings.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")

    assert sorted(sweep_half_built(settings)) == sorted(settings.home / name for name in left)
    assert all((settings.home / name).exists() for name in kept)


def test_what_the_watchman_has_renamed_meanwhile_ends_no_sweep(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed = settings.metrics.with_name("scheme21.prom.4711.140")
    monkeypatch.setattr(Path, "glob", lambda _, pattern: [renamed] if "prom" in pattern else [])

    sweep_half_built(settings)

    assert not renamed.exists()


def test_old_releases_are_swept_but_for_the_newest_the_young_and_the_published(settings: Settings) -> None:
    days = {"a": 90, "b": 60, "c": 50, "d": 40, "e": 30}
    made = {name: release(settings, name, CLOCK - timedelta(days=ago)) for name, ago in days.items()}
    settings.published.symlink_to("releases/a", target_is_directory=True)

    half_built = release(settings, "z", None)

    assert sweep_old_releases(settings, CLOCK) == [made["c"], made["b"]]
    assert sorted(folder.name for folder in settings.releases.iterdir()) == ["a", "d", "e", "z"]
    assert half_built.exists()

    young = [release(settings, name, CLOCK - timedelta(hours=23)) for name in ("f", "g", "h")]
    assert sweep_old_releases(settings, CLOCK) == [made["e"], made["d"]]
    assert all(folder.exists() for folder in young)


def test_the_heartbeat_keeps_what_the_last_finished_cycle_said(settings: Settings) -> None:
    assert read_heartbeat(settings) is None
    due = CLOCK + timedelta(days=1)
    begun = begin_heartbeat(settings, "first", "2021-06", CLOCK, CLOCK)
    end_heartbeat(settings, begun, CLOCK + timedelta(seconds=9), "released", due)
    begin_heartbeat(settings, "second", "2021-06", CLOCK, CLOCK + timedelta(hours=1))

    seen = read_heartbeat(settings)
    assert seen is not None
    assert (seen.run_id, seen.finished_at, seen.outcome) == ("second", None, None)
    assert (seen.last_finished_at, seen.next_due) == (CLOCK + timedelta(seconds=9), due)
    assert seen.pid == os.getpid()


def test_a_damaged_heartbeat_is_named_and_the_next_cycle_writes_it_anew(settings: Settings) -> None:
    settings.heartbeat.write_text('{"run_id": "x"')
    with pytest.raises(ValueError, match=r"heartbeat\.json bị hỏng"):
        read_heartbeat(settings)
    begin_heartbeat(settings, "next", "2021-06", CLOCK, CLOCK)
    assert json.loads(settings.heartbeat.read_text())["run_id"] == "next"


def test_metrics_of_a_cycle_without_a_release_say_nothing_of_one(settings: Settings) -> None:
    begun = begin_heartbeat(settings, "first", "2021-06", CLOCK, CLOCK)
    end_heartbeat(settings, begun, CLOCK + timedelta(seconds=9), "refused", None)
    lines = write_metrics(settings, CLOCK).read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "scheme21_metrics_timestamp_seconds 1.6232904e+09",
        "scheme21_cycle_started_timestamp_seconds 1.6232904e+09",
        "scheme21_cycle_finished_timestamp_seconds 1.623290409e+09",
        "scheme21_cycle_duration_seconds 9.0",
        'scheme21_cycle_outcome{outcome="released"} 0.0',
        'scheme21_cycle_outcome{outcome="unchanged"} 0.0',
        'scheme21_cycle_outcome{outcome="refused"} 1.0',
        'scheme21_cycle_outcome{outcome="untold"} 0.0',
        'scheme21_cycle_outcome{outcome="failed"} 0.0',
        'scheme21_cycle_outcome{outcome="crashed"} 0.0',
    ]
