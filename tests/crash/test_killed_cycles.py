"""A slice of `python -m tests.campaigns.crash`: one home, its cycles killed at borders of all kinds."""

from datetime import datetime
from pathlib import Path

import pytest

from flows.demo import moments
from schemas.settings import Settings
from tests.campaigns.crash_checks import differing_tables, torn, unsettled
from tests.campaigns.crash_cycle import Blow, run_cycle
from tests.demonstration import Demo

_BLOWS = (
    Blow(before_step="answer"),
    Blow(before_file_step="published"),
    Blow(before_step="alert"),
)


@pytest.mark.long
@pytest.mark.server
def test_what_killed_cycles_leave_the_next_ones_bring_to_the_same_end(
    prefect_api: str, demo: Demo, sample_inbox: Path, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path / "home", _env_file=None)
    now = _first_moment(settings)

    killed = []
    for blow in _BLOWS:
        ended = run_cycle(settings.home, sample_inbox, now, blow)
        killed.append((ended.outcome, ended.place.partition(":")[0], ended.said))
        assert list(torn(settings, was_published=False)) == []
    ended = run_cycle(settings.home, sample_inbox, now, Blow())

    assert killed == [(None, step, "") for step in ("answer", "release", "alert")]
    assert list(unsettled(settings, sample_inbox, ended.outcome)) == []
    undisturbed = demo.releases()[0] / "scheme21.duckdb"
    assert list(differing_tables(settings.snapshot, undisturbed)) == []


def _first_moment(settings: Settings) -> datetime:
    [(_period, now), *_later] = moments(settings, "2021-04")
    return now
