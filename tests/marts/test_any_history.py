"""Any history, step by step: what is built onward equals what is built from nothing."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from any_history import Step, histories, moments
from built_twice import differing
from hypothesis import HealthCheck, Phase, given, settings
from small_city import small_city

from warehouse.picture import Picture

PHASES = (Phase.explicit, Phase.generate, Phase.shrink)


def live_through(history: list[Step]) -> None:
    """Build after each step, in both ways; periods begin as the days pass."""
    with TemporaryDirectory() as folder, small_city(Path(folder)) as city:
        city.warehouse.execute("CREATE TABLE coming AS FROM core.period; DELETE FROM core.period")
        for step, now in zip(history, moments(history), strict=True):
            city.warehouse.execute(
                "INSERT OR IGNORE INTO core.period FROM coming WHERE starts_on <= ?", [now.date()]
            )
            for event in step.events:
                event(city, now)
            assert differing(city, Picture.at(now - timedelta(days=step.days_back))) == {}


@pytest.mark.long
@given(histories(3))
@settings(max_examples=2, deadline=None, derandomize=True, database=None, phases=PHASES)
def test_every_step_gives_what_a_build_from_nothing_gives(history: list[Step]) -> None:
    live_through(history)


@pytest.mark.long
@given(histories(8))
@settings(
    max_examples=60, deadline=None, database=None, phases=PHASES, suppress_health_check=list(HealthCheck)
)
def test_every_step_of_long_histories_gives_what_a_build_from_nothing_gives(history: list[Step]) -> None:
    live_through(history)
