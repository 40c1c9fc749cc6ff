"""Past releases printed anew: byte for byte, restated, proved, from the archive alone."""

import csv
import json
import shutil
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from office_story import GROUP_ID, KNOWN_AT, Story, Tables, parquet_of
from typer.testing import CliRunner

from flows.command_line import app
from flows.exits import Exit
from schemas.manifest import NoSuchRelease
from schemas.published.snapshot import reading
from schemas.published.tables import BY_NAME
from schemas.settings import Settings
from tasks.rebuild import rebuild
from tasks.reprint import Reprint, reprint
from tasks.reprint_files import write_reprint
from tasks.restated import restated_cells
from tests.demonstration import Demo
from tests.intake.returns import HANOI, moment

EVERY_TABLE = tuple(BY_NAME)
APRIL_SHOWN = KNOWN_AT[1]


def printed(settings: Settings, folder: Path, known_at: datetime) -> tuple[Reprint, Tables]:
    (folder / "drawn").mkdir(parents=True)
    reprinted = reprint(settings, folder / "drawn", known_at)
    write_reprint(reprinted, EVERY_TABLE, "parquet", folder / "report")
    return reprinted, parquet_of(folder / "report")


def elsewhere(folder: Path) -> Path:
    (folder / "elsewhere").mkdir()
    return folder / "elsewhere"


@pytest.fixture
def copied(story: Story, tmp_path: Path) -> Settings:
    """A copy of the story's home, to be changed at will."""
    home = shutil.copytree(story.settings.home, tmp_path / "home")
    return story.settings.model_copy(update={"home": Path(home)})


