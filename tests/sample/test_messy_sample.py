"""The messy sample: every fault planted once, each corrected; layouts that keep what they say."""

import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from tasks.form_workbook import FormContents
from tasks.sample import SampleSummary, write_sample
from tasks.sample.mess.draft import Draft, Page, Spoilt, lay_out
from tasks.sample.mess.faults import FAULTS
from tasks.sample.mess.layouts import HABITS

COMMUNES = [
    {
        "commune_code": "00004",
        "commune_name": "Phường Hòa Thủy",
        "people_now": 8,
        "villages_now": 1200,
        "completed_on": date(2019, 12, 13),
    },
    {"commune_code": "00006", "commune_name": "Phường Trúc Bạch", "people_now": 9, "villages_now": 12},
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleSummary]:
    folder = tmp_path_factory.mktemp("messy")
    return folder, write_sample(folder, first="2021-03", last="2021-05", messy=True)


def test_every_fault_is_planted_in_a_file_of_its_own(sample):
    _, summary = sample
    planted = [p for p in summary.planted if p.fault != "extra_column"]
    assert sorted(p.fault for p in planted) == sorted(fault.name for fault in FAULTS)
    assert len({p.path for p in planted}) == len(FAULTS)
    assert {f.path for f in summary.files if f.occasion == "faulty"} == {p.path for p in planted}


def test_every_faulty_return_is_corrected_before_the_period_locks(sample):
    _, summary = sample
    corrections = {(f.district_code, f.period): f for f in summary.files if f.occasion == "correction"}
    for faulty in (f for f in summary.files if f.occasion == "faulty"):
        correction = corrections[faulty.district_code, faulty.period]
        assert correction.seq > faulty.seq
        assert faulty.received_at < correction.received_at
        assert correction.received_at.day < 20
        assert pd.Period(correction.received_at.date(), "M") == pd.Period(faulty.period) + 1


def test_the_planted_values_stand_where_the_summary_says(sample):
    folder, summary = sample
    found = {}
    for p in summary.planted:
        if p.cell:
            value = load_workbook(folder / p.path)[p.source_sheet][p.cell].value
            found.setdefault(p.fault, []).append(value)
    assert found["not_in_list"] == ["Sắp xong"]
    assert sorted(map(str, found["over_cap"])) == ["15", "4"]
    assert found["missing_value"] == found["completed_without_evidence"] == [None]
    assert sorted(found["wrong_type"]) == ["24/13/2020", "khoảng ba trăm"]
    assert found["unknown_unit"] == ["99999"]
    assert found["bad_period"] == ["2021-13"]
    assert set(found["extra_column"]) == {"Diện tích (km2)"}
    assert int(found["negative_value"][0]) < 0


def test_unreadable_files_cannot_be_read(sample):
    folder, summary = sample
    contents = [(folder / p.path).read_bytes() for p in summary.planted if p.fault == "unreadable_file"]
    kinds = sorted((content[:2], len(content) > 100) for content in contents)
    assert kinds == [(b"", False), (b"PK", True), (b"\x89P", False)]
    assert not any(
        zipfile.is_zipfile(folder / p.path) for p in summary.planted if p.fault == "unreadable_file"
    )


def test_every_habit_is_some_district_s(sample):
    _, summary = sample
    assert {name for names in summary.habits.values() for name in names} == set(HABITS)


def pages(*, habit: str) -> dict[str, Page]:
    contents = FormContents({"district_code": "001"}, {"commune": COMMUNES}, declared_no_petitions=True)
    laid_out = lay_out(Draft.of(contents))
    HABITS[habit](laid_out)
    return {page.form.table: page for page in laid_out}


def column(page: Page, header: str) -> list[object]:
    return [row[page.header.index(header)] for row in page.body]


def test_text_numbers_have_dots():
    page = pages(habit="text_numbers")["commune"]
    assert column(page, "Số thôn, TDP hiện nay") == ["1.200", "12"]
    assert page.total[6] == "1.212"


def test_lost_zeros():
    laid_out = pages(habit="lost_zeros")
    assert column(laid_out["commune"], "Mã ĐVHC") == [4, 6]
    assert laid_out["info"].body[0] == ["Mã quận/huyện", 1]


def test_text_dates():
    assert column(pages(habit="text_dates")["commune"], "Ngày hoàn thành") == ["13/12/2019", None]


def test_older_tones():
    names = column(pages(habit="older_tones")["commune"], "Tên xã, phường, thị trấn")
    assert names == ["Phường Hoà Thuỷ", "Phường Trúc Bạch"]


def test_decomposed_text():
    page = pages(habit="decomposed")["commune"]
    assert page.body[0][1] == "Phu\u031bo\u031b\u0300ng Ho\u0300a Thu\u0309y"


@pytest.mark.parametrize(
    ("habit", "first_cells"),
    [
        ("total_first", ["Kết quả thực hiện tại cấp xã", "", "Mã ĐVHC", "TỔNG SỐ", "00004", "00006"]),
        ("section_row", ["Kết quả thực hiện tại cấp xã", "", "Mã ĐVHC", "I", "00004", "00006", "Tổng cộng"]),
        ("index_row", ["Kết quả thực hiện tại cấp xã", "", "Mã ĐVHC", "A", "00004", "00006", "Tổng cộng"]),
        ("reversed_columns", ["Kết quả thực hiện tại cấp xã", "", "Ghi chú", None, None, None]),
    ],
)
def test_rows_in_an_office_s_own_order(habit, first_cells):
    grid = pages(habit=habit)["commune"].grid
    assert [row[0] for row in grid][: len(first_cells)] == first_cells


def test_extra_column_is_planted():
    page = pages(habit="extra_column")["commune"]
    assert page.header[-1] == Spoilt("Diện tích (km2)", "extra_column")
    assert [row[-1] for row in page.body] == [3.5, 3.5]
