"""One district through four releases: corrected, noticed late, excepted, opened again."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from schemas.settings import Settings
from tasks.form_workbook import FormContents, write_form
from tasks.granting import Grounds, exempt
from tasks.ingest import ingest
from tasks.materialize import materialize
from tasks.obligations import open_obligations
from tasks.receive import receive
from tasks.release import draw, release
from tests.intake import returns
from tests.intake.returns import OPEN, OPEN_GROUP, Office, moment
from warehouse.connection import open_warehouse

GROUP_ID = "00109-002"
DONE_IN_APRIL = {"status": "completed", "completed_on": date(2021, 4, 28), "decision_no": "31/QĐ-UBND"}
# What each release is known at: March, April as first sent, April corrected by a file that is older than the
# second release and was noticed after it, May with the group open again and a district exempt.
KNOWN_AT = tuple(moment(f"2021-{day} 06:00") for day in ("04-06", "05-06", "05-20", "06-06"))
Tables = dict[str, bytes]


@dataclass(frozen=True)
class Story:
    """The home after the last release, with no release left in it; each one's Parquet files, by moment."""

    office: Office
    parquet: dict[datetime, Tables]

    @property
    def settings(self) -> Settings:
        return self.office.settings


def told(folder: Path) -> Story:
    """The whole story, by the steps of a cycle."""
    office = Office(folder)
    home = office.settings
    send(office, folder / "3.xlsx", "2021-04-02 09:00", "2021-03", date(2021, 3, 24), OPEN)
    parquet = {KNOWN_AT[0]: released(office, KNOWN_AT[0])}
    send(office, folder / "4.xlsx", "2021-05-04 09:00", "2021-04", date(2021, 4, 30), OPEN)
    parquet[KNOWN_AT[1]] = released(office, KNOWN_AT[1])
    send(office, folder / "4-2.xlsx", "2021-05-05 09:00", "2021-04", date(2021, 4, 30), DONE_IN_APRIL, seq=2)
    parquet[KNOWN_AT[2]] = released(office, KNOWN_AT[2])
    grounds = Grounds("Lũ lụt", "Ban Tổ chức", moment("2021-05-22"), moment("2021-06-30"))
    exempt(home, "250", "2021-04", grounds)
    send(office, folder / "5.xlsx", "2021-06-03 09:00", "2021-05", date(2021, 5, 31), OPEN)
    parquet[KNOWN_AT[3]] = released(office, KNOWN_AT[3])
    home.published.unlink()
    shutil.rmtree(home.releases)
    return Story(office, parquet)


def send(
    office: Office, path: Path, at: str, period: str, as_of: date, group: dict[str, Any], *, seq: int = 1
) -> None:
    """Lay a return of Tây Hồ into the inbox in which one residential group is as given, all else as ever."""
    is_first = period == "2021-03"
    is_open = group["status"] != "completed"
    contents = FormContents(
        info=returns.info(period, as_of, seq),
        rows={
            "commune": returns.communes(),
            "village": [
                row | (group if (row["commune_code"], row["village_name"]) == OPEN_GROUP else {})
                for row in returns.villages(with_ids=not is_first)
            ],
            "post": returns.posts(),
            "outstanding": [
                row
                for row in returns.outstanding(with_ids=not is_first)
                if is_open or row["unit_level"] == "commune"
            ],
            "petition": [
                row if is_first else row | {"opening": 2, "received": 0, "resolved": 0}
                for row in returns.petitions()
            ],
            "activity": returns.activities() if is_first else [],
        },
    )
    write_form(path, contents, created=datetime(2021, 4, 1), has_totals=True)
    office.send(path, moment(at))


def released(office: Office, now: datetime) -> Tables:
    """Take in what has arrived and release, as a cycle does; return the release's Parquet files by table."""
    home, run_id = office.settings, f"{now:%Y%m%dT%H%M%S}-aaaaaaaa"
    (home.runs / run_id).mkdir(parents=True)
    (home.runs / run_id / "quality.html").write_text("<title>quality</title>")
    with open_warehouse(home.warehouse, home.time_zone) as warehouse:
        open_obligations(warehouse, home, now)
        receive(home, now)
        ingest(warehouse, home, now, run_id)
        candidate = materialize(warehouse, home, now, run_id)
        draw(candidate, home)
        folder = release(warehouse, candidate, home, run_id)
    return parquet_of(folder)


def parquet_of(folder: Path) -> Tables:
    """The bytes of every Parquet file of a release or of a report, by table."""
    return {file.stem: file.read_bytes() for file in (folder / "parquet").glob("*.parquet")}
