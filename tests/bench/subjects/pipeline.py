"""Ours without Prefect: every step of the cycle in its order, in one process.

With `--repeat` it is the pipeline's work in a warm process. Each step's seconds go to <home>/steps.json.
"""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from schemas.access import owners_files
from schemas.settings import Settings
from tasks.alert.step import alert
from tasks.answer import answer
from tasks.damage import warehouse_made_sound
from tasks.damaged_release import settle_published
from tasks.drawing import DRAFTSMAN
from tasks.gate import gate
from tasks.ingest import ingest
from tasks.judging import JUDGE
from tasks.materialize import materialize
from tasks.obligations import open_obligations
from tasks.receive import receive
from tasks.release import draw, is_changed, release
from tests.bench.subjects.subject import Given, repeated
from warehouse.connection import open_warehouse

_RUN = "bench"


class Clock:
    """Keeps how many seconds each step took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def run(self, step: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Call `step` and note its seconds under its name."""
        started = time.perf_counter()
        result = step(*given, **named)
        self.seconds[step.__name__] = time.perf_counter() - started
        return result


def run(given: Given) -> None:
    """Take the inbox to a release in `given.home`. Raises RuntimeError when the gate refuses."""
    settings = Settings(home=given.home, inbox=str(given.inbox), _env_file=None)
    now = datetime.fromisoformat(given.now).replace(tzinfo=settings.zone)
    clock = Clock()
    with owners_files(), warehouse_made_sound(settings):
        clock.run(settle_published, settings)
        _cycle(clock, settings, now)
    (settings.home / "steps.json").write_text(json.dumps(clock.seconds), encoding="utf-8")


def _cycle(clock: Clock, settings: Settings, now: datetime) -> None:
    started = time.perf_counter()
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        clock.seconds["open_warehouse"] = time.perf_counter() - started
        clock.run(open_obligations, warehouse, settings, now)
        received = clock.run(receive, settings, now)
        JUDGE.begin()
        DRAFTSMAN.begin()
        clock.run(ingest, warehouse, settings, now, _RUN)
        clock.run(answer, warehouse, settings)
        candidate = clock.run(materialize, warehouse, settings, now, _RUN)
        clock.run(is_changed, candidate, settings.snapshot)
        with ThreadPoolExecutor(1) as beside:
            drawn = beside.submit(clock.run, draw, candidate, settings)
            found = clock.run(gate, warehouse, candidate, settings, _RUN, now)
            drawn.result()
        if not found.success:
            raise RuntimeError(f"the gate refused: {settings.runs / _RUN / 'gate.json'}")
        clock.run(release, warehouse, candidate, settings, _RUN)
        untold = {"is_refused": False, "silent": True, "not_taken": received.not_taken}
        clock.run(alert, warehouse, settings, now, _RUN, **untold)


if __name__ == "__main__":
    repeated(run)
