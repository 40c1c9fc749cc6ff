"""The way in: a verdict a file, a disposition a row, and an archive that rebuilds the warehouse."""

import json
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

import tasks.load
from schemas.settings import Settings
from tasks.answer import answer
from tasks.receive import Arrival, archived_arrivals, receive
from tasks.turns import stretches
from tests.intake.returns import DISTRICT, Office, moment, spoil, whole_return
from warehouse.connection import open_warehouse

CONTENT_TABLES = (
    "core.commune_report",
    "core.village_report",
    "core.village",
    "ledger.source_row",
    "ledger.finding",
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_rows_add_up_sheet_by_sheet(office: Office, tmp_path: Path) -> None:
    path = spoil(
        whole_return(tmp_path / "r.xlsx"),
        {"02_ThonTDP!H3": 9, "01_CapXa!A13": "Người lập biểu", "01_CapXa!F13": "Thủ trưởng đơn vị"},
    )
    office.send(path, moment("2021-04-02"))

    (outcome,) = office.take_in(moment("2021-04-06"))

    assert (outcome.verdict, outcome.rows_loaded, outcome.rows_quarantined) == ("partially_accepted", 60, 1)
    assert office.rows(
        """
        SELECT sheet.form_sheet, rows_in_file,
            count(*) FILTER (state = 'loaded'), count(*) FILTER (state = 'quarantined'),
            count(*) FILTER (state = 'layout'), string_agg(DISTINCT detail, ' ' ORDER BY detail)
        FROM ledger.sheet JOIN ledger.source_row USING (submission_id, source_sheet)
        GROUP BY ALL ORDER BY ALL
        """
    ) == [
        ("00_ThongTin", 10, 9, 0, 1, "data title"),
        ("01_CapXa", 13, 8, 0, 5, "blank data header note title total"),
        ("02_ThonTDP", 19, 15, 1, 3, "data header title total"),
        ("03_ChucDanh", 27, 24, 0, 3, "data header title total"),
        ("04_ChuaHoanThanh", 4, 2, 0, 2, "data header title"),
        ("05_DonThu", 4, 1, 0, 3, "data header title total"),
        ("06_HoatDong", 4, 1, 0, 3, "data header title total"),
    ]
    assert office.rows("SELECT count(*) FROM core.village_report") == [(15,)]


def test_an_identical_row_is_a_duplicate_and_no_fault(office: Office, tmp_path: Path) -> None:
    copied = {f"05_DonThu!{c}4": v for c, v in zip("ABCDEF", ["00091", "Khiếu nại", 1, 2, 1, 2], strict=True)}
    path = spoil(whole_return(tmp_path / "r.xlsx"), copied)
    office.send(path, moment("2021-04-02"))

    (outcome,) = office.take_in(moment("2021-04-06"))

    assert outcome.verdict == "accepted"
    assert office.rows(
        "SELECT source_row, state FROM ledger.source_row WHERE source_sheet = '05_DonThu' AND detail = 'data'"
    ) == [(3, "loaded"), (4, "duplicate")]


def test_the_same_row_written_in_another_style_is_a_duplicate_too(office: Office, tmp_path: Path) -> None:
    values = ["00091", "khiếu nại", "1", "2", "1", "2"]
    copied = {f"05_DonThu!{c}4": v for c, v in zip("ABCDEF", values, strict=True)}
    office.send(spoil(whole_return(tmp_path / "r.xlsx"), copied), moment("2021-04-02"))
    office.take_in(moment("2021-04-06"))

    assert office.rows(
        "SELECT source_row, state FROM ledger.source_row WHERE source_sheet = '05_DonThu' AND detail = 'data'"
    ) == [(3, "loaded"), (4, "duplicate")]
    assert office.rows("SELECT sum(received) FROM core.petition_report") == [(2,)]


def test_a_copied_sheet_says_nothing_new(office: Office, tmp_path: Path) -> None:
    path = whole_return(tmp_path / "r.xlsx")
    workbook = openpyxl.load_workbook(path)
    for name in ("06_HoatDong", "02_ThonTDP"):
        workbook.copy_worksheet(workbook[name])
    workbook.save(path)
    office.send(path, moment("2021-04-02"))

    (outcome,) = office.take_in(moment("2021-04-06"))

    assert outcome.verdict == "accepted"
    assert office.rows("SELECT count(*) FROM core.activity_report") == [(1,)]
    assert office.rows("SELECT count(*) FROM core.village_report") == [(16,)]


def test_the_same_bytes_again_have_no_effect(office: Office, tmp_path: Path) -> None:
    path = whole_return(tmp_path / "r.xlsx")
    office.send(path, moment("2021-04-02"))
    office.send(path, moment("2021-04-03"), name="gui-lai.xlsx")

    first, second = office.take_in(moment("2021-04-06"))

    assert (first.verdict, second.verdict) == ("accepted", "duplicate")
    assert office.rows("SELECT count(*) FROM core.commune_report") == [(8,)]
    assert office.rows(
        "SELECT DISTINCT state FROM ledger.source_row "
        f"WHERE submission_id = '{second.submission_id}' ORDER BY 1"
    ) == [("duplicate",), ("layout",)]


def test_the_same_bytes_in_another_folder_are_another_matter(office: Office, tmp_path: Path) -> None:
    path = whole_return(tmp_path / "r.xlsx")
    office.send(path, moment("2021-04-01"), district="002")
    office.send(path, moment("2021-04-02"))

    verdicts = {o.district_code: o.verdict for o in office.take_in(moment("2021-04-06"))}

    assert verdicts == {"002": "rejected", DISTRICT: "accepted"}


def test_a_file_in_no_district_s_folder_is_answered_too(office: Office, tmp_path: Path) -> None:
    office.send(whole_return(tmp_path / "r.xlsx"), moment("2021-04-02"), district="linh-tinh")

    (outcome,) = office.take_in(moment("2021-04-06"))

    assert outcome.verdict == "rejected"
    assert office.rows("SELECT fault FROM ledger.finding") == [("wrong_district",)]


def test_a_rejected_file_loads_nothing_and_the_rest_goes_on(office: Office, tmp_path: Path) -> None:
    office.send(whole_return(tmp_path / "r.xlsx"), moment("2021-04-02"))
    broken = tmp_path / "anh.xlsx"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    office.send(broken, moment("2021-04-02"), district="001")

    outcomes = office.take_in(moment("2021-04-06"))

    assert {o.district_code: o.verdict for o in outcomes} == {"001": "rejected", DISTRICT: "accepted"}
    assert office.rows("SELECT DISTINCT district_code FROM core.commune_report") == [(DISTRICT,)]


def test_a_file_that_has_not_arrived_yet_waits(office: Office, tmp_path: Path) -> None:
    office.send(whole_return(tmp_path / "r.xlsx"), moment("2021-04-02"))

    assert office.take_in(moment("2021-04-01")) == []
    assert len(office.take_in(moment("2021-04-03"))) == 1
    assert office.take_in(moment("2021-04-04")) == []


def test_a_later_sequence_of_the_same_cycle_sees_the_earlier_one(office: Office, tmp_path: Path) -> None:
    office.send(whole_return(tmp_path / "1.xlsx"), moment("2021-04-02"))
    office.send(whole_return(tmp_path / "2.xlsx", seq=2), moment("2021-04-03"))

    assert [(o.seq, o.verdict) for o in office.take_in(moment("2021-04-06"))] == [
        (1, "accepted"),
        (2, "accepted"),
    ]
    assert office.rows("SELECT count(*) FROM core.village") == [(16,)]


def test_villages_are_numbered_by_their_place_and_a_held_back_one_keeps_its_number(
    office: Office, tmp_path: Path
) -> None:
    first = spoil(whole_return(tmp_path / "1.xlsx"), {"02_ThonTDP!H3": 9})
    office.send(first, moment("2021-04-02"))
    office.take_in(moment("2021-04-03"))
    assert office.rows("SELECT village_id FROM core.village WHERE commune_code = '00091'") == [("00091-002",)]

    office.send(whole_return(tmp_path / "2.xlsx", seq=2), moment("2021-04-04"))
    office.take_in(moment("2021-04-05"))

    assert office.rows(
        "SELECT village_id, village_name FROM core.village WHERE commune_code = '00091' ORDER BY 1"
    ) == [("00091-001", "Tổ dân phố 1"), ("00091-002", "Tổ dân phố 2")]


def test_a_village_held_back_until_the_period_locked_enters_later_and_no_other_does(
    office: Office, tmp_path: Path
) -> None:
    office.send(spoil(whole_return(tmp_path / "3.xlsx"), {"02_ThonTDP!H3": 9}), moment("2021-04-02"))
    office.take_in(moment("2021-04-06"))
    april = whole_return(tmp_path / "4.xlsx", with_ids=True, period="2021-04", as_of=date(2021, 4, 30))
    unnumbered = {"02_ThonTDP!A3": None, "02_ThonTDP!A5": None, "02_ThonTDP!D5": "Tổ dân phố mới"}
    office.send(spoil(april, unnumbered), moment("2021-05-03"))

    office.take_in(moment("2021-05-06"))

    assert office.rows("SELECT count(*), count(*) FILTER (village_id = '00091-001') FROM core.village") == [
        (16, 1)
    ]
    assert office.rows("SELECT cell FROM ledger.finding WHERE fault = 'unknown_unit'") == [("D5",)]


def test_files_of_one_moment_are_taken_by_name_and_folders_within_are_read(
    office: Office, tmp_path: Path
) -> None:
    for seq in (2, 1, 3):
        path = whole_return(tmp_path / f"lan{seq}.xlsx", seq=seq)
        (Path(office.settings.inbox_url) / DISTRICT / "2021-03").mkdir(parents=True, exist_ok=True)
        office.send(path, moment("2021-04-02"), name=f"2021-03/lan{seq}.xlsx")

    taken = office.take_in(moment("2021-04-06"))

    assert [(o.file_name, o.verdict) for o in taken] == [
        (f"2021-03/lan{n}.xlsx", "accepted") for n in (1, 2, 3)
    ]


def test_a_statement_beside_figures_declares_nothing(office: Office, tmp_path: Path) -> None:
    office.send(
        spoil(whole_return(tmp_path / "r.xlsx"), {"05_DonThu!A5": "Không phát sinh"}), moment("2021-04-02")
    )
    office.take_in(moment("2021-04-06"))

    assert office.rows("SELECT has_declared_no_petitions FROM ledger.submission") == [(False,)]


def test_the_archive_alone_rebuilds_the_warehouse(office: Office, tmp_path: Path) -> None:
    april = whole_return(tmp_path / "4.xlsx", with_ids=True, period="2021-04", as_of=date(2021, 4, 30))
    office.send(spoil(whole_return(tmp_path / "3.xlsx"), {"02_ThonTDP!H3": 9}), moment("2021-04-02"))
    office.send(april, moment("2021-05-03"))
    office.take_in(moment("2021-04-06"))
    office.take_in(moment("2021-05-06"))
    before = {table: office.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in CONTENT_TABLES}

    office.settings.warehouse.unlink()
    for landed in Path(office.settings.inbox_url).glob("*/*"):
        landed.unlink()
    office.take_in(moment("2021-05-06"))

    assert {table: office.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in CONTENT_TABLES} == before
    assert len(before["core.village"]) == 15


def test_a_failed_load_leaves_nothing_behind(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = tmp_path / "load"
    for path in (tasks.load._LOAD_SQL / "batch").rglob("*.sql"):
        copy = spoilt / "batch" / path.parent.name / path.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text())
    (spoilt / "batch" / "ledger" / "submission.sql").write_text("SELECT no_such_column FROM batch.submission")
    office.send(whole_return(tmp_path / "r.xlsx"), moment("2021-04-02"))

    with monkeypatch.context() as patch:
        patch.setattr(tasks.load, "_LOAD_SQL", spoilt)
        with pytest.raises(duckdb.BinderException):
            office.take_in(moment("2021-04-06"))

    assert office.rows("SELECT count(*) FROM core.commune_report") == [(0,)]
    assert [o.verdict for o in office.take_in(moment("2021-04-06"))] == ["accepted"]


def test_receiving_twice_archives_once_and_leaves_office_lock_files_alone(
    office: Office, tmp_path: Path
) -> None:
    office.send(whole_return(tmp_path / "r.xlsx"), moment("2021-04-02"))
    office.send(whole_return(tmp_path / "r.xlsx"), moment("2021-04-02"), name="~$r.xlsx")

    first = receive(office.settings, moment("2021-04-06")).arrivals

    assert [a.file_name for a in first] == ["r.xlsx"]
    assert receive(office.settings, moment("2021-04-06")).arrivals == []
    assert archived_arrivals(office.settings) == first


def test_ids_survive_another_time_zone(office: Office, tmp_path: Path) -> None:
    office.send(whole_return(tmp_path / "r.xlsx"), moment("2021-04-02"))
    first = receive(office.settings, moment("2021-04-06")).arrivals
    elsewhere = office.settings.model_copy(update={"time_zone": "UTC"})

    assert receive(elsewhere, moment("2021-04-06")).arrivals == []
    assert [a.submission_id for a in archived_arrivals(elsewhere)] == [a.submission_id for a in first]


def test_a_landing_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, inbox=str(tmp_path / "khong-co"), _env_file=None)

    with pytest.raises(FileNotFoundError, match="khong-co"):
        receive(settings, moment("2021-04-06"))


