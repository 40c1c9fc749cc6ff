"""What is real in the simulation: the register of units, the posts, the published figures."""

from datetime import date
from pathlib import Path

import pandas as pd

import warehouse

_REFERENCE = Path(warehouse.__file__).parent / "reference"


def _read(table: str) -> pd.DataFrame:
    return pd.read_csv(_REFERENCE / f"{table}.csv", dtype=str, keep_default_na=False)


def _valid_on(day: date, rows: pd.DataFrame) -> pd.DataFrame:
    begun, not_ended = rows["valid_from"] <= day.isoformat(), rows["valid_to"] >= day.isoformat()
    return rows[begun & not_ended].reset_index(drop=True)


def districts_on(day: date) -> pd.DataFrame:
    """The districts valid on `day`: district_code, district_name, district_kind."""
    return _valid_on(day, _read("district"))[["district_code", "district_name", "district_kind"]]


def communes_on(day: date) -> pd.DataFrame:
    """The communes valid on `day`: district_code, commune_code, commune_name, commune_kind."""
    columns = ["district_code", "commune_code", "commune_name", "commune_kind"]
    return _valid_on(day, _read("commune"))[columns]


def posts() -> pd.DataFrame:
    """The posts: post_code, post_level (commune or village), title_vi."""
    return _read("post")[["post_code", "post_level", "title_vi"]]


def published_figures() -> dict[str, int]:
    """The published totals that a simulated city must meet, by name; the rounded percentage is left out."""
    rows = _read("published_figure")
    whole = rows[rows["published"].str.fullmatch(r"\d+")]
    return dict(zip(whole["figure"], whole["published"].astype(int), strict=True))
