"""docs/detection.md: the detection score as tables."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from schemas.faults import faults_of
from tests.campaigns.clean_city import CleanCity
from tests.campaigns.injection import Injection

_INTRODUCTION = """# Detection score

Written by `python -m tests.campaigns.detection` (seed {seed}); do not edit. Every fault of the catalogue is
put into clean returns of the simulated city, one fault a file, in the ways listed below, in random districts,
sheets and rows: into first returns, and into later ones that are held against an accepted history. The files
are real workbooks and go through the production reading and checking. A fault counts as **found** only when
it is named with its exact sheet and cell. A **false alarm** is any other finding that does not honestly
follow from what was spoilt; what may follow is listed by hand with each injection in `tests/campaigns/`.
"""
_CLEAN = """## Clean returns

{files} files of {districts} districts over {periods} periods, {rows} rows loaded: **{alarms} false alarms**.
The sample lets {reopened} finished units open again; each was told as `reopened`.
"""


class Scored(Protocol):
    """What the page needs to know of a way to commit a fault."""

    injection: Injection
    placements: int
    found: int
    followed: Counter[str]
    missed: list[str]
    alarms: list[str]


def page(scores: Sequence[Scored], clean: CleanCity, seed: int) -> str:
    """The whole page, equal for equal scores."""
    parts = [
        _INTRODUCTION.format(seed=seed),
        _by_fault(scores),
        _CLEAN.format(**{**vars(clean), "rows": f"{clean.rows:,}", "alarms": len(clean.alarms)}),
        _by_way(scores),
        _amiss(scores, clean),
    ]
    return "\n".join(part for part in parts if part)


def score_lines(scores: Sequence[Scored]) -> str:
    """The scores by fault as CSV, which the quality page reads."""
    lines = ["fault,ways,placements,found,false_alarms"]
    for name in faults_of("return"):
        own = [score for score in scores if score.injection.fault == name]
        placements, found = (
            sum(getattr(score, figure) for score in own) for figure in ("placements", "found")
        )
        lines.append(f"{name},{len(own)},{placements},{found},{sum(len(score.alarms) for score in own)}")
    return "\n".join([*lines, ""])


def _by_fault(scores: Sequence[Scored]) -> str:
    lines = [
        "| level | fault | ways | placements | found | recall | false alarms |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for name, fault in faults_of("return").items():
        own = [score for score in scores if score.injection.fault == name]
        lines.append(f"| {fault.level} | {name} | {len(own)} | {_figures(own)} |")
    lines.append(f"| | **all** | {len(scores)} | {_figures(scores)} |")
    return "\n".join([*lines, ""])


def _figures(scores: Sequence[Scored]) -> str:
    placements, found = (sum(getattr(score, name) for score in scores) for name in ("placements", "found"))
    recall = f"{found / placements:.2f}" if placements else "—"
    return f"{placements} | {found} | {recall} | {sum(len(score.alarms) for score in scores)}"


def _by_way(scores: Sequence[Scored]) -> str:
    lines = [
        *("## The ways", "", "| fault | what is wrong | return | placements | found | what followed |"),
        "|---|---|---|--:|--:|---|",
    ]
    for name in faults_of("return"):
        lines += [
            f"| {name} | {s.injection.what} | {s.injection.when} | {s.placements} | {s.found} "
            f"| {_followed(s)} |"
            for s in scores
            if s.injection.fault == name
        ]
    return "\n".join([*lines, ""])


def _followed(score: Scored) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(score.followed.items()))


def _amiss(scores: Sequence[Scored], clean: CleanCity) -> str:
    lines = [
        f"- {what} {s.injection.fault} ({s.injection.what}): {case}"
        for s in scores
        for what, cases in (("missed", s.missed), ("false alarm", s.alarms))
        for case in cases
    ]
    lines += [f"- clean return: {alarm}" for alarm in clean.alarms]
    return "\n".join(["## Amiss", "", *lines, ""]) if lines else ""
