"""Judging in a process of its own, which imports great_expectations, for seconds, while the cycle reads."""

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache

import pandas as pd

from schemas.expectations import Expectation
from schemas.expectations.results import ExpectationResult
from tasks.bounded import ONE_THREAD
from tasks.forked import Forked, Job, forked

_MODULE = "tasks.judging_child"
_ERRORS = 2  # ours, as it is for the processes that we start
# great_expectations looks for a file of settings at home, which it shall not find.
_ENVIRONMENT = {**ONE_THREAD, "HOME": "/nonexistent"}


@dataclass(frozen=True)
class Questions:
    """What is to be judged: frames by their expectations, published tables, by name, by their contracts."""

    frames: list[tuple[Expectation, pd.DataFrame]]
    tables: dict[str, pd.DataFrame]


class Judging:
    """A process that answers questions (see `tasks.judging_child`); it ends when we do."""

    def __init__(self) -> None:
        asked, asks = os.pipe()
        answers, answered = os.pipe()
        self._process = _started((asked, answered, _ERRORS))
        os.close(asked)
        os.close(answered)
        self.pid = self._process.pid
        self._questions = os.fdopen(asks, "wb")
        self._answers = os.fdopen(answers, "rb")

    def ask(self, questions: Questions) -> list[ExpectationResult]:
        """One result a frame, then one a table.

        Raises EOFError, BrokenPipeError or pickle.UnpicklingError when the process ended.
        """
        pickle.dump(questions, self._questions)
        self._questions.flush()
        answers: list[ExpectationResult] = pickle.load(self._answers)  # noqa: S301 - of our own module
        return answers

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        with suppress(BrokenPipeError):  # half a question
            self._questions.close()
        self._answers.close()


def _started(files: tuple[int, int, int]) -> "Forked | subprocess.Popen[bytes]":
    from_the_server = forked(Job(_MODULE, _ENVIRONMENT), files)
    if from_the_server is not None:
        return from_the_server
    # Isolated: it needs nothing of the environment, no secret either, and imports nothing of this folder.
    return subprocess.Popen(  # noqa: S603 - our own module, by this Python
        [sys.executable, "-I", "-m", _MODULE],
        stdin=files[0],
        stdout=files[1],
        stderr=files[2],
        env=_ENVIRONMENT,
        start_new_session=True,  # what a terminal sends to us it is told by the end of its input
    )


@cache
def judging() -> Judging:
    """The process that judges for this one, in all of its cycles; it starts with the first call."""
    started = Judging()
    atexit.register(started.end)
    return started


def judged(questions: Questions) -> list[ExpectationResult]:
    """One result a frame, then one a table.

    Raises ChildProcessError when the process that judges is ended twice over the same questions.
    """
    for _ in range(2):  # this machine may have ended it long ago, for want of memory
        with suppress(EOFError, BrokenPipeError, pickle.UnpicklingError), _given_up_unless_answered():
            return judging().ask(questions)
    raise ChildProcessError("the process that judges was ended twice; an error of its own stands above")


@contextmanager
def _given_up_unless_answered() -> Iterator[None]:
    # Half a question or an answer nobody took would be taken for the next one's.
    try:
        yield
    except BaseException:
        judging().end()
        judging.cache_clear()
        raise
