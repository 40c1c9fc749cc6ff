"""The sample's workbooks, read back as a district would open them."""

import hashlib
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from schemas.form.sheets import COMMUNE, OUTSTANDING, PETITION, POST, SHEETS, SIMULATED_MARK, VILLAGE
from tasks.form_workbook import TOTAL
from tasks.sample import SampleSummary, write_sample

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HEADING = 2  # title and banner
CAPS = {"I": 14, "II": 12, "III": 10}
PERIODS = ["2021-03", "2021-04", "2021-05"]


def read(path: Path) -> dict[str, pd.DataFrame]:
    """Read one workbook: table name → its rows under the form's column names, without the total row."""
    book = CalamineWorkbook.from_path(path)
    tables = {}
    for sheet in SHEETS[1:]:
        grid = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        assert grid[HEADING] == [c.header for c in sheet.columns]
        rows = pd.DataFrame(grid[HEADING + 1 :], columns=[c.name for c in sheet.columns], dtype=object)
        tables[sheet.table] = rows[rows.iloc[:, 0] != TOTAL]
    return tables


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleSummary]:
    folder = tmp_path_factory.mktemp("sample")
    return folder, write_sample(folder, first=PERIODS[0], last=PERIODS[-1])


@pytest.fixture(scope="module")
def batches(sample: tuple[Path, SampleSummary]) -> dict[str, dict[str, pd.DataFrame]]:
    """Period → table → the rows of all districts, of each district's last return of the period."""
    folder, summary = sample
    last = {(f.district_code, f.period): f.path for f in sorted(summary.files, key=lambda f: f.seq)}
    read_back = {key: read(folder / path) for key, path in last.items()}
    return {
        period: {
            sheet.table: pd.concat(
                [
                    tables[sheet.table].assign(district=d)
                    for (d, p), tables in read_back.items()
                    if p == period
                ]
            )
            for sheet in SHEETS[1:]
        }
        for period in PERIODS
    }


def outstanding(tables: dict[str, pd.DataFrame]) -> tuple[int, int, int]:
    communes, villages = tables["commune"], tables["village"]
    remain = villages[villages["status"] != "Hoàn thành"]["village_kind"]
    return (
        int((communes["status"] != "Hoàn thành").sum()),
        int((remain == "Thôn").sum()),
        int((remain == "TDP").sum()),
    )


def test_baseline_meets_every_published_figure(batches):
    communes, villages = batches["2021-03"]["commune"], batches["2021-03"]["village"]
    assert communes["commune_code"].nunique() == len(communes) == 579
    assert communes["district"].nunique() == 30
    assert communes["villages_before"].sum() == 7_968
    assert communes["villages_now"].sum() == len(villages) == 5_369
    assert communes["people_before"].sum() + villages["people_before"].sum() == 32_933
    assert communes["people_now"].sum() + villages["people_now"].sum() == 18_350
    assert outstanding(batches["2021-03"]) == (22, 30, 19)


def test_the_countdown_falls_every_period_and_ends_at_zero(batches):
    remaining = [sum(outstanding(batches[period])) for period in PERIODS]
    assert remaining[0] == 71
    assert remaining == sorted(set(remaining), reverse=True)
    assert remaining[-1] == 0


@pytest.mark.parametrize("period", PERIODS)
def test_identities_hold(batches, period):
    tables = batches[period]
    communes, villages = tables["commune"].set_index("commune_code").sort_index(), tables["village"]
    posts = tables["post"].set_index("commune_code")
    assert (communes["villages_now"] == villages.groupby("commune_code").size()).all()
    people = communes["people_now"] + villages.groupby("commune_code")["people_now"].sum()
    held = (posts["posts_filled"] - posts["posts_combined"]).groupby("commune_code").sum()
    assert (people == held).all()
    assert (posts["posts_filled"] == posts["posts_required"]).all()
    assert (posts["posts_combined"] <= posts["posts_filled"]).all()
    assert (posts["coef_now"] >= posts["coef_before"]).all()
    assert (communes["people_now"] <= communes["commune_class"].map(CAPS)).all()
    assert villages["people_now"].between(1, 3).all()


@pytest.mark.parametrize("period", PERIODS)
def test_completed_units_have_evidence_and_the_others_a_row_in_sheet_04(batches, period):
    tables = batches[period]
    as_of = date(2021, 3, 24) if period == "2021-03" else pd.Period(period).end_time.date()
    for table in ("commune", "village"):
        rows = tables[table]
        is_done = rows["status"] == "Hoàn thành"
        assert rows.loc[is_done, "completed_on"].between(date(2019, 5, 1), as_of).all()
        assert rows.loc[is_done, "decision_no"].str.endswith("-MP").all()
        assert (rows.loc[~is_done, ["completed_on", "decision_no"]] == "").all(axis=None)
    assert len(tables["outstanding"]) == sum(outstanding(tables))


