"""A home of the version before manifests is upgraded: its releases are kept, a damaged one is not."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.settings import Settings
from tasks.checkup_result import Level
from tasks.damaged_release import settle_published
from tasks.stale_runs import sweep_half_built, sweep_old_releases
from tasks.verify.verify import verify_home
from tests.intake.returns import moment


@pytest.fixture
def former(settings: Settings) -> Settings:
    """The three releases as the version before left them: release.json in place of the manifest."""
    shutil.rmtree(settings.manifests)
    for path in settings.releases.glob("*/manifest.json"):
        files = json.loads(path.read_bytes())["files"]
        path.with_name("release.json").write_text(json.dumps({"sha256": files}), encoding="utf-8")
        path.unlink()
    return settings


def folders(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.releases.iterdir())


def test_what_was_released_before_is_neither_damaged_nor_half_built(former: Settings) -> None:
    (former.releases / "run-4").mkdir()

    assert settle_published(former) == []
    assert sweep_half_built(former) == [former.releases / "run-4"]

    assert (folders(former), former.published.resolve().name) == (["run-1", "run-2", "run-3"], "run-3")


def test_it_is_still_held_against_its_own_hashes(former: Settings) -> None:
    (former.published / "index.html").write_text("forged", encoding="utf-8")

    [aside] = settle_published(former)

    assert (aside.exists(), folders(former)) == (True, ["run-1", "run-2"])


def test_verify_says_what_it_was_held_against(former: Settings) -> None:
    (former.releases / "run-2" / "evidence.html").unlink()

    said = {check.name: check.level for check in verify_home(former) if check.name.startswith("run-")}

    assert said == {"run-1": Level.WARNING, "run-2/evidence.html": Level.CRITICAL, "run-3": Level.WARNING}


def test_it_goes_in_its_turn(former: Settings) -> None:
    few = former.model_copy(update={"releases_kept": 1})

    [gone] = sweep_old_releases(few, moment("2099-01-01") + timedelta(days=2))

    assert isinstance(gone, Path)
    assert len(folders(former)) == 2
