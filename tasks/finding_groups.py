"""The same cause repeated down a column: one line a group, with all its cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tasks.cells import cell_name, cell_place

# One finding as the ledger holds it: form_sheet, sheet, cell, column_name, fault, severity, value, expected,
# remedy_vi, remedy_en, source.
Finding = Mapping[str, Any]
# Form sheet → column name → its header: `schemas.form.sheets.headers`.
Headers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one fault in one column of one sheet, in the order of the findings."""

    sheet: str
    column: str
    fault: str
    severity: str
    findings: list[Finding]

    @property
    def cells(self) -> list[str]:
        """The cells, each once, from the top down."""
        return sorted({finding["cell"] for finding in self.findings}, key=cell_place)

    @property
    def ranges(self) -> str:
        """The cells as an office would name them: `H5:H20, H25`."""
        return ", ".join(top if top == bottom else f"{top}:{bottom}" for top, bottom in self._runs())

    @property
    def expected(self) -> str:
        """What all of the cells should hold, or '' where that differs from cell to cell."""
        expected = {finding["expected"] or "" for finding in self.findings}
        return expected.pop() if len(expected) == 1 else ""

    def _runs(self) -> list[tuple[str, str]]:
        places = [cell_place(cell) for cell in self.cells]
        rows, column = [row for row, _ in places], places[0][1]
        tops = [row for row in rows if row - 1 not in rows]
        bottoms = [row for row in rows if row + 1 not in rows]
        return [
            (cell_name(top, column), cell_name(bottom, column))
            for top, bottom in zip(tops, bottoms, strict=True)
        ]


def repeated(findings: Iterable[Finding], headers: Headers) -> list[FindingGroup]:
    """Every fault that two or more findings of one column share; a finding without a cell is in no group."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        if finding["cell"] and finding["sheet"]:
            letters = finding["cell"].rstrip("0123456789")
            key = finding["fault"], finding["sheet"], letters, finding["column_name"] or ""
            groups.setdefault(key, []).append(finding)
    return [_group(members, headers) for members in groups.values() if len(members) > 1]


def _group(members: list[Finding], headers: Headers) -> FindingGroup:
    first = members[0]
    return FindingGroup(
        first["sheet"], _column_words(first, headers), first["fault"], first["severity"], members
    )


def _column_words(finding: Finding, headers: Headers) -> str:
    # As in the form; a column that the form does not have is known by its letters.
    letters = finding["cell"].rstrip("0123456789")
    return headers.get(finding["form_sheet"], {}).get(finding["column_name"], f"cột {letters}")
