"""An office whose files are taken in and whose tables are then built and read, as a cycle does."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tasks.materialize import materialize
from tests.intake.returns import Office, moment, whole_return
from tests.register.change_file import FOLDER, change_file
from warehouse.connection import open_warehouse

APRIL = date(2021, 4, 10)


class RegisterOffice(Office):
    """Tây Hồ, which sent March's return; and the office that sends unit change files."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        self.send(whole_return(folder / "2021-03.xlsx"), moment("2021-04-02"))
        self.take_in(moment("2021-04-06"))

    def changes(self, rows: list[dict[str, Any]], at: str, **said: Any) -> str:
        """Send a unit change file and take everything in; return its verdict."""
        path = change_file(self.folder / f"{at}.xlsx", rows, **said)
        self.send(path, moment(at), district=FOLDER)
        return self.take_in(moment(at))[-1].verdict

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


class Built:
    """The built tables."""

    def __init__(self, candidate: Path) -> None:
        self.candidate = candidate

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.candidate), read_only=True) as reader:
            return reader.execute(select).fetchall()
