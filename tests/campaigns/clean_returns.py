"""A small clean return of any district, as a book to be laid out, written and spoilt."""

from datetime import date
from typing import Any

from tests.gallery.any_return import REGISTER
from tests.gallery.book import Book, book_of
from tests.gallery.truth import Rows, true_info
from tests.intake.returns import DONE, OPEN

DISTRICTS = sorted(REGISTER)
_COMMUNES = 4
_VILLAGES = 2
_KINDS = {"Xã": ("thon", "Thôn")}
_GROUP = ("tdp", "Tổ dân phố")


def clean_book(district: str) -> Book:
    """A return of a few communes of the district, two villages each; the last commune is outstanding."""
    communes = REGISTER[district][:_COMMUNES]
    rows: Rows = {
        "commune": [_commune(code, name, is_open=code == communes[-1][0]) for code, name in communes],
        "village": [_village(code, name, n) for code, name in communes for n in range(1, _VILLAGES + 1)],
        "post": [
            _post(code, *figures) for code, _ in communes for figures in (("X01", 10, 2), ("T01", 6, 0))
        ],
        "outstanding": [_outstanding(*communes[-1])],
        "petition": [_petition(communes[0][0])],
        "activity": [_activity()],
    }
    return book_of(true_info() | {"district_code": district, "district_name": None}, rows)


def _commune(code: str, name: str, *, is_open: bool) -> dict[str, Any]:
    figures = {"people_before": 15, "people_now": 8, "villages_before": 4, "villages_now": _VILLAGES}
    state = OPEN if is_open else DONE
    return {
        "commune_code": code,
        "commune_name": name,
        "commune_class": "1",
        "note": None,
        **figures,
        **state,
    }


def _village(code: str, commune: str, number: int) -> dict[str, Any]:
    kind, word = _KINDS.get(commune.split(" ", maxsplit=1)[0], _GROUP)
    figures = {"households": 1200 + number, "people_before": 5, "people_now": 3}
    name = {"village_kind": kind, "village_name": f"{word} {number}"}
    return {"village_id": None, "commune_code": code, "predecessors": None, **name, **figures, **DONE}


def _post(code: str, post: str, filled: int, combined: int) -> dict[str, Any]:
    figures = {"posts_required": filled, "posts_filled": filled, "posts_combined": combined}
    return {"commune_code": code, "post_code": post, **figures, "coef_before": 1.0, "coef_now": 1.5}


def _outstanding(code: str, name: str) -> dict[str, Any]:
    promise = {"area_flags": "crowded", "obstacle_code": "NHAN_SU", "due_on": date(2021, 9, 30)}
    return {"unit_level": "commune", "unit_ref": code, "unit_name": name, **promise}


def _petition(code: str) -> dict[str, Any]:
    counts = {"opening": 1, "received": 2, "resolved": 1, "closing": 2}
    return {"commune_code": code, "petition_kind": "complaint", **counts}


def _activity() -> dict[str, Any]:
    what = {"activity_kind": "training", "title": "Tập huấn", "organiser": "BTC"}
    return {**what, "held_on": date(2021, 3, 10), "attend_commune": 20, "attend_village": 32}
