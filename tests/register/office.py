"""An office whose files are taken in and whose tables are then built and read, as a cycle does."""

import shutil
from calendar import monthrange
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from schemas.expectations.results import GateResult
from tasks.form_workbook import FormContents, write_form
from tasks.gate import gate
from tasks.ingest import Outcome
from tasks.materialize import materialize
from tests.intake import returns
from tests.intake.returns import Office, moment, whole_return
from tests.register.change_file import FOLDER, change_file
from warehouse.connection import open_warehouse

APRIL = date(2021, 4, 10)
Rows = list[dict[str, Any]]


def month_end(period: str) -> date:
    """The last day of `2021-04`."""
    year, month = (int(part) for part in period.split("-"))
    return date(year, month, monthrange(year, month)[1])


def ward(code: str, name: str | None = None, **said: Any) -> dict[str, Any]:
    """A completed ward's row of sheet 01, or one of Tây Hồ's own, with what is said otherwise."""
    rows = {row["commune_code"]: row for row in returns.communes()}
    row = rows.get(code, rows["00091"] | {"commune_code": code})
    return row | ({"commune_name": name} if name else {}) | said


def group(village_id: str, **said: Any) -> dict[str, Any]:
    """A residential group's row of sheet 02 with what is said otherwise."""
    rows = {row["village_id"]: row for row in returns.villages(with_ids=True)}
    return rows.get(village_id, rows["00091-001"] | {"village_id": village_id}) | said


def wards_but(*gone: str) -> Rows:
    """Tây Hồ's wards without those that are no more."""
    return [row for row in returns.communes() if row["commune_code"] not in gone]


def posts_but(*gone: str) -> Rows:
    """The posts of the wards that still are."""
    return [row for row in returns.posts() if row["commune_code"] not in gone]


def groups_in(moved: dict[str, str]) -> Rows:
    """Tây Hồ's groups, those of a former ward under the one it went into."""
    return [
        row | {"commune_code": moved.get(row["commune_code"], row["commune_code"])}
        for row in returns.villages(with_ids=True)
    ]


@cache
def _after_march() -> TemporaryDirectory[str]:
    # Taken in once; every office begins with a copy.
    made = TemporaryDirectory(prefix="scheme21-register-")
    office = Office(Path(made.name))
    office.send(whole_return(Path(made.name) / "2021-03.xlsx"), moment("2021-04-02"))
    office.take_in(moment("2021-04-06"))
    return made


class RegisterOffice(Office):
    """Tây Hồ, which sent March's return; and the office that sends unit change files."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        shutil.copytree(Path(_after_march().name) / "home", self.settings.home, dirs_exist_ok=True)

    def changes(self, rows: list[dict[str, Any]], at: str, **said: Any) -> str:
        """Send a unit change file and take everything in; return its verdict."""
        path = change_file(self.folder / f"{at}.xlsx", rows, **said)
        self.send(path, moment(at), district=FOLDER)
        return self.take_in(moment(at))[-1].verdict

    def reports(self, at: str, period: str, *, seq: int = 1, **tables: Rows) -> Outcome:
        """Tây Hồ sends a return; of the tables not given, what it said in March."""
        contents = FormContents(
            info=returns.info(period=period, as_of=month_end(period), seq=seq),
            rows={
                "commune": returns.communes(),
                "village": returns.villages(with_ids=True),
                "post": returns.posts(),
                "outstanding": returns.outstanding(with_ids=True),
                "petition": [],
                "activity": returns.activities(),
            }
            | tables,
        )
        path = self.folder / f"{period}-{seq}.xlsx"
        write_form(path, contents, created=datetime(2021, 4, 1), has_totals=True)
        self.send(path, moment(at))
        return self.take_in(moment(at))[-1]

    def findings(self) -> list[tuple[Any, ...]]:
        """Cell, fault and what was expected, of the last file of the change folder."""
        return self.rows(
            "SELECT cell, fault, expected FROM ledger.finding WHERE submission_id = ("
            "SELECT submission_id FROM ledger.submission WHERE district_code = 'don-vi' "
            "ORDER BY received_at DESC LIMIT 1) ORDER BY finding_no"
        )

    def built(self, known_at: str) -> "Built":
        """Build every table as known then, with the periods opened until then."""
        self.take_in(moment(known_at))
        with open_warehouse(self.settings.warehouse, self.settings.time_zone) as warehouse:
            return Built(materialize(warehouse, self.settings, moment(known_at), f"run-{known_at}"))

    def judged(self, known_at: str) -> "Built":
        """Build the tables as known then and let the gate judge them."""
        return self.gated(self.built(known_at).candidate, known_at)

    def gated(self, candidate: Path, known_at: str) -> "Built":
        """Let the gate judge tables that were built."""
        with open_warehouse(self.settings.warehouse, self.settings.time_zone) as warehouse:
            found = gate(warehouse, candidate, self.settings, f"gate-{known_at}", moment(known_at))
        return Built(candidate, found)


class Built:
    """The built tables."""

    def __init__(self, candidate: Path, judged: GateResult | None = None) -> None:
        self.candidate = candidate
        self.gate = judged

    def refusing(self) -> list[str]:
        """The expectations that stopped publication."""
        assert self.gate is not None
        return [result.name for result in self.gate.results if result.is_blocking]

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.candidate), read_only=True) as reader:
            return reader.execute(select).fetchall()
