"""What every bench is told: how often to run, how much, and whether only ours is measured."""

import argparse
from dataclasses import dataclass, field
from enum import StrEnum

from tests.bench.place import Place


class Size(StrEnum):
    """How much a bench works on: to see that it works; what minutes allow; a decade, a country."""

    SMALL = "small"
    USUAL = "usual"
    FULL = "full"


@dataclass(frozen=True)
class Given:
    """`runs`: of which the median is taken; `is_ours_only`: nobody else is measured."""

    runs: int = 5
    size: Size = Size.USUAL
    is_ours_only: bool = False
    place: Place = field(default_factory=Place.here)

    @property
    def is_small(self) -> bool:
        """Whether this is a smoke run."""
        return self.size is Size.SMALL


def parser(description: str | None) -> argparse.ArgumentParser:
    """A parser of the arguments of Given."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--runs", type=int, default=5, help="runs of which the median is taken")
    sizes = arguments.add_mutually_exclusive_group()
    sizes.add_argument(
        "--small", dest="size", action="store_const", const=Size.SMALL, help="tiny, to see that it works"
    )
    sizes.add_argument(
        "--full",
        dest="size",
        action="store_const",
        const=Size.FULL,
        help="backfill of 120 periods, growth of a whole country: hours, and 40 GB of disk",
    )
    arguments.set_defaults(size=Size.USUAL)
    arguments.add_argument("--ours-only", action="store_true", help="measure nobody else")
    return arguments


def given_by(arguments: argparse.Namespace) -> Given:
    """The Given of parsed arguments."""
    return Given(arguments.runs, arguments.size, arguments.ours_only)
