"""What every bench is told: how often to run, how much, and whether only ours is measured."""

import argparse
from dataclasses import dataclass, field

from tests.bench.place import Place


@dataclass(frozen=True)
class Given:
    """`runs`: of which the median is taken; `is_small`: a smoke run; `is_ours_only`: nobody else."""

    runs: int = 5
    is_small: bool = False
    is_ours_only: bool = False
    place: Place = field(default_factory=Place.here)


def parser(description: str | None) -> argparse.ArgumentParser:
    """A parser of the arguments of Given."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--runs", type=int, default=5, help="runs of which the median is taken")
    arguments.add_argument("--small", action="store_true", help="tiny sizes, to see that it works")
    arguments.add_argument("--ours-only", action="store_true", help="measure nobody else")
    return arguments


def given_by(arguments: argparse.Namespace, place: Place | None = None) -> Given:
    """The Given of parsed arguments."""
    return Given(arguments.runs, arguments.small, arguments.ours_only, place or Place.here())
