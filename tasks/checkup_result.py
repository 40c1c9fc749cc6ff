"""What a check of `scheme21 doctor` says."""

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How bad it is; the worst of all checks is the exit code of `scheme21 doctor`."""

    OK = 0
    WARNING = 1
    CRITICAL = 2


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was seen and, where something is wrong, the mend; Vietnamese / English."""

    name: str
    level: Level
    saw: str
    mend: str = ""
