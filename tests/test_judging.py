"""The process that judges: it answers, and where it was ended another does."""

import os
import signal

import pandas as pd
import pytest

from schemas.expectations import expectations
from tasks.judging import Questions, judged, judging

_ROWS = next(expectation for expectation in expectations() if expectation.name == "rows_add_up")


def questions(**tables: pd.DataFrame) -> Questions:
    return Questions([(_ROWS, pd.DataFrame({"expected": [12, 7], "actual": [12, 6]}))], tables)


def test_it_answers_again_after_it_was_killed_and_says_so_when_it_cannot_answer(
    capfd: pytest.CaptureFixture[str],
) -> None:
    (before,) = judged(questions())
    assert (before.success, before.rows) == (False, [{"expected": 7, "actual": 6}])
    first = judging().pid
    os.kill(first, signal.SIGKILL)
    assert judged(questions()) == [before]
    assert judging().pid != first
    with pytest.raises(ChildProcessError, match="ended twice"):
        judged(questions(unknown=pd.DataFrame()))
    assert "KeyError: 'unknown'" in capfd.readouterr().err