def test_before_figures_never_change(batches):
    for table, key in (("commune", ["commune_code"]), ("village", ["commune_code", "village_name"])):
        first = batches["2021-03"][table].set_index(key)
        for period in PERIODS[1:]:
            later = batches[period][table].set_index(key)
            assert list(first["people_before"].reindex(later.index)) == list(later["people_before"])


def test_ids_are_empty_at_first_and_numbered_afterwards(batches):
    assert (batches["2021-03"]["village"]["village_id"] == "").all()
    later = batches[PERIODS[-1]]["village"]
    numbers = later.groupby("commune_code").cumcount() + 1
    expected = later["commune_code"] + "-" + numbers.astype(str).str.zfill(3)
    assert (later["village_id"] == expected).all()


def test_petitions_are_carried_over(batches, sample):
    open_before: dict[tuple[str, str], int] = {}
    for period in PERIODS:
        rows = batches[period]["petition"]
        is_statement = rows["commune_code"] == "Không phát sinh"
        assert is_statement.any()
        rows = rows[~is_statement]
        assert (rows["closing"] == rows["opening"] + rows["received"] - rows["resolved"]).all()
        keys = list(zip(rows["commune_code"], rows["petition_kind"], strict=True))
        assert [open_before.get(key, 0) for key in keys] == list(rows["opening"])
        assert {key for key, count in open_before.items() if count} <= set(keys)
        open_before |= dict(zip(keys, rows["closing"], strict=True))
    assert open_before


def test_a_finished_unit_opens_again_with_a_note(batches):
    notes = pd.concat([batches[p]["commune"].assign(period=p) for p in PERIODS])
    again = notes[notes["note"] != ""]
    assert again["commune_code"].nunique() == 1
    code = again["commune_code"].iloc[0]
    states = [batches[p]["commune"].set_index("commune_code")["status"].get(code) for p in PERIODS]
    assert states[0] == states[-1] == "Hoàn thành"
    assert "Đang thực hiện" in states


def test_times_are_realistic(sample):
    folder, summary = sample
    occasions = pd.Series([f.occasion for f in summary.files]).value_counts()
    assert occasions["late"] >= 2
    assert occasions["resubmission"] == 3
    assert len(summary.files) == 30 * len(PERIODS) - 1 + 3
    assert summary.missing is not None
    assert summary.missing[1] in PERIODS[1:-1]
    for file in summary.files:
        following = pd.Period(file.period) + 1
        arrived = datetime.fromtimestamp((folder / file.path).stat().st_mtime, tz=HANOI)
        assert arrived == file.received_at
        assert pd.Period(arrived.date(), "M") == following
        assert (arrived.day <= 5) == (
            file.occasion in ("on_time", "draft")
        ) or file.occasion == "resubmission"
        assert arrived.day <= 19


def test_every_sheet_says_that_it_is_simulated(sample):
    folder, summary = sample
    book = CalamineWorkbook.from_path(folder / summary.files[0].path)
    for name in book.sheet_names:
        cells = [cell for row in book.get_sheet_by_name(name).to_python() for cell in row]
        assert any(str(cell).startswith(SIMULATED_MARK) for cell in cells)


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.xlsx")
    }


@pytest.mark.long
def test_one_seed_writes_equal_bytes_and_a_later_narrow_span_works(tmp_path):
    for run in ("one", "two"):
        write_sample(tmp_path / run, seed=7, first="2021-10", last="2021-11")
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
    assert len(hashes(tmp_path / "one")) == 62
    tables = [read(path) for path in sorted((tmp_path / "one").rglob("*2021-11-lan1.xlsx"))]
    assert all(t[s.table]["status"].eq("Hoàn thành").all() for t in tables for s in (COMMUNE, VILLAGE))
    assert all(t[OUTSTANDING.table].empty for t in tables)
    assert sum(len(t[POST.table]) for t in tables) == 383 * 13 + 21 * 13 + 175 * 12
    assert all(len(t[PETITION.table]) >= 1 for t in tables)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2021-02", "2021-05", "before the baseline"),
        ("2021-03", "2021-03", "fewer than two"),
        ("2021", "2021-05", "not a reporting period"),
    ],
)
def test_a_span_that_cannot_be_simulated_is_refused(tmp_path, first, last, words):
    with pytest.raises(ValueError, match=words):
        write_sample(tmp_path, first=first, last=last)
