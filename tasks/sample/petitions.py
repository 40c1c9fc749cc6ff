"""Simulated petitions: a few that are received, carried over and resolved; nothing arose anywhere else."""

import numpy as np
import pandas as pd

from tasks.sample.chance import stream
from tasks.sample.city import City
from tasks.sample.span import Span

_CASES = 8
_KIND_SHARES = {"recommendation": 0.7, "complaint": 0.2, "denunciation": 0.1}
_LONGEST_CARRY = 2
_COLUMNS = ["district_code", "commune_code", "petition_kind", "opening", "received", "resolved", "closing"]


def plan_petitions(seed: int, city: City, span: Span, without: str | None) -> pd.DataFrame:
    """One row a commune, kind and period (`index`) in which something is open: the rows of sheet 05.

    None arise in the span's first period (the conference of March 2021 knew of none), none in the district
    `without`, and at most one case in a district.
    """
    chance = stream(seed, "petitions")
    communes = city.communes[city.communes["district_code"] != without]
    places = communes.sample(frac=1, random_state=chance).drop_duplicates("district_code").head(_CASES)
    cases = [
        _case(chance, span).assign(district_code=district_code, commune_code=commune_code)
        for district_code, commune_code in zip(places["district_code"], places["commune_code"], strict=True)
    ]
    return pd.concat(cases, ignore_index=True)[["index", *_COLUMNS]]


def _case(chance: np.random.Generator, span: Span) -> pd.DataFrame:
    """A number of petitions received in one period and resolved in it or a later one."""
    received_in = int(chance.integers(1, span.last + 1))
    resolved_in = min(received_in + int(chance.integers(0, _LONGEST_CARRY + 1)), span.last)
    number = int(chance.integers(1, 4))
    kind = str(chance.choice(list(_KIND_SHARES), p=list(_KIND_SHARES.values())))
    rows = pd.DataFrame({"index": range(received_in, resolved_in + 1)}).assign(petition_kind=kind)
    rows["opening"] = np.where(rows["index"] > received_in, number, 0)
    rows["received"] = np.where(rows["index"] == received_in, number, 0)
    rows["resolved"] = np.where(rows["index"] == resolved_in, number, 0)
    return rows.assign(closing=rows["opening"] + rows["received"] - rows["resolved"])
