"""One more return set on a long history, and the tables after it; prints the seconds of both as JSON.

`--build module:function` names what builds the tables, called as the warehouse's own runner is: by default
that, as a cycle does it.
"""

import argparse
import importlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from schemas.settings import Settings
from tests.bench.inboxes import locked_at
from tests.bench.national import opened, report
from warehouse.picture import Picture


def main() -> None:
    """Load the returns of one period, or of one reporter again, and build the tables known at `--latest`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("candidate", type=Path)
    parser.add_argument("--position", type=int, help="the period reported; without it nobody reports")
    parser.add_argument("--latest", type=int, required=True, help="the tables are as known at its lock")
    parser.add_argument("--only", help="the one that reports, as a correction")
    parser.add_argument("--build", default="warehouse.runner:build_onward")
    given = parser.parse_args()
    settings = Settings(home=given.warehouse.parent, _env_file=None)
    with opened(given.warehouse) as warehouse:
        reported = (given.position, given.only, 1 if given.only is None else 2)
        report_seconds = 0.0 if given.position is None else _seconds(report, warehouse, *reported)
        picture = Picture.at(locked_at(given.latest))
        build_seconds = _seconds(_named(given.build), warehouse, given.candidate, picture, settings)
    print(json.dumps({"report": report_seconds, "build": build_seconds}))


def _named(name: str) -> Callable[..., Any]:
    module, function = name.split(":")
    named: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return named


def _seconds(step: Callable[..., Any], *given: Any) -> float:
    started = time.perf_counter()
    step(*given)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
