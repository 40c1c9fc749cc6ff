"""The return of a city that leads its communes itself: Tây Hồ's wards, merged into two by the later map."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from tasks.form_workbook import FormContents, write_form
from tests.intake.returns import DONE, OPEN, WARDS, activities, info, outstanding, petitions, posts, villages

NEW_WARDS = {"30101": "Phường Phú Thượng Mới", "30102": "Phường Tây Hồ"}
MERGED_INTO = {code: "30101" if code < "00100" else "30102" for code in WARDS}
OPEN_WARD = "30102"


def city_return(path: Path, *, opening: int = 2, **said: Any) -> Path:
    """Write the city's return in the new units: the sums of what they took over, one ward and group open."""
    contents = FormContents(
        info=info(**said) | {"district_code": "000", "district_name": "Thành phố Hà Nội"},
        rows={
            "commune": [_ward(code, name) for code, name in NEW_WARDS.items()],
            "village": [
                row | {"commune_code": MERGED_INTO[row["commune_code"]]} for row in villages(with_ids=True)
            ],
            "post": [_post(code, row) for code in NEW_WARDS for row in posts()[:3]],
            "outstanding": [
                outstanding(with_ids=True)[0] | {"unit_ref": OPEN_WARD, "unit_name": NEW_WARDS[OPEN_WARD]},
                outstanding(with_ids=True)[1],
            ],
            "petition": [
                petitions()[0] | {"commune_code": "30101", "opening": opening, "closing": opening + 1}
            ],
            "activity": activities(),
        },
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_form(path, contents, created=datetime(2021, 6, 1), has_totals=True)
    return path


def _merged(code: str) -> int:
    return sum(into == code for into in MERGED_INTO.values())


def _post(code: str, row: dict[str, Any]) -> dict[str, Any]:
    # One office for the whole ward; the posts of villages and groups come along with those.
    of_groups = (
        {}
        if row["post_code"] == "X01"
        else {name: row[name] * _merged(code) for name in ("posts_required", "posts_filled")}
    )
    return row | of_groups | {"commune_code": code}


def _ward(code: str, name: str) -> dict[str, Any]:
    return {
        "commune_code": code,
        "commune_name": name,
        "commune_class": "1",
        "people_before": 15 * _merged(code),
        "people_now": 8,
        "villages_before": 4 * _merged(code),
        "villages_now": 2 * _merged(code),
        **(OPEN if code == OPEN_WARD else DONE),
        "note": None,
    }


MAY = {"period": "2021-05", "as_of": date(2021, 5, 31)}
