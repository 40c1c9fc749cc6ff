"""The fault catalogue: every fault by name, its level and its words, read from `faults.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LEVELS = ("fatal", "row", "submission", "warning")


@dataclass(frozen=True)
class Fault:
    """One fault: `level` decides the verdict, `remedy_*` tell the clerk the mend, `source` names the law.

    `form` names the kind of file that it is about first of all; it may have others too.
    """

    name: str
    level: str
    vi: str
    en: str
    remedy_vi: str
    remedy_en: str
    source: str = ""
    form: str = "return"

    def remedy(self, language: str, value: str, expected: str) -> str:
        """The mend in `vi` or `en`, with what was found and what was expected filled in."""
        template = self.remedy_vi if language == "vi" else self.remedy_en
        return template.replace("{value}", value or "—").replace("{expected}", expected or "—")


@cache
def catalogue() -> dict[str, Fault]:
    """Fault name → fault, in the order of the form's contract."""
    with (Path(__file__).parent / "faults.toml").open("rb") as file:
        return {name: Fault(name=name, **words) for name, words in tomllib.load(file).items()}


def faults_of(form: str) -> dict[str, Fault]:
    """The part of the catalogue that is about files of that form."""
    return {name: fault for name, fault in catalogue().items() if fault.form == form}
