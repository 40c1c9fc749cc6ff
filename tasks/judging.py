"""Judging in a process of its own, which imports great_expectations, for seconds, while the cycle reads."""

from dataclasses import dataclass

import pandas as pd

from schemas.expectations import Expectation
from schemas.expectations.results import ExpectationResult
from tasks.companion import Companion


@dataclass(frozen=True)
class Questions:
    """What is to be judged: frames by their expectations, published tables, by name, by their contracts."""

    frames: list[tuple[Expectation, pd.DataFrame]]
    tables: dict[str, pd.DataFrame]


# It gives one result a frame, then one a table. great_expectations shall find no file of settings at home.
JUDGE: Companion[Questions, list[ExpectationResult]] = Companion(
    "tasks.judging_child", {"HOME": "/nonexistent"}
)
