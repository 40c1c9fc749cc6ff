"""Companions: one answers, says what went wrong, and where it was ended another answers."""

import os
import signal
from pathlib import Path

import pandas as pd
import pytest

from schemas.expectations import expectations
from tasks.companion import Companion, CompanionFailed
from tasks.judging import JUDGE, Questions

_ROWS = next(expectation for expectation in expectations() if expectation.name == "rows_add_up")


def questions(**tables: pd.DataFrame) -> Questions:
    return Questions([(_ROWS, pd.DataFrame({"expected": [12, 7], "actual": [12, 6]}))], tables)


def test_it_answers_again_after_it_was_killed_or_has_failed() -> None:
    (before,) = JUDGE.ask(questions())
    assert (before.success, before.rows) == (False, [{"expected": 7, "actual": 6}])

    first = JUDGE.begin()
    os.kill(first, signal.SIGKILL)
    assert JUDGE.ask(questions()) == [before]
    assert JUDGE.begin() != first

    with pytest.raises(CompanionFailed, match=r"^tasks\.judging_child: KeyError: 'unknown'") as failed:
        JUDGE.ask(questions(unknown=pd.DataFrame()))
    assert "in _judged" in failed.value.__notes__[0]
    assert JUDGE.ask(questions()) == [before]


def test_what_cannot_be_asked_is_raised_and_the_next_question_is_answered() -> None:
    with pytest.raises((AttributeError, TypeError), match=r"(?i)pickle"):
        JUDGE.ask(questions(unknown=lambda: None))  # type: ignore[arg-type]
    assert len(JUDGE.ask(questions())) == 1


def test_one_that_ends_before_it_answers_is_tried_twice(capfd: pytest.CaptureFixture[str]) -> None:
    nobody: Companion[str, str] = Companion("tasks.nowhere", {})
    with pytest.raises(ChildProcessError, match=r"tasks\.nowhere was ended twice"):
        nobody.ask("?")
    assert capfd.readouterr().err.count("No module named tasks.nowhere") == 2


def test_it_is_ended_with_all_that_it_was_given() -> None:
    judge: Companion[Questions, object] = Companion("tasks.judging_child", {})
    pid = judge.begin()
    assert Path(f"/proc/{pid}").exists()
    judge.end()
    assert not Path(f"/proc/{pid}").exists()
