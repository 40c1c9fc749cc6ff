"""The city at the start: real communes and simulated people that meet the published totals."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tasks.sample.chance import stream
from tasks.sample.register import communes_on, districts_on, published_figures
from tasks.sample.villages import settle_villages

PILOT_DISTRICTS = ("004", "018", "019", "268", "277")
_POSTS = {"xã": 10, "phường": 9, "thị trấn": 10}  # a ward has no Farmers' Association post
_CLASSES = ["1", "2", "3"]
_CLASS_SHARES = {"xã": [0.3, 0.5, 0.2], "phường": [0.35, 0.5, 0.15], "thị trấn": [0.2, 0.6, 0.2]}
_PEOPLE_BEFORE = {"1": 16, "2": 15, "3": 13}
_MAX_COMMUNES_PER_DISTRICT = 3


@dataclass(frozen=True)
class City:
    """The starting state, one row a commune and one row a village, districts and communes in code order.

    `is_outstanding` marks the units that have not finished; all others carry completed_on and decision_no.
    """

    districts: pd.DataFrame
    communes: pd.DataFrame
    villages: pd.DataFrame


def build_city(seed: int, day: date) -> City:
    """Build the city as of `day`: its totals equal the published figures."""
    figures = published_figures()
    communes = _settle_communes(seed, day, figures)
    villages = settle_villages(seed, communes, figures)
    by_commune = villages.groupby("commune_code")
    communes["villages_before"] = communes["commune_code"].map(by_commune["former"].sum())
    communes["villages_now"] = communes["commune_code"].map(by_commune.size())
    for kind, units in (("commune", communes), ("village", villages)):
        _certify(stream(seed, f"evidence of {kind}"), units, day)
    return City(districts_on(day), communes, villages)


def _settle_communes(seed: int, day: date, figures: dict[str, int]) -> pd.DataFrame:
    chance = stream(seed, "communes")
    communes = communes_on(day)
    kinds = communes["commune_kind"]
    communes["commune_class"] = [str(chance.choice(_CLASSES, p=_CLASS_SHARES[kind])) for kind in kinds]
    usual = communes["commune_class"].map(_PEOPLE_BEFORE).to_numpy()
    communes["people_before"] = usual + chance.integers(-1, 3, len(communes))
    communes["posts_required"] = kinds.map(_POSTS)
    communes["is_outstanding"] = _choose_outstanding(chance, communes, figures["remaining_communes"])
    combined = chance.choice(4, len(communes), p=[0.15, 0.45, 0.32, 0.08])
    communes["posts_combined"] = np.where(communes["is_outstanding"], 0, combined)
    communes["people_now"] = communes["posts_required"] - communes["posts_combined"]
    return communes


def _choose_outstanding(
    chance: np.random.Generator, communes: pd.DataFrame, number: int
) -> NDArray[np.bool_]:
    # The pilot districts began a year earlier; rural communes have the harder task.
    is_pilot = communes["district_code"].isin(PILOT_DISTRICTS)
    weights = communes["commune_kind"].map({"xã": 1.0, "phường": 0.4, "thị trấn": 0.6}).mask(is_pilot, 0.01)
    order = chance.choice(len(communes), len(communes), replace=False, p=weights / weights.sum())
    drawn = communes.iloc[order]
    spread = drawn[drawn.groupby("district_code").cumcount() < _MAX_COMMUNES_PER_DISTRICT]
    return communes.index.isin(spread.index[:number])


def _certify(chance: np.random.Generator, units: pd.DataFrame, day: date) -> None:
    """Add completed_on and decision_no to the units that have finished before `day`."""
    is_pilot = units["district_code"].isin(PILOT_DISTRICTS)
    earliest = np.where(is_pilot, np.datetime64("2019-05-06"), np.datetime64("2019-11-04"))
    latest = np.where(is_pilot, np.datetime64("2020-06-26"), np.datetime64(day, "D") - 10)
    days = (latest - earliest).astype("timedelta64[D]").astype(int)
    drawn = earliest + (chance.random(len(units)) * days).astype("timedelta64[D]")
    finished = ~units["is_outstanding"]
    units["completed_on"] = pd.Series(to_working_day(drawn), index=units.index).where(finished)
    numbers = [f"{n}/QĐ-UBND-MP" for n in chance.integers(101, 6000, len(units))]
    units["decision_no"] = pd.Series(numbers, index=units.index).where(finished)


def to_working_day(days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Move every Saturday and Sunday back to its Friday."""
    return np.busday_offset(days.astype("datetime64[D]"), 0, roll="backward")
