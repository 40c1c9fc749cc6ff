"""The detection score: how many faults put into clean returns the checks named with their exact cell."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SCORES = Path(__file__).parent / "detection.csv"


@dataclass(frozen=True)
class DetectionScore:
    """One fault of the catalogue: ways it was committed, placements tried, found, and false alarms."""

    fault: str
    ways: int
    placements: int
    found: int
    false_alarms: int


@cache
def detection_scores() -> list[DetectionScore]:
    """The scores that the detection campaign (`make campaigns`) measured last, in the catalogue's order."""
    with SCORES.open(encoding="utf-8", newline="") as file:
        return [
            DetectionScore(
                row["fault"], *(int(row[name]) for name in ("ways", "placements", "found", "false_alarms"))
            )
            for row in csv.DictReader(file)
        ]
