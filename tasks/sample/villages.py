"""The simulated villages and residential groups of every commune: names, former units, people, households."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tasks.sample.chance import apportion, stream
from tasks.sample.words import FORMER_PARTS, NAME_FIRST, NAME_SECOND

_USUAL_NUMBER = {"xã": 7.0, "phường": 13.5, "thị trấn": 9.0}
_FEWEST = 3
_MAX_FORMER = 3
_USUAL_HOUSEHOLDS = {"thon": 330.0, "tdp": 300.0}
_FEWEST_PEOPLE = 2  # the secretary is also the head; the third post is held by someone else


def settle_villages(seed: int, communes: pd.DataFrame, figures: dict[str, int]) -> pd.DataFrame:
    """Settle every commune with villages, so that villages and people, before and now, meet `figures`.

    `former` is the number of units a village was made of; `people_now` is 2 or 3; `combined_post` is the post
    held by another post's holder where people_now is 2 (and where it comes to be 2).
    """
    villages = _place(seed, communes, figures["villages_now"])
    villages["former"] = _merge(seed, villages, figures["villages_before"])
    _name(seed, villages)
    chance = stream(seed, "people of villages")
    weights = villages["former"] * chance.uniform(0.9, 1.1, len(villages))
    before = figures["people_before"] - int(communes["people_before"].sum())
    villages["people_before"] = apportion(before, weights.to_numpy(), floor=1)
    villages["is_outstanding"] = _choose_outstanding(chance, villages, figures)
    now = figures["people_now"] - int(communes["people_now"].sum())
    villages["people_now"] = _count_people(chance, villages["is_outstanding"].to_numpy(), now)
    villages["combined_post"] = chance.choice(["T02", "T03"], len(villages), p=[0.8, 0.2])
    usual = villages["village_kind"].map(_USUAL_HOUSEHOLDS) * villages["former"] ** 0.6
    villages["households"] = (usual * chance.lognormal(0.0, 0.3, len(villages))).round().astype("int64")
    return villages


def _place(seed: int, communes: pd.DataFrame, number: int) -> pd.DataFrame:
    chance = stream(seed, "places of villages")
    weights = communes["commune_kind"].map(_USUAL_NUMBER) * chance.lognormal(0.0, 0.35, len(communes))
    counts = apportion(number, weights.to_numpy(), floor=_FEWEST)
    columns = ["district_code", "commune_code", "commune_kind"]
    villages = communes.loc[communes.index.repeat(counts), columns].reset_index(drop=True)
    # By custom thôn lie in xã, tổ dân phố in phường and thị trấn.
    villages["village_kind"] = np.where(villages["commune_kind"] == "xã", "thon", "tdp")
    villages["number"] = villages.groupby("commune_code").cumcount() + 1
    villages["village_id"] = villages["commune_code"] + "-" + villages["number"].astype(str).str.zfill(3)
    return villages


def _merge(seed: int, villages: pd.DataFrame, before: int) -> NDArray[np.int64]:
    # Each village has slots for further former units; residential groups were merged more often.
    chance = stream(seed, "former villages")
    slots = np.repeat(np.where(villages["village_kind"] == "tdp", 2.0, 1.0), _MAX_FORMER - 1)
    merged = chance.choice(len(slots), before - len(villages), replace=False, p=slots / slots.sum())
    return 1 + np.bincount(merged // (_MAX_FORMER - 1), minlength=len(villages))


def _name(seed: int, villages: pd.DataFrame) -> None:
    """Add village_name, unique in its commune, and predecessors, a `;` list that is empty where unmerged."""
    chance = stream(seed, "names of villages")
    pool = np.array([f"{a} {b}" for a in NAME_FIRST for b in NAME_SECOND if a != b])
    drawn = [chance.choice(pool, size, replace=False) for size in villages.groupby("commune_code").size()]
    own_names = pd.Series(np.concatenate(drawn), index=villages.index)
    is_thon = villages["village_kind"] == "thon"
    numbers = villages["number"].astype(str)
    villages["village_name"] = np.where(is_thon, "Thôn " + own_names, "Tổ dân phố số " + numbers)
    last = villages.groupby("commune_code")["former"].cumsum()
    thon = [_former_thon(name, k) for name, k in zip(own_names, villages["former"], strict=True)]
    tdp = [_former_tdp(end, k) for end, k in zip(last, villages["former"], strict=True)]
    villages["predecessors"] = pd.Series(np.where(is_thon, thon, tdp), index=villages.index).where(
        villages["former"] > 1
    )


def _former_thon(name: str, number: int) -> str:
    return "; ".join(f"Thôn {name} {part}" for part in FORMER_PARTS[:number])


def _former_tdp(last: int, number: int) -> str:
    return "; ".join(f"Tổ dân phố số {n}" for n in range(last - number + 1, last + 1))


def _choose_outstanding(
    chance: np.random.Generator, villages: pd.DataFrame, figures: dict[str, int]
) -> NDArray[np.bool_]:
    chosen = [
        chance.choice(
            villages.index[villages["village_kind"] == kind], figures[f"remaining_{kind}"], replace=False
        )
        for kind in ("thon", "tdp")
    ]
    return villages.index.isin(np.concatenate(chosen))


def _count_people(
    chance: np.random.Generator, is_outstanding: NDArray[np.bool_], people: int
) -> NDArray[np.int64]:
    # Everyone has the fewest; as many as the total needs have one more, the outstanding units first.
    with_one_more = people - _FEWEST_PEOPLE * len(is_outstanding)
    order = np.argsort(chance.random(len(is_outstanding)) - is_outstanding, kind="stable")
    counts = np.full(len(is_outstanding), _FEWEST_PEOPLE)
    counts[order[:with_one_more]] += 1
    return counts
