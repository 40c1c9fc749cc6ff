"""The catalogue of alerts: every cause, who is told of it and in which words, read from `alerts.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DISTRICT, ENGINEERS, BOARD = "district", "engineers", "board"
# Where the facts of a cause come from, and so who evaluates it.
LEDGER, RELEASE, CYCLE, WATCH, REMINDER, DELIVERY = (
    "ledger",
    "release",
    "cycle",
    "watch",
    "reminder",
    "delivery",
)


@dataclass(frozen=True)
class Telling:
    """How one audience is told of a cause; days are those the alert has stood, words are Jinja templates.

    `after_days` above 0 makes it an escalation; `repeat_days` 0 means it is said once.
    """

    audience: str
    title_vi: str
    title_en: str
    line_vi: str
    line_en: str
    ask_vi: str
    ask_en: str
    closing_vi: str = ""
    closing_en: str = ""
    after_days: int = 0
    repeat_days: int = 0


@dataclass(frozen=True)
class Cause:
    """A reason to alert someone: its name, where its facts come from, its words in a list.

    `is_once`: of a subject it is said once, even when it ceased to hold in between. `is_news`: there is
    nothing to be mended. `yields_to`: the cause that takes over: where it stands, this one closes
    without a word.
    """

    name: str
    evaluated_from: str
    vi: str
    en: str
    tellings: tuple[Telling, ...]
    is_once: bool = False
    is_news: bool = False
    yields_to: str | None = None

    def telling(self, audience: str) -> Telling:
        """How `audience` is told. Raises KeyError when it is not."""
        return {telling.audience: telling for telling in self.tellings}[audience]


@cache
def causes() -> dict[str, Cause]:
    """Cause name → cause, in the order of the catalogue."""
    with (Path(__file__).parent / "alerts.toml").open("rb") as file:
        return {name: _cause(name, **words) for name, words in tomllib.load(file).items()}


def evaluated_from(*sources: str) -> list[str]:
    """Names of the causes whose facts come from one of `sources`."""
    return [cause.name for cause in causes().values() if cause.evaluated_from in sources]


def _cause(name: str, tellings: list[dict[str, Any]], **words: Any) -> Cause:
    return Cause(name=name, tellings=tuple(Telling(**told) for told in tellings), **words)