def report(home: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["report", *arguments, "--home", str(home)], env={"COLUMNS": "300"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join(result.output.split())


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("known_at", KNOWN_AT, ids=lambda at: f"{at:%m-%d}")
def test_every_release_is_printed_anew_byte_for_byte(
    story: Story, tmp_path: Path, known_at: datetime
) -> None:
    reprinted, parquet = printed(story.settings, tmp_path, known_at)

    assert sorted(parquet) == sorted(EVERY_TABLE)
    assert [table for table in parquet if parquet[table] != story.parquet[known_at][table]] == []
    assert (reprinted.differing, reprinted.is_release, reprinted.is_restated) == ((), True, False)


def test_the_releases_differ_as_the_story_goes(story: Story) -> None:
    # what the test above compares would be little worth if all were equal
    changed = [
        sorted(table for table in EVERY_TABLE if story.parquet[before][table] != story.parquet[after][table])
        for before, after in pairwise(KNOWN_AT)
    ]
    assert "countdown" in changed[0]
    assert "remaining_villages" in changed[1]
    assert {"exceptions", "unit_history"} <= set(changed[2])


def test_between_two_releases_the_earlier_one_stands(story: Story, tmp_path: Path) -> None:
    reprinted = reprint(story.settings, tmp_path, moment("2021-05-19"))

    assert reprinted.release.as_known_at == APRIL_SHOWN
    with pytest.raises(NoSuchRelease, match="05/04/2021"):
        reprint(story.settings, tmp_path, moment("2021-04-05"))


def test_the_archive_alone_prints_them_anew(story: Story, copied: Settings, tmp_path: Path) -> None:
    rebuilt = rebuild(copied, KNOWN_AT[-1])
    assert (rebuilt.differing, rebuilt.is_swapped) == ([], True)

    for known_at in KNOWN_AT[1:3]:
        reprinted, parquet = printed(copied, tmp_path / f"{known_at:%m%d}", known_at)
        assert (reprinted.differing, parquet) == ((), story.parquet[known_at])


def test_april_restated_differs_in_what_the_correction_says(story: Story, tmp_path: Path) -> None:
    reprinted = reprint(story.settings, tmp_path, APRIL_SHOWN, restated=True)
    tables = ("countdown", "remaining_villages", "completion", "unit_history", "exceptions")
    cells = restated_cells(reprinted, tables)

    (correction,) = story.office.rows("SELECT submission_id FROM ledger.submission WHERE seq = 2")
    assert {tuple(cell["submissions"]) for cell in cells} == {correction}
    changed = [(c["table_name"], *c["key"], c["column_name"], c["released"], c["asked"]) for c in cells]
    assert [line for line in changed if line[0] == "countdown"] == [
        ("countdown", "2021-04", "completed_in_period", "0", "1"),
        ("countdown", "2021-04", "tdp_remaining", "1", "0"),
        ("countdown", "2021-04", "villages_remaining", "1", "0"),
    ]
    assert ("remaining_villages", GROUP_ID, "status", "in_progress", None) in changed
    assert ("completion", "villages_remaining", "1", "0") in changed
    assert ("unit_history", GROUP_ID, "2021-04", "reported", "status_to", None, "completed") in changed
    # granted later: it was not in force at the moment the picture speaks of
    assert "exceptions" not in {line[0] for line in changed}


def test_an_earlier_period_is_drawn_as_of_its_lock(story: Story, tmp_path: Path) -> None:
    reprinted = reprint(story.settings, tmp_path, KNOWN_AT[3], "2021-04")

    assert reprinted.picture.as_of == datetime(2021, 5, 20, 23, 59, 59, tzinfo=HANOI)
    with reading(reprinted.file) as reader:
        assert reader.execute("SELECT period, tdp_remaining FROM countdown ORDER BY period").fetchall() == [
            ("2021-03", 1),
            ("2021-04", 0),
        ]
        # May opened it again, of which this picture says nothing
        assert reader.execute("SELECT count(*) FROM remaining_villages").fetchall() == [(0,)]
        periods = "SELECT DISTINCT period FROM submissions ORDER BY period"
        assert reader.execute(periods).fetchall() == [("2021-03",), ("2021-04",)]
    with pytest.raises(NoSuchRelease, match="2021-05"):
        reprint(story.settings, elsewhere(tmp_path), APRIL_SHOWN, "2021-05")


def test_the_command_says_what_it_prints_and_writes_it(story: Story, tmp_path: Path) -> None:
    asked = ("countdown", "--period", "2021-04", "--known-at", "2021-05-10", "--format", "csv")
    then, now = tmp_path / "then", tmp_path / "now"

    code, said = report(story.settings.home, *asked, "-o", str(then))
    assert code == Exit.OK, said
    assert "như đã biết / as known: tại / at 06/05/2021 06:00, biết đến / known at 06/05/2021 06:00" in said
    assert (
        "drawn anew row for row: bản phát hành / release 20210506T060000-aaaaaaaa, bản kê số / manifest no. 2"
        in said
    )
    code, said = report(story.settings.home, *asked, "--restated", "-o", str(now))
    assert code == Exit.OK, said
    assert "tính lại / restated: tại / at 06/05/2021 06:00, biết đến / known at 06/06/2021 06:00" in said

    remaining = [
        [row["tdp_remaining"] for row in csv.DictReader(lines(folder / "csv" / "countdown.csv"))]
        for folder in (then, now)
    ]
    assert remaining == [["1", "1"], ["1", "0"]]
    assert sorted(file.name for file in (now / "csv").iterdir()) == ["countdown.csv", "release.csv"]
    assert lines(now / "changes.csv")[2].startswith("countdown,2021-04,tdp_remaining,1,0,003-20210505-")
    record = json.loads((now / "report.json").read_text(encoding="utf-8"))
    assert (record["is_restated"], record["is_simulated"], record["period"]) == (True, False, "2021-04")


def test_the_workbook_says_that_it_is_restated(story: Story, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    code, said = report(
        story.settings.home, "--known-at", "2021-05-10", "--restated", "--format", "xlsx", "-o", str(tmp_path)
    )
    assert code == Exit.OK, said
    cover = openpyxl.load_workbook(tmp_path / "scheme21.xlsx").worksheets[0]
    words = [str(cell.value) for row in cover.iter_rows() for cell in row if cell.value]
    assert "20210606T060000-aaaaaaaa (tính lại / restated)" in words


def test_what_is_not_what_was_released_is_named(copied: Settings, tmp_path: Path) -> None:
    with duckdb.connect(str(copied.warehouse)) as warehouse:
        warehouse.execute("UPDATE core.village_report SET people_now = 2 WHERE unit_id = ?", [GROUP_ID])

    code, said = report(copied.home, "--known-at", "2021-05-10", "-o", str(tmp_path / "report"))

    assert code == Exit.REFUSED
    assert "dựng lại khác ở / drawn anew it differs in reconciliation, staffing (bản phát hành" in said


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (("--known-at", "2021-04-01"), Exit.NOTHING_PUBLISHED, "01/04/2021"),
        (("--known-at", "2021-05-10", "--period", "2021-05"), Exit.NOTHING_PUBLISHED, "2021-04"),
        (("--known-at", "hôm qua"), Exit.USAGE, "hôm qua"),
        (("--period", "2021-13"), Exit.USAGE, "2021-13"),
        (("khong_co",), Exit.USAGE, "remaining_communes"),
    ],
)
def test_what_cannot_be_printed_is_said(
    story: Story, tmp_path: Path, asked: tuple[str, ...], code: int, words: str
) -> None:
    ended, said = report(story.settings.home, *asked, "-o", str(tmp_path / "report"))
    assert ended == code
    assert words in said
    assert not (tmp_path / "report").exists()


def test_every_release_of_the_demonstration_is_printed_anew(demo: Demo, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(demo.home / "warehouse.duckdb", home)
    shutil.copytree(demo.home / "archive" / "manifests", home / "archive" / "manifests")
    settings = Settings(home=home)
    for folder in demo.releases():
        with reading(folder / "scheme21.duckdb") as reader:
            [(known_at,)] = reader.execute("SELECT as_known_at FROM release").fetchall()
        reprinted, parquet = printed(settings, tmp_path / folder.name, known_at.replace(tzinfo=HANOI))
        assert (reprinted.differing, parquet) == ((), parquet_of(folder))
