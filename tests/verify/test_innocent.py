"""What nobody altered is not accused, however a run ended and whatever time has swept."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.command_line import app
from flows.exits import Exit
from schemas.settings import Settings
from tasks.checkup_result import Check, Level
from tasks.ingest import ingest
from tasks.receive import receive
from tasks.verify.verify import verify_home
from tests.intake.returns import moment, stamp
from tests.verify.proven import MARCH, Proven
from warehouse.connection import open_warehouse


def told(settings: Settings) -> list[tuple[Level, str]]:
    """Every line that is not sound."""
    return [(check.level, check.name) for check in verify_home(settings) if check.level != Level.OK]


def test_a_copy_taken_in_at_the_moment_of_the_release_and_a_killed_run_s_folder(
    proven: Proven, settings: Settings
) -> None:
    home, _ = proven
    again = Path(shutil.copy(home.parent / MARCH, Path(settings.inbox_url) / "003" / "gui-lai.xlsx"))
    stamp(again, moment("2021-05-10 09:00"))
    now = moment("2021-05-11 07:00")
    receive(settings, now)
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        assert [outcome.verdict for outcome in ingest(warehouse, settings, now, "run-4")] == ["duplicate"]
    half_built = settings.releases / "run-4"
    half_built.mkdir()
    shutil.copy(settings.snapshot, half_built)
    assert told(settings) == [(Level.WARNING, "run-4")]


def test_releases_that_are_no_longer_here_are_said(settings: Settings) -> None:
    for run_id in ("run-1", "run-2"):
        shutil.rmtree(settings.releases / run_id)
    (gone,) = [check for check in verify_home(settings) if check.level != Level.OK]
    assert gone == Check(
        "bản phát hành / releases",
        Level.WARNING,
        "1 – 2 không còn ở đây / are no longer here (SCHEME21_RELEASES_KEPT=12, còn / here are 1)",
    )


@pytest.mark.parametrize("given", ["abc", "g" * 64, "0" * 63])
def test_what_is_no_hash_is_a_slip_and_no_forgery(given: str, proven: Proven) -> None:
    result = CliRunner().invoke(app, ["verify", "--home", str(proven[0]), "--hash", given])
    assert result.exit_code == Exit.USAGE