def test_batches_keep_a_district_s_order() -> None:
    taken = moment("2021-04-02")
    arrivals = [Arrival(d, n, taken, "", 0, taken) for d, n in [("1", "a"), ("2", "b"), ("1", "c")]]

    assert [[[a.file_name for a in batch] for batch in batches] for batches in stretches(arrivals)] == [
        [["a", "b"], ["c"]]
    ]


def test_what_comes_after_a_unit_change_is_judged_after_it() -> None:
    came = [("1", "a"), ("2", "b"), ("don-vi", "x"), ("don-vi", "y"), ("1", "c"), ("2", "d")]
    at = moment("2021-04-02")

    judged = stretches([Arrival(d, n, at, "", 0, at) for d, n in came])
    assert [[[a.file_name for a in batch] for batch in batches] for batches in judged] == [
        [["a", "b"]],
        [["x"], ["y"]],
        [["c", "d"]],
    ]


def test_a_receipt_tells_the_clerk_all(office: Office, tmp_path: Path) -> None:
    office.send(
        spoil(whole_return(tmp_path / "r.xlsx"), {"01_CapXa!J3": None}), moment("2021-04-02 08:15:00")
    )
    (outcome,) = office.take_in(moment("2021-04-06"))

    with open_warehouse(office.settings.warehouse, office.settings.time_zone) as warehouse:
        (text,) = answer(warehouse, office.settings)
        assert answer(warehouse, office.settings) == []

    assert text == office.settings.answers / DISTRICT / f"{outcome.submission_id}.txt"
    said = text.read_text(encoding="utf-8")
    assert "KẾT LUẬN / VERDICT: Nhận một phần / partially accepted" in said
    assert "Nhận lúc / received: 02/04/2021 08:15:00" in said
    assert "01_CapXa: 11 = 7 + 1 + 0 + 3" in said
    assert "01_CapXa!J3: Hoàn thành nhưng chưa có căn cứ (completed_without_evidence)" in said
    assert "thiếu Số quyết định" in said
    receipt = json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))
    assert [f["cell"] for f in receipt["findings"]] == ["J3"]
    assert receipt["received_at"] == "2021-04-02T08:15:00+07:00"
