"""A home with three releases of one district, made by the production functions, to be tampered with."""

from pathlib import Path

from tasks.answer import answer
from tasks.ingest import Outcome
from tasks.materialize import materialize
from tasks.release import draw, release
from tests.intake.returns import Office, moment, spoil, whole_return
from warehouse.connection import open_warehouse

MARCH, APRIL, AGAIN, JUNK = "thang-3.xlsx", "thang-4.xlsx", "thang-4-lan-2.xlsx", "anh.xlsx"


class _Releasing(Office):
    """An office whose files are taken in, answered and released."""

    def release(self, run_id: str, day: str) -> list[Outcome]:
        """One cycle, without the gate and what is said to people, at 07:00 of that day."""
        now = moment(f"{day} 07:00")
        outcomes = self.take_in(now)
        with open_warehouse(self.settings.warehouse, self.settings.time_zone) as warehouse:
            answer(warehouse, self.settings)
            candidate = materialize(warehouse, self.settings, now, run_id)
            page = self.settings.runs / run_id / "quality.html"
            page.parent.mkdir(parents=True)
            page.write_text("<title>kiểm tra</title>", encoding="utf-8")
            draw(candidate, self.settings)
            release(warehouse, candidate, self.settings, run_id)
        return outcomes


Proven = tuple[Path, dict[str, str]]


def prove(folder: Path) -> Proven:
    """Make the home in `folder`; return it with the submission's id of each file that was sent."""
    office = _Releasing(folder)
    april = whole_return(folder / APRIL, with_ids=True, period="2021-04", as_of=moment("2021-04-30").date())
    again = whole_return(
        folder / AGAIN, with_ids=True, period="2021-04", as_of=moment("2021-04-30").date(), seq=2
    )
    (folder / JUNK).write_bytes(b"not a workbook")
    # The third ward's class is wrong: one row is held back.
    spoil(april, {"01_CapXa!C5": "9"})
    office.send(whole_return(folder / MARCH), moment("2021-04-02"))
    outcomes = office.release("run-1", "2021-04-06")
    office.send(april, moment("2021-05-03"))
    office.send(folder / JUNK, moment("2021-05-03 09:00"))
    outcomes += office.release("run-2", "2021-05-06")
    office.send(again, moment("2021-05-10"))
    outcomes += office.release("run-3", "2021-05-11")
    return office.settings.home, {outcome.file_name: outcome.submission_id for outcome in outcomes}
