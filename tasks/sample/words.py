"""The words of the simulation, read from `words.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from schemas.form.sheets import SIMULATED_MARK

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))

BANNER = f"{SIMULATED_MARK}, {_WORDS['simulated_note']}"
REOPENED_NOTE: str = _WORDS["reopened_note"]

NAME_FIRST: list[str] = _WORDS["village_names"]["first"].split()
NAME_SECOND: list[str] = _WORDS["village_names"]["second"].split()
FORMER_PARTS: list[str] = _WORDS["village_names"]["former"].split()

OWNERS: dict[str, list[str]] = _WORDS["owners"]
OBSTACLES: dict[str, list[tuple[str, str]]] = _WORDS["obstacles"]

LETTERHEAD: list[str] = _WORDS["office"]["letterhead"]
SIGNATURE: list[str] = _WORDS["office"]["signature"]
SECTION: str = _WORDS["office"]["section"]


@dataclass(frozen=True)
class ActivityWords:
    """Who holds activities of one kind, and what they are about."""

    organisers: list[str]
    titles: list[str]


ACTIVITIES = {kind: ActivityWords(**words) for kind, words in _WORDS["activities"].items()}
