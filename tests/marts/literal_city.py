"""A city of three communes whose returns a test writes as literal rows, and whose tables it then reads."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from schemas.settings import Settings
from schemas.text import fold
from warehouse.picture import Picture
from warehouse.runner import build

SETTINGS = Settings(_env_file=None)
DISTRICTS = ("001", "280")
# 00001 and 00004 in Ba Đình; 10282 in Phú Xuyên, which took in 10285 on 1 March 2020.
COMMUNES = ("00001", "00004", "10282", "10285")
PROOF = ("2021-01-15", "12/QĐ-UBND")


def moment(text: str) -> datetime:
    """Hanoi time."""
    return datetime.fromisoformat(text).replace(tzinfo=SETTINGS.zone)


class City:
    """The warehouse of the small city; every method adds literal rows."""

    def __init__(self, warehouse: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.warehouse = warehouse
        self.folder = folder
        self.known: dict[str, tuple[str, str, str, datetime]] = {}

    def returns(
        self,
        district: str,
        period: str | None,
        received: str,
        *,
        seq: int = 1,
        verdict: str = "accepted",
        declares_no_petitions: bool = False,
        taken: str | None = None,
    ) -> str:
        """A return; `taken` is when a run took it in, if not as it arrived."""
        submission_id = f"{district}-{len(self.known) + 1:02d}"
        self.known[submission_id] = (submission_id, district, period or "", moment(received))
        self._insert(
            "ledger.submission",
            {
                "submission_id": submission_id,
                "run_id": "run-1",
                "district_code": district,
                "file_name": "bao cao.xlsx",
                "received_at": moment(received),
                "known_at": moment(taken or received),
                "sha256": submission_id,
                "size_bytes": 1,
                "verdict": verdict,
                "is_simulated": True,
                "has_declared_no_petitions": declares_no_petitions,
                "period": period,
                "seq": seq,
            },
        )
        return submission_id

    def commune(
        self,
        submission_id: str,
        code: str,
        status: str,
        *,
        people: tuple[int, int] = (20, 12),
        villages: tuple[int, int] = (0, 0),
        proof: tuple[str, str] | None = None,
        cell: str = "H12",
    ) -> None:
        self._fact(
            "commune",
            submission_id,
            cell,
            unit_id=code,
            commune_code=code,
            commune_name=code,
            commune_class="2",
            villages_before=villages[0],
            villages_now=villages[1],
            **_state(status, people, proof),
        )

    def village(
        self,
        submission_id: str,
        village_id: str,
        status: str,
        *,
        kind: str = "thon",
        people: tuple[int, int] = (5, 3),
        proof: tuple[str, str] | None = None,
        cell: str = "I9",
    ) -> None:
        name = f"Thôn {village_id[-1]}"
        _, _, period, known_at = self.known[submission_id]
        self.warehouse.execute(
            "INSERT OR IGNORE INTO core.village VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [village_id, village_id[:5], kind, name, fold(name), submission_id, period, known_at],
        )
        self._fact(
            "village",
            submission_id,
            cell,
            unit_id=village_id,
            commune_code=village_id[:5],
            village_kind=kind,
            village_name=name,
            households=100,
            **_state(status, people, proof),
        )

    def promise(
        self,
        submission_id: str,
        unit_id: str,
        due_on: str,
        *,
        level: str = "commune",
        flags: str | None = None,
        obstacle: str = "NHAN_SU",
    ) -> None:
        self._fact(
            "outstanding",
            submission_id,
            "E4",
            unit_id=unit_id,
            unit_level=level,
            area_flags=flags,
            obstacle_code=obstacle,
            action="Vận động",
            owner_role="Chủ tịch",
            due_on=due_on,
        )

    def post(
        self, submission_id: str, code: str, post: str, counts: tuple[int, int, int], coef: float
    ) -> None:
        named = dict(zip(("posts_required", "posts_filled", "posts_combined"), counts, strict=True))
        row = {"commune_code": code, "post_code": post, "coef_before": 1.0, "coef_now": coef}
        self._fact("post", submission_id, "E4", **row, **named)

    def petition(self, submission_id: str, code: str, kind: str, counts: tuple[int, int, int, int]) -> None:
        named = dict(zip(("opening", "received", "resolved", "closing"), counts, strict=True))
        self._fact("petition", submission_id, "C4", commune_code=code, petition_kind=kind, **named)

    def activity(self, submission_id: str, title: str) -> None:
        row = {"activity_kind": "training", "held_on": "2021-03-10", "organiser": "BTC", "attend_commune": 10}
        self._fact("activity", submission_id, "A4", title=title, **row)

    def source_rows(self, submission_id: str, sheet: str, *states: str) -> None:
        """What became of the rows of a sheet, from row 1 on."""
        self.warehouse.execute(
            "INSERT INTO ledger.sheet VALUES (?, ?, ?, ?, NULL)", [submission_id, sheet, sheet, len(states)]
        )
        for number, state in enumerate(states, start=1):
            row = [submission_id, sheet, number, state, "data"]
            self.warehouse.execute("INSERT INTO ledger.source_row VALUES (?, ?, ?, ?, ?)", row)

    def finding(self, submission_id: str, number: int, fault: str, **words: str) -> None:
        row = {"severity": "row", "remedy_vi": "Sửa ô này.", "remedy_en": "Mend it."} | words
        self._insert(
            "ledger.finding", {"submission_id": submission_id, "finding_no": number, "fault": fault} | row
        )

    def exempts(self, district: str, period: str, granted: str, expires: str) -> None:
        row = {
            "exception_id": f"exempt-{district}-{period}",
            "kind": "exempt",
            "district_code": district,
            "period": period,
            "reason": "lũ lụt",
            "granted_by": "Ban Tổ chức",
            "granted_at": moment(granted),
            "expires_at": moment(expires),
        }
        self._insert("ledger.exception", row)

    def publishes(self, **figures: float) -> None:
        """Let the published figures be these."""
        for figure, published in figures.items():
            row = [published, figure]
            self.warehouse.execute(
                "UPDATE reference.published_figure SET published = ? WHERE figure = ?", row
            )

    def as_known(self, known_at: str) -> "Tables":
        """Build every table as known at that Hanoi time."""
        return self.pictured(Picture.at(moment(known_at)))

    def pictured(self, picture: Picture, building: Callable[..., object] = build) -> "Tables":
        """Build every table of that picture, from nothing unless another way of building is given."""
        candidate = self.folder / f"{picture.known_at:%Y%m%dT%H%M}-{len(list(self.folder.iterdir()))}.duckdb"
        self.warehouse.execute("SET VARIABLE run_id = 'run-1'")
        building(self.warehouse, candidate, picture, SETTINGS)
        return Tables(candidate)

    def _fact(self, table: str, submission_id: str, cell: str, **values: object) -> None:
        _, district, period, known_at = self.known[submission_id]
        rows = self.warehouse.execute(f"SELECT count(*) FROM core.{table}_report").fetchone() or (0,)
        source = {
            "submission_id": submission_id,
            "district_code": district,
            "period": period,
            "known_at": known_at,
            "source_sheet": f"biểu {table}",
            "source_row": rows[0] + 1,
            "source_cell": cell,
        }
        self._insert(f"core.{table}_report", source | values)

    def _insert(self, table: str, row: dict[str, object]) -> None:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        self.warehouse.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


class Tables:
    """The built tables, read as any reader reads them."""

    def __init__(self, candidate: Path) -> None:
        self.candidate = candidate

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.candidate), read_only=True) as reader:
            return reader.execute(query).fetchall()

    def frame(self, table: str) -> pd.DataFrame:
        with duckdb.connect(str(self.candidate), read_only=True) as reader:
            return reader.execute(f"SELECT * FROM marts.{table}").df()


def _state(status: str, people: tuple[int, int], proof: tuple[str, str] | None) -> dict[str, object]:
    completed_on, decision_no = proof or (PROOF if status == "completed" else (None, None))
    return {
        "status": status,
        "people_before": people[0],
        "people_now": people[1],
        "completed_on": completed_on,
        "decision_no": decision_no,
    }
