"""A whole small return as real xlsx bytes: Tây Hồ's eight wards, two groups each, and how to spoil it."""

import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl

from schemas.settings import Settings
from tasks.form_workbook import FormContents, write_form
from tasks.ingest import Outcome, ingest
from tasks.obligations import open_obligations
from tasks.receive import receive
from warehouse.connection import open_warehouse, read_warehouse

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DISTRICT = "003"
WARDS = {
    "00091": "Phường Phú Thượng",
    "00094": "Phường Nhật Tân",
    "00097": "Phường Tứ Liên",
    "00100": "Phường Quảng An",
    "00103": "Phường Xuân La",
    "00106": "Phường Yên Phụ",
    "00109": "Phường Bưởi",
    "00112": "Phường Thụy Khuê",
}
DONE = {"status": "completed", "completed_on": date(2020, 6, 1), "decision_no": "12/QĐ-UBND"}
OPEN = {"status": "in_progress", "completed_on": None, "decision_no": None}
# One ward and one group are not finished; both have their row in sheet 04.
OPEN_WARD, OPEN_GROUP = "00112", ("00109", "Tổ dân phố 2")


def info(period: str = "2021-03", as_of: date = date(2021, 3, 24), seq: int = 1) -> dict[str, Any]:
    return {
        "district_code": DISTRICT,
        "district_name": "Quận Tây Hồ",
        "period": period,
        "as_of_date": as_of,
        "seq": seq,
        "doc_no": "15/BC-UBND",
        "prepared_by": "Người lập biểu thử",
        "contact_email": "clerk@example.invalid",
        "signed_by": "Người ký thử",
    }


def communes() -> list[dict[str, Any]]:
    return [
        {
            "commune_code": code,
            "commune_name": name,
            "commune_class": "1",
            "people_before": 15,
            "people_now": 8,
            "villages_before": 4,
            "villages_now": 2,
            **(OPEN if code == OPEN_WARD else DONE),
            "note": None,
        }
        for code, name in WARDS.items()
    ]


def villages(*, with_ids: bool = False) -> list[dict[str, Any]]:
    return [
        {
            "village_id": f"{code}-{n:03d}" if with_ids else None,
            "commune_code": code,
            "village_kind": "tdp",
            "village_name": f"Tổ dân phố {n}",
            "predecessors": None,
            "households": 200 + n,
            "people_before": 5,
            "people_now": 3,
            **(OPEN if (code, f"Tổ dân phố {n}") == OPEN_GROUP else DONE),
        }
        for code in WARDS
        for n in (1, 2)
    ]


def posts() -> list[dict[str, Any]]:
    figures = [("X01", 10, 10, 2, 1.0, 1.5), ("T01", 2, 2, 0, 1.0, 1.2), ("T02", 4, 4, 0, 1.0, 1.2)]
    names = ("post_code", "posts_required", "posts_filled", "posts_combined", "coef_before", "coef_now")
    return [
        {"commune_code": code, "post_title": None, **dict(zip(names, figure, strict=True))}
        for code in WARDS
        for figure in figures
    ]


def outstanding(*, with_ids: bool = False) -> list[dict[str, Any]]:
    promise = {"area_flags": "crowded", "obstacle_code": "NHAN_SU", "due_on": date(2021, 9, 30)}
    group = {"unit_ref": f"{OPEN_GROUP[0]}-002"} if with_ids else {"unit_ref": OPEN_GROUP[0]}
    return [
        {"unit_level": "commune", "unit_ref": OPEN_WARD, "unit_name": WARDS[OPEN_WARD], **promise},
        {"unit_level": "tdp", **group, "unit_name": OPEN_GROUP[1], **promise},
    ]


def petitions() -> list[dict[str, Any]]:
    return [
        {
            "commune_code": "00091",
            "petition_kind": "complaint",
            "opening": 1,
            "received": 2,
            "resolved": 1,
            "closing": 2,
        }
    ]


def activities() -> list[dict[str, Any]]:
    return [
        {
            "activity_kind": "training",
            "title": "Tập huấn công tác thôn, tổ dân phố",
            "held_on": date(2021, 3, 10),
            "organiser": "BTC",
            "attend_commune": 20,
            "attend_village": 32,
        }
    ]


def whole_return(path: Path, *, with_ids: bool = False, **said: Any) -> Path:
    """Write a return without a fault; `said` goes into sheet 00 (period, as_of, seq)."""
    contents = FormContents(
        info=info(**said),
        rows={
            "commune": communes(),
            "village": villages(with_ids=with_ids),
            "post": posts(),
            "outstanding": outstanding(with_ids=with_ids),
            "petition": petitions(),
            "activity": activities(),
        },
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_form(path, contents, created=datetime(2021, 4, 1), has_totals=True)
    return path


def spoil(path: Path, cells: Mapping[str, Any]) -> Path:
    """Overwrite cells (`01_CapXa!H3`) of a workbook, as a clerk would."""
    workbook = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, cell = place.split("!")
        workbook[sheet][cell] = value
    workbook.save(path)
    return path


class Office:
    """A home folder with its inbox: files arrive, the pipeline takes them in."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder / "home", _env_file=None)
        Path(self.settings.inbox_url).mkdir(parents=True)

    def send(self, path: Path, at: datetime, district: str = DISTRICT, name: str | None = None) -> Path:
        """Lay a copy of `path` into the district's folder, modified at `at`."""
        landed = Path(self.settings.inbox_url) / district / (name or path.name)
        landed.parent.mkdir(exist_ok=True)
        landed.write_bytes(path.read_bytes())
        stamp(landed, at)
        return landed

    def take_in(self, now: datetime) -> list[Outcome]:
        """Receive and ingest everything that has arrived by `now`."""
        receive(self.settings, now)
        with open_warehouse(self.settings.warehouse, self.settings.time_zone) as warehouse:
            open_obligations(warehouse, self.settings, now)
            return ingest(warehouse, self.settings, now, "test-run")

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the warehouse."""
        with read_warehouse(self.settings.warehouse, self.settings.time_zone) as warehouse:
            return warehouse.execute(select).fetchall()


def stamp(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))


def moment(day: str) -> datetime:
    """`2021-04-03` or `2021-04-03 14:00`, Hanoi time."""
    return datetime.fromisoformat(day).replace(tzinfo=HANOI)
