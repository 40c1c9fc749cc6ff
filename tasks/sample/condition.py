"""The city in one period: sheets 01 to 04 of all districts, derived so that they agree with each other."""

import numpy as np
import pandas as pd

from tasks.sample.chance import stream
from tasks.sample.city import City
from tasks.sample.countdown import Countdown
from tasks.sample.register import posts

_FARMERS_POST = "X07"
_VILLAGE_POSTS = ("T01", "T02", "T03")
_COMBINED_RAISE = 0.5  # of the coefficient, for one who holds a second post


def condition_in(
    seed: int, city: City, countdown: Countdown, index: int, *, knows_ids: bool
) -> dict[str, pd.DataFrame]:
    """The rows of sheets 01 to 04 in period `index`, by table, each with its district_code.

    Until the register has given ids (`knows_ids`) a village is named by its commune's code and its name.
    """
    communes = _with_state(city.communes, "commune_code", countdown, index)
    communes["posts_combined"] += communes["saves"]
    villages = _with_state(city.villages, "village_id", countdown, index)
    rows_of_posts = _posts(seed, communes, villages)
    if not knows_ids:
        villages["village_id"] = None
    tables = {"commune": communes, "village": villages, "post": rows_of_posts}
    return {**tables, "outstanding": _outstanding(countdown, index, knows_ids=knows_ids)}


def _with_state(rows: pd.DataFrame, key: str, countdown: Countdown, index: int) -> pd.DataFrame:
    """Add status and note; completed_on, decision_no, people_now and `saves` as they are in the period."""
    plan = countdown.units.set_index("unit_id").reindex(rows[key]).set_axis(rows.index)
    open_now = countdown.outstanding_in(index).set_index("unit_id").reindex(rows[key]).set_axis(rows.index)
    is_open = open_now["status"].notna()
    has_finished = plan["completes"] <= index
    saves = plan["saves"].where(has_finished, 0).astype("int64")
    evidence = {
        name: plan[name].where(has_finished, rows[name]).where(~is_open)
        for name in ("completed_on", "decision_no")
    }
    return rows.assign(
        status=open_now["status"].fillna("completed"),
        note=open_now["note"],
        saves=saves,
        people_now=rows["people_now"] - saves,
        **evidence,
    )


def _posts(seed: int, communes: pd.DataFrame, villages: pd.DataFrame) -> pd.DataFrame:
    """One row a commune and post, communes in their order; every required post is filled."""
    rows = communes[["district_code", "commune_code", "commune_kind", "posts_combined"]].merge(
        posts(), how="cross"
    )
    rows = rows[(rows["commune_kind"] != "phường") | (rows["post_code"] != _FARMERS_POST)].reset_index(
        drop=True
    )
    of_village = _village_posts(villages).reindex(
        pd.MultiIndex.from_frame(rows[["commune_code", "post_code"]])
    )
    is_village = (rows["post_level"] == "village").to_numpy()
    combined_first = _order_of_combining(seed, rows) < rows["posts_combined"]
    required = np.where(is_village, of_village["required"].fillna(0), 1).astype("int64")
    combined = np.where(is_village, of_village["combined"].fillna(0), combined_first).astype("int64")
    rows = rows.assign(posts_required=required, posts_filled=required, posts_combined=combined)
    return _with_coefficients(rows.rename(columns={"title_vi": "post_title"}))


def _village_posts(villages: pd.DataFrame) -> pd.DataFrame:
    """Required and combined posts of the village level, by (commune_code, post_code)."""
    has_combined = villages["people_now"] < len(_VILLAGE_POSTS)
    counts = {
        post: (has_combined & (villages["combined_post"] == post))
        .groupby(villages["commune_code"])
        .agg(required="size", combined="sum")
        for post in _VILLAGE_POSTS
    }
    by_post: pd.DataFrame = pd.concat(counts, names=["post_code"])
    return by_post.swaplevel()


def _order_of_combining(seed: int, rows: pd.DataFrame) -> pd.Series:
    # The same order in every period: what is combined stays so.
    drawn = pd.Series(stream(seed, "order of combining").random(len(rows)), index=rows.index)
    is_village = rows["post_level"] == "village"
    return (drawn + is_village * 2).groupby(rows["commune_code"]).rank(method="first") - 1


def _with_coefficients(rows: pd.DataFrame) -> pd.DataFrame:
    """Add coef_before and coef_now: it rose for all, and more where posts are combined."""
    kinds = rows["post_code"].astype("category").cat.codes
    before = 0.9 + 0.02 * (kinds % 6)
    share = rows["posts_combined"] / rows["posts_filled"]
    now = before + 0.14 + _COMBINED_RAISE * share
    return rows.assign(coef_before=before.round(2), coef_now=now.round(2))


def _outstanding(countdown: Countdown, index: int, *, knows_ids: bool) -> pd.DataFrame:
    units = countdown.outstanding_in(index)
    refs = units["unit_id"] if knows_ids else units["commune_code"]
    return units.assign(unit_ref=refs)
