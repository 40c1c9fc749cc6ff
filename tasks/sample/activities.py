"""Simulated activities: training, inspection, information, grassroots democracy, the election of 2021."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from tasks.sample.chance import stream
from tasks.sample.city import City
from tasks.sample.span import Span
from tasks.sample.words import ACTIVITIES

_ELECTION_DAY = date(2021, 5, 23)
_MOST = 4


def activities_in(seed: int, city: City, span: Span, index: int) -> pd.DataFrame:
    """The rows of sheet 06 of all districts in the period, by district and day; every district has some."""
    chance = stream(seed, f"activities of {span.periods[index]}")
    start, end = span.periods[index].starts_on, span.as_of(index)
    kinds = [kind for kind in ACTIVITIES if kind != "election" or start <= _ELECTION_DAY]
    rows = [
        _activity(chance, str(chance.choice(kinds)), start, end) | {"district_code": code}
        for code in city.districts["district_code"]
        for _ in range(chance.integers(1, _MOST + 1))
    ]
    return pd.DataFrame(rows).sort_values(["district_code", "held_on"], kind="stable", ignore_index=True)


def _activity(chance: np.random.Generator, kind: str, start: date, end: date) -> dict[str, Any]:
    words = ACTIVITIES[kind]
    last = min(end, _ELECTION_DAY) if kind == "election" else end
    return {
        "activity_kind": kind,
        "title": words.titles[chance.integers(len(words.titles))],
        "held_on": start + timedelta(days=int(chance.integers((last - start).days + 1))),
        "organiser": words.organisers[chance.integers(len(words.organisers))],
        "attend_commune": int(chance.integers(10, 120)),
        "attend_village": int(chance.integers(20, 400)),
    }
