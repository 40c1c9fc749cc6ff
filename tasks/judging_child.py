"""The child's side of judging: it answers pickled `Questions` of its standard input until that ends."""

import os
import pickle
import sys
from contextlib import suppress

from schemas.expectations import contract_of
from schemas.expectations.results import ExpectationResult
from schemas.published.tables import TABLES
from tasks.judge import judge, judge_contract
from tasks.judging import Questions


def main() -> None:
    """Import what judging takes; then answer one question after the other."""
    # Open until the very end: by its end our parent knows that all of an error has been said.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    judge([])
    while True:
        pickle.dump(_answered(pickle.load(sys.stdin.buffer)), answers)  # noqa: S301 - our parent's
        answers.flush()


def _answered(questions: Questions) -> list[ExpectationResult]:
    contracts = {table.name: table.contract for table in TABLES}
    return judge(questions.frames) + [
        judge_contract(contract_of(name), contracts[name], frame) for name, frame in questions.tables.items()
    ]


if __name__ == "__main__":
    # Nobody is there any more, in the middle of a question or not, to ask or to be told.
    with suppress(EOFError, BrokenPipeError, pickle.UnpicklingError):
        main()
