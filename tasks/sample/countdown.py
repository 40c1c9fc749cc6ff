"""How the outstanding units finish: which one when, on what evidence, and which ones open again."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tasks.sample.chance import apportion, stream
from tasks.sample.city import City, to_working_day
from tasks.sample.span import Span
from tasks.sample.words import REOPENED_NOTE

_LONGEST_WAIT = 3
_SHARE_NOT_STARTED = 0.25


@dataclass(frozen=True)
class Countdown:
    """`units`: one row a unit that is outstanding at some time.

    Columns: unit_id, unit_level, district_code, commune_code, commune_kind, unit_name; `opens`, `begins` and
    `completes`, indexes of periods (outstanding from opens until before completes; not_started before
    begins); completed_on, decision_no; `saves`, people fewer once complete; `note`.
    """

    units: pd.DataFrame

    def outstanding_in(self, index: int) -> pd.DataFrame:
        """The units outstanding in the period, with `status`."""
        units = self.units[(self.units["opens"] <= index) & (index < self.units["completes"])]
        has_begun = units["begins"] <= index
        return units.assign(status=np.where(has_begun, "in_progress", "not_started"))


def plan_countdown(seed: int, city: City, span: Span) -> Countdown:
    """Let every outstanding unit finish within the span, the last ones in its last period.

    One finished commune and one finished village open again where the span has room for it (three periods).
    """
    chance = stream(seed, "countdown")
    units = pd.concat([_outstanding(city), _reopened(chance, city, span)], ignore_index=True)
    is_first = units["opens"].to_numpy() == 0
    completes = np.zeros(len(units), dtype="int64")
    completes[is_first] = _finishing_order(chance, int(is_first.sum()), span.last)
    again = units.loc[~is_first, "opens"].to_numpy()
    completes[~is_first] = np.minimum(again + chance.integers(1, _LONGEST_WAIT + 1, len(again)), span.last)
    units["completes"] = completes
    units["begins"] = _beginnings(chance, units)
    units["completed_on"] = _completion_days(chance, completes, span)
    units["decision_no"] = [f"{n}/QĐ-UBND-MP" for n in chance.integers(6001, 9999, len(units))]
    units["saves"] = _savings(chance, units)
    return Countdown(units)


def _outstanding(city: City) -> pd.DataFrame:
    units = pd.concat(
        [_as_units(rows[rows["is_outstanding"]]) for rows in (city.communes, city.villages)],
        ignore_index=True,
    )
    return units.assign(opens=0, note=None)


def _as_units(rows: pd.DataFrame) -> pd.DataFrame:
    is_village = "village_id" in rows.columns
    renamed = {"village_id": "unit_id", "village_name": "unit_name", "village_kind": "unit_level"}
    if not is_village:
        rows = rows.assign(unit_id=rows["commune_code"], unit_level="commune")
        renamed = {"commune_name": "unit_name"}
    columns = ["unit_id", "unit_level", "district_code", "commune_code", "commune_kind", "unit_name"]
    return rows.rename(columns=renamed)[columns]


def _reopened(chance: np.random.Generator, city: City, span: Span) -> pd.DataFrame:
    """One commune and one village that finished earlier and are outstanding again from a middle period."""
    if span.last < 2:
        return _as_units(city.communes.head(0)).assign(opens=[], note=[])
    drawn = [
        rows[~rows["is_outstanding"]].sample(1, random_state=chance)
        for rows in (city.communes, city.villages)
    ]
    opens = max(1, span.last // 2)
    return pd.concat([_as_units(rows) for rows in drawn]).assign(opens=opens, note=REOPENED_NOTE)


def _finishing_order(chance: np.random.Generator, units: int, last: int) -> NDArray[np.int64]:
    # Most finish early; at least one in every period, while there are enough of them, and in the last one.
    in_last = np.array([last])
    weights = np.linspace(2.0, 1.0, last)
    floor = 1 if units > last else 0
    shares = apportion(units - 1, weights, floor)
    return chance.permutation(np.concatenate([np.repeat(np.arange(1, last + 1), shares), in_last]))


def _beginnings(chance: np.random.Generator, units: pd.DataFrame) -> NDArray[np.int64]:
    waits = (chance.random(len(units)) < _SHARE_NOT_STARTED) & (units["opens"] == 0)
    middle = (units["opens"] + units["completes"] + 1) // 2
    return np.where(waits, middle, units["opens"])


def _completion_days(
    chance: np.random.Generator, completes: NDArray[np.int64], span: Span
) -> NDArray[np.datetime64]:
    first = np.array([span.periods[n].starts_on for n in completes], dtype="datetime64[D]")
    last = np.array([span.as_of(int(n)) for n in completes], dtype="datetime64[D]")
    # From the fourth day on, moving back from a week-end stays within the period.
    spare = (last - first).astype(int) - 3
    return to_working_day(first + 3 + (chance.random(len(completes)) * spare).astype("timedelta64[D]"))


def _savings(chance: np.random.Generator, units: pd.DataFrame) -> NDArray[np.int64]:
    # A commune comes to combine one or two of its posts, a village one; a reopened unit had done so before.
    of_commune = chance.integers(1, 3, len(units))
    saves = np.where(units["unit_level"] == "commune", of_commune, 1)
    return np.where(units["opens"] == 0, saves, 0)
