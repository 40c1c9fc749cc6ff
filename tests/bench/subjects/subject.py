"""The frame of every subject: its arguments, its repetitions, its seconds as one line of JSON."""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Given:
    """What a subject works on: landed files, an own folder that does not exist yet, the plan, a moment."""

    inbox: Path
    home: Path
    plan: Path
    now: str


def repeated(run: Callable[[Given], object]) -> None:
    """Run the subject `--repeat` times, each in a folder of its own, and print the seconds of each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("inbox", type=Path)
    parser.add_argument("home", type=Path)
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--now", required=True)
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args()
    seconds = []
    for turn in range(given.repeat):
        started = time.perf_counter()
        run(Given(given.inbox, given.home / str(turn + 1), given.plan, given.now))
        seconds.append(time.perf_counter() - started)
    print(json.dumps(seconds))
