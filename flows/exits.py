"""The exit codes of every command, and the end of one that met what is expected to happen."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer

from flows.terminal import Terminal


class Exit(IntEnum):
    """0 and what else can happen; 66, 69, 74 and 75 are those of sysexits.h.

    Python ends with 1 when a command breaks down: what a monitor must tell from that has a code of its own.
    """

    OK = 0
    REFUSED = 1
    USAGE = 2
    TOLD = 3
    NOTHING_PUBLISHED = 66
    UNAVAILABLE = 69
    UNREADABLE = 74
    BUSY = 75


@contextmanager
def explained() -> Iterator[None]:
    """Turn one of the expected problems inside the block into words on stderr and the end of the command."""
    try:
        yield
    # Whoever reads our output has enough of it, a command ends itself, somebody ends it: typer ends quietly.
    except (BrokenPipeError, typer.Exit, KeyboardInterrupt):
        raise
    except _expected() as problem:
        from flows.problems import explain

        raise typer.Exit(explain(problem, Terminal(stderr=True))) from problem


def _expected() -> tuple[type[Exception], ...]:
    # Asked only when something was raised: the kinds lie all over the house, and a command that ends well
    # need not wait for them.
    from flows.problems import EXPECTED

    return EXPECTED
