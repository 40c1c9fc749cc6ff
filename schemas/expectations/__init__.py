"""What a candidate must meet before anyone reads it: words in `expectations.toml`, one SELECT a file.

An expectation is judged on the frame of `<name>.sql` where that file exists, else on its mart as it stands.
SQL may read `marts.*` (the candidate), `ledger.*`, `core.*`, `reference.*`, `arrival` (what the archive
holds) and, where `needs_release` says so, `published.marts.*` (what readers see now). It returns every row
that is judged, the good ones too, so that the page can say how much was looked at.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from schemas import vocabularies

_HERE = Path(__file__).parent
CRITICAL = "critical"
WARNING = "warning"


@dataclass(frozen=True)
class Expectation:
    """One expectation: `kind` is a class of great_expectations, `arguments` its columns and bounds.

    `severity` critical stops the release, warning is only shown. `vocabulary` names the closed list in
    schemas/vocabularies.py that becomes the expectation's `value_set`.
    """

    name: str
    table: str
    kind: str
    vi: str
    en: str
    remedy_vi: str
    remedy_en: str
    severity: str = CRITICAL
    arguments: dict[str, Any] = field(default_factory=dict)
    vocabulary: str = ""
    needs_release: bool = False

    @property
    def select(self) -> str | None:
        """The SELECT whose rows are judged; None when the table itself is."""
        path = _HERE / f"{self.name}.sql"
        return path.read_text(encoding="utf-8") if path.exists() else None

    @property
    def keywords(self) -> dict[str, Any]:
        """What the class of great_expectations is called with."""
        if not self.vocabulary:
            return self.arguments
        listed: vocabularies.Vocabulary = getattr(vocabularies, self.vocabulary)
        return {**self.arguments, "value_set": listed.codes}


@cache
def expectations() -> tuple[Expectation, ...]:
    """Every expectation, in the order they are shown."""
    with (_HERE / "expectations.toml").open("rb") as file:
        return tuple(Expectation(name=name, **words) for name, words in tomllib.load(file).items())


def contract_of(table: str) -> Expectation:
    """The expectation that a published table keeps to its declared columns, types, lists and key."""
    return Expectation(
        name=f"contract_of_{table}",
        table=table,
        kind="pandera",
        vi=f"Bảng {table} đúng cột, kiểu, danh mục và khóa đã khai báo",
        en=f"Table {table} keeps to its declared columns, types, lists and key",
        remedy_vi=f"Sửa câu lệnh của bảng {table}, hoặc khai báo của bảng, cho khớp nhau.",
        remedy_en=f"Mend the SELECT of {table}, or its declaration, so that they agree.",
    )
