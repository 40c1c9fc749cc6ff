"""Companions: processes of their own, which import, for seconds, while a cycle reads, and then answer it."""

import atexit
import os
import pickle
import select
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tasks.bounded import ONE_THREAD
from tasks.forked import Forked, Job, forked
from tasks.import_later import uncollected

Question = TypeVar("Question")
Answer = TypeVar("Answer")

_ENDED = (EOFError, BrokenPipeError, pickle.UnpicklingError)
_ERRORS = 2  # ours, as it is for the processes that we start


class CompanionFailed(RuntimeError):  # noqa: N818 - it answers so
    """A companion could not do what it was asked; its own error is quoted, and its traceback is a note."""


class Companion(Generic[Question, Answer]):
    """A process that runs `module` (see `attend`) and answers this one, in all of its cycles.

    It starts with `begin` or with the first question; it ends when we do. Of our environment it is given
    nothing but `environment`: it needs no secret.
    """

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        self._module = module
        self._environment = environment
        self._line: _Line | None = None

    def begin(self) -> int:
        """Start it unless it runs; it prepares itself while we do other things. Gives its process id."""
        return self._running().process.pid

    def ask(self, question: Question) -> Answer:
        """Its answer. One that was ended is started once more: this machine may have done it, hours ago.

        Raises CompanionFailed when it cannot answer, ChildProcessError when it is ended twice over this.
        """
        for _ in range(2):
            with suppress(*_ENDED), self._ended_unless_answered():
                answer: Answer | _Failed = self._running().ask(question)
                if isinstance(answer, _Failed):
                    raise answer.as_error(self._module)
                return answer
        raise ChildProcessError(f"{self._module} was ended twice; an error of its own stands above")

    def end(self) -> None:
        """End it, whatever it does."""
        if self._line is not None:
            self._line.end()
            self._line = None
            atexit.unregister(self.end)

    def _running(self) -> "_Line":
        if self._line is None:
            self._line = _Line(self._module, self._environment)
            atexit.register(self.end)
        return self._line

    @contextmanager
    def _ended_unless_answered(self) -> Iterator[None]:
        # Half a question or an answer nobody took would be taken for the next one's.
        try:
            yield
        except BaseException:
            self.end()
            raise


class _Line:
    """A running process and the pipes to it and from it."""

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        asked, asks = os.pipe()
        answers, answered = os.pipe()
        self._questions, self._answers = os.fdopen(asks, "wb"), os.fdopen(answers, "rb")
        try:
            self.process = _started(module, environment, (asked, answered, _ERRORS))
        finally:
            os.close(asked)
            os.close(answered)

    def ask(self, question: Any) -> Any:
        """The answer. Raises EOFError, BrokenPipeError or pickle.UnpicklingError when the process ended."""
        pickle.dump(question, self._questions)
        self._questions.flush()
        return pickle.load(self._answers)  # noqa: S301 - of our own module

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        with suppress(BrokenPipeError):  # half a question
            self._questions.close()
        self._answers.close()


@dataclass(frozen=True)
class _Failed:
    """In place of an answer: the error in a line, and as Python prints it."""

    said: str
    printed: str

    def as_error(self, module: str) -> CompanionFailed:
        error = CompanionFailed(f"{module}: {self.said}")
        error.add_note(self.printed)
        return error


def _started(
    module: str, given: dict[str, str], files: tuple[int, int, int]
) -> "Forked | subprocess.Popen[bytes]":
    folder = tempfile.gettempdir()  # what it has to lay aside it lays there
    environment = ONE_THREAD | {"TMPDIR": folder} | given
    from_the_server = forked(Job(module, environment, folder), files)
    if from_the_server is not None:
        return from_the_server
    return subprocess.Popen(  # noqa: S603 - our own module, by this Python, isolated from where it is started
        [sys.executable, "-I", "-m", module],
        cwd=folder,
        stdin=files[0],
        stdout=files[1],
        stderr=files[2],
        env=environment,
        start_new_session=True,  # what a terminal sends to us it is told by the end of its input
    )


def attend(prepare: Callable[[], object], answer: Callable[[Any], Any]) -> None:
    """The companion's side: prepare, then answer the questions of the standard input until that ends.

    When nobody is there any more the process ends at once, whatever it does.
    """
    threading.Thread(target=_end_with_our_parent, daemon=True).start()
    # Open until the very end: by its end our parent knows that all of an error has been said.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    with uncollected():
        prepare()
    with suppress(*_ENDED):  # nobody is there any more, to ask or to be told
        while True:
            question = pickle.load(sys.stdin.buffer)  # noqa: S301 - our parent's
            pickle.dump(_answered(answer, question), answers)
            answers.flush()


def _answered(answer: Callable[[Any], Any], question: Any) -> Any:
    try:
        return answer(question)
    except Exception as error:  # noqa: BLE001 - it is raised by whoever asked
        return _Failed("".join(traceback.format_exception_only(error)).strip(), traceback.format_exc())


def _end_with_our_parent() -> None:
    questions = select.poll()
    questions.register(sys.stdin.fileno(), 0)  # of its end we are told in any case
    questions.poll()
    os._exit(0)
