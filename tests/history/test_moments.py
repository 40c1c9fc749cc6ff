"""Where the moments of a picture meet its edges: before a lock, within a second, on the last release."""

from datetime import date
from pathlib import Path

import pytest
from office_story import DONE_IN_APRIL, GROUP_ID, Story, released, send
from typer.testing import CliRunner

from flows.command_line import app
from flows.exits import Exit
from schemas.published.snapshot import reading
from tasks.reprint import reprint
from tasks.restated import restated_cells
from tests.intake.returns import OPEN, Office, moment, spoil, whole_return

pytestmark = pytest.mark.long


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    (tmp_path / "drawn").mkdir()
    return tmp_path / "drawn"


def april(path: Path, cells: dict[str, object]) -> Path:
    whole_return(path, with_ids=True, period="2021-04", as_of=date(2021, 4, 30))
    return spoil(path, cells)


def test_before_its_lock_an_earlier_period_is_drawn_as_of_the_release(tmp_path: Path, drawn: Path) -> None:
    office = Office(tmp_path)
    send(office, tmp_path / "3.xlsx", "2021-04-02 09:00", "2021-03", date(2021, 3, 24), OPEN)
    promised = april(tmp_path / "4.xlsx", {"04_ChuaHoanThanh!I4": date(2021, 5, 15)})
    office.send(promised, moment("2021-05-04 09:00"))
    send(office, tmp_path / "5.xlsx", "2021-05-08 09:00", "2021-05", date(2021, 5, 7), DONE_IN_APRIL)
    released(office, moment("2021-05-10 06:00"))

    reprinted = reprint(office.settings, drawn, moment("2021-05-10 23:00"), "2021-04")

    # April is locked on 20 May, after the promise of 15 May; on 10 May nobody was late.
    assert (reprinted.differing, reprinted.picture.as_of) == ((), moment("2021-05-10 06:00"))
    with reading(reprinted.file) as reader:
        promise = "SELECT village_id, due_on, is_overdue FROM remaining_villages"
        assert reader.execute(promise).fetchall() == [(GROUP_ID, date(2021, 5, 15), False)]


def test_a_rejected_return_known_since_stands_beside_what_it_turned(tmp_path: Path, drawn: Path) -> None:
    office = Office(tmp_path)
    send(office, tmp_path / "3.xlsx", "2021-04-02 09:00", "2021-03", date(2021, 3, 24), OPEN)
    released(office, moment("2021-05-06 06:00"))
    wrong_total = april(tmp_path / "4.xlsx", {"01_CapXa!E11": 999})
    office.send(wrong_total, moment("2021-05-05 09:00"))
    released(office, moment("2021-05-20 06:00"))

    reprinted = reprint(office.settings, drawn, moment("2021-05-06 06:00"), restated=True)
    cells = restated_cells(reprinted, ("submission_compliance",))

    [(late,)] = office.rows("SELECT submission_id FROM ledger.submission WHERE verdict = 'rejected'")
    [state] = [cell for cell in cells if cell["column_name"] == "state"]
    assert state == {
        "table_name": "submission_compliance",
        "key": ["2021-04", "003"],
        "column_name": "state",
        "released": "missing",
        "asked": "rejected",
        "submissions": [late],
    }


def test_a_release_within_the_last_second_is_by_that_day(tmp_path: Path) -> None:
    office = Office(tmp_path)
    send(office, tmp_path / "3.xlsx", "2021-04-02 09:00", "2021-03", date(2021, 3, 24), OPEN)
    released(office, moment("2021-04-06 23:59:59.4"))

    said = CliRunner().invoke(
        app,
        [
            "report",
            "--known-at",
            "2021-04-06",
            "--home",
            str(office.settings.home),
            "-o",
            str(tmp_path / "r"),
        ],
    )

    assert said.exit_code == Exit.OK, said.output


def test_on_the_last_release_the_list_of_changes_is_empty_and_never_mixed_with_another(
    story: Story, tmp_path: Path
) -> None:
    home, folder = str(story.settings.home), tmp_path / "now"

    asked = ["report", "countdown", "--restated", "--home", home, "-o", str(folder)]
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == Exit.OK, said.output
    again = CliRunner().invoke(app, asked)
    assert (again.exit_code, "name another folder" in again.output) == (Exit.USAGE, True), again.output

    changes = (folder / "changes.csv").read_text(encoding="utf-8-sig")
    assert changes.splitlines() == ["table,key,column,as_known,restated,submissions"]


def test_of_an_earlier_period_the_release_behind_it_is_proved(story: Story, tmp_path: Path) -> None:
    asked = ["report", "countdown", "--period", "2021-04", "--home", str(story.settings.home)]

    said = CliRunner().invoke(app, [*asked, "-o", str(tmp_path / "then")], env={"COLUMNS": "300"})

    assert (
        "row for row: bản làm gốc / the release behind it: bản phát hành / release 20210606T" in said.output
    )
