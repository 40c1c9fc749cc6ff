"""What districts say of their outstanding units: special areas, obstacle, action, who answers, by when."""

import numpy as np
import pandas as pd

from tasks.sample.chance import stream
from tasks.sample.countdown import Countdown
from tasks.sample.span import Span
from tasks.sample.words import OBSTACLES, OWNERS

_MINORITY_DISTRICTS = ("271", "275", "276", "277", "282")
_OBSTACLE_SHARES = [0.3, 0.2, 0.2, 0.12, 0.12, 0.06]
# How many periods after it finishes (before: negative) a unit was promised for.
_PROMISES = [-2, -1, 0, 1, 2]
_PROMISE_SHARES = [0.1, 0.15, 0.45, 0.2, 0.1]


def describe_backlog(seed: int, countdown: Countdown, span: Span) -> Countdown:
    """Add to every unit area_flags, obstacle_code, obstacle_text, action, owner_role and due_on."""
    chance = stream(seed, "backlog")
    units = countdown.units
    codes = chance.choice(list(OBSTACLES), len(units), p=_OBSTACLE_SHARES)
    texts = [OBSTACLES[code][chance.integers(len(OBSTACLES[code]))] for code in codes]
    places = zip(units["district_code"], units["commune_kind"], strict=True)
    flags = [_flags(chance, *place) for place in places]
    owners = [OWNERS[level][chance.integers(len(OWNERS[level]))] for level in units["unit_level"]]
    return Countdown(
        units.assign(
            area_flags=pd.Series(flags, index=units.index, dtype="str"),
            obstacle_code=codes,
            obstacle_text=[obstacle for obstacle, _ in texts],
            action=[action for _, action in texts],
            owner_role=owners,
            due_on=_promises(chance, units, span),
        )
    )


def _flags(chance: np.random.Generator, district_code: str, commune_kind: str) -> str | None:
    likely = ["religious", "crowded"] if commune_kind == "xã" else ["new_apartments", "crowded"]
    if district_code in _MINORITY_DISTRICTS and commune_kind == "xã":
        likely.append("ethnic_minority")
    flags = [flag for flag in likely if chance.random() < 0.4]
    return ";".join(flags) or None


def _promises(chance: np.random.Generator, units: pd.DataFrame, span: Span) -> pd.Series:
    # Promised for the end of a period, and never for one that was over when the promise was made.
    drawn = units["completes"] + chance.choice(_PROMISES, len(units), p=_PROMISE_SHARES)
    promised = np.maximum(drawn, units["opens"] + 1)
    days = [(span.periods[0] + int(n)).ends_on for n in promised]
    return pd.Series(pd.to_datetime(days), index=units.index)
