"""The bulletin before the end, at the end and with returns missing: what it says, and of whom."""

from datetime import date
from pathlib import Path

import pytest
from page_text import Page, spoilt

from bulletin.published import part_rows
from schemas.published.snapshot import reading

ALL_KNOWN = (
    "UPDATE marts.progress_by_district SET communes_remaining = coalesce(communes_remaining, 0), "
    "thon_remaining = coalesce(thon_remaining, 0), tdp_remaining = coalesce(tdp_remaining, 0)",
    "UPDATE marts.countdown SET communes_unreported = 0, villages_unreported = 0",
)
PACED = (
    "UPDATE marts.forecast SET outcome = 'forecast', pace = 2.5, reason = NULL, reason_en = NULL, "
    "expected_period = '2021-11', earliest_period = '2021-11', latest_period = '2021-11'"
)
COMPLETE = (
    "DELETE FROM marts.remaining_communes",
    "DELETE FROM marts.remaining_villages",
    "UPDATE marts.completion SET is_complete = true, completed_period = '2021-04'",
)
NO_RETURN_IN_APRIL = "UPDATE marts.submissions SET is_effective = false WHERE period = '2021-04'"


def test_a_district_without_a_return_is_unknown_and_not_counted_as_zero_petitions(board: Path) -> None:
    read = Page((board / "index.html").read_text(encoding="utf-8"))
    assert read.tables["petitions"][1:] == [
        ["Khiếu nại chưa rõ ở 29 quận, huyện", "1", "1", "0"],
        ["Tố cáo chưa rõ ở 29 quận, huyện", "0", "0", "0"],
        ["Kiến nghị chưa rõ ở 29 quận, huyện", "0", "0", "0"],
    ]


def test_sums_of_some_districts_say_of_how_many(board: Path) -> None:
    text = Page((board / "index.html").read_text(encoding="utf-8")).text
    assert "Đến nay mới có báo cáo của 1/30 quận, huyện, thị xã; ở đó còn" in text
    assert text.count("Mới có số liệu của 1/30 quận, huyện, thị xã.") == 2
    assert "Nét đứt" not in text


def test_sums_of_all_districts_say_nothing_of_it(candidate: Path, tmp_path: Path) -> None:
    text = spoilt(candidate, tmp_path, *ALL_KNOWN).text
    assert "Còn 1 xã, phường, thị trấn và 1 thôn, tổ dân phố chưa hoàn thành." in text
    assert "Đến nay mới có" not in text


def test_always_in_time_is_whoever_owed_something_and_was(candidate: Path, tmp_path: Path) -> None:
    waiting = "UPDATE marts.submission_compliance SET state = 'not_due' WHERE district_code <> '001'"
    found = spoilt(candidate, tmp_path, waiting)
    assert "1 quận, huyện, thị xã luôn đúng hạn, không ghi ở đây." in found.text
    assert "29 quận, huyện, thị xã chưa đến hạn báo cáo nào." in found.text
    assert "returns" not in found.tables


def test_a_finished_level_is_named_once_and_left_out_of_what_remains(candidate: Path, tmp_path: Path) -> None:
    text = spoilt(
        candidate,
        tmp_path,
        *ALL_KNOWN,
        PACED,
        "UPDATE marts.countdown SET communes_remaining = 0 WHERE period = '2021-04'",
        "UPDATE marts.forecast SET outcome = 'completed', expected_period = '2021-04' "
        "WHERE unit_level = 'commune'",
    ).text
    assert "Còn 1 thôn, tổ dân phố chưa hoàn thành. Cấp xã: đã hoàn thành từ kỳ 4/2021." in text
    assert "bình quân mỗi kỳ giảm 2,5 thôn, tổ dân phố." in text


@pytest.mark.parametrize(
    ("latest", "said"),
    [
        ("2021-11", "xong trong kỳ 11/2021 (các bình quân ba kỳ từng có đều cho kỳ này)."),
        ("2022-01", "xong trong kỳ 11/2021 (khoảng dự báo 11/2021 – 1/2022)."),
    ],
)
def test_an_interval_without_width_is_no_interval(
    candidate: Path, tmp_path: Path, latest: str, said: str
) -> None:
    found = spoilt(candidate, tmp_path, PACED, f"UPDATE marts.forecast SET latest_period = '{latest}'")
    assert said in found.text
    assert ("Vùng nhạt" in found.text) == (latest != "2021-11")
    assert "nhịp nhanh nhất và chậm nhất mà cách tính này từng cho. Đây không phải cam kết." in found.text


def test_figures_of_an_earlier_period_are_marked_and_the_first_period_never(
    candidate: Path, tmp_path: Path
) -> None:
    found = spoilt(
        candidate,
        tmp_path,
        NO_RETURN_IN_APRIL,
        "UPDATE marts.submission_compliance SET state = 'rejected' WHERE district_code = '001'",
    )
    assert "1 quận, huyện, thị xã chưa có báo cáo kỳ này nên giữ số liệu kỳ trước, đánh dấu †." in found.text
    assert "Quận Ba Đình †" in found.column("districts", 0)
    assert "Quận Hoàn Kiếm" in found.column("districts", 0)
    returns = {row[0]: row[1:] for row in found.tables["returns"]}
    assert returns["Ba Đình"] == ["Bị trả lại", "Bị trả lại †"]
    assert returns["Hoàn Kiếm"] == ["Chưa nộp", "Chưa nộp"]


def test_a_unit_carried_forward_says_from_which_period(candidate: Path, tmp_path: Path) -> None:
    carried = "SET is_carried_forward = true, last_reported_period = '2021-03'"
    found = spoilt(candidate, tmp_path, f"UPDATE marts.remaining_villages {carried}")
    assert " ".join(found.column("remaining", 0)[1].split()) == (
        "Tổ dân phố 3 † Phường Trúc Bạch số liệu kỳ 3/2021"
    )


def test_evidence_ends_with_the_report_that_says_the_state_now(board: Path) -> None:
    text = Page((board / "evidence.html").read_text(encoding="utf-8")).text
    assert "Báo cáo gần nhất: kỳ 4/2021 báo cáo 001-20210504-4c859d57, lần nộp 1" in text
    assert "Kết quả thực hiện tại cấp xã (01_CapXa), ô H3 SHA-256 bb" in text
    assert "2 báo cáo có hiệu lực Kỳ 4/2021 Nhận một phần báo cáo 001-20210504-4c859d57" in text


def test_the_reconciliation_names_its_period_and_the_sign_of_a_share(board: Path) -> None:
    read = Page((board / "index.html").read_text(encoding="utf-8"))
    assert "Đối chiếu với số đã công bố ngày 24/03/2021, tính tại kỳ 3/2021 (kỳ gốc)" in read.text
    (share,) = (row for row in read.tables["reconciliation"] if row[0].startswith("Tỷ lệ giảm"))
    assert share[1:3] == ["44,2\xa0%", "43,103\xa0%"]
    assert "hiện nay" not in " ".join(read.column("reconciliation", 0))


def test_the_end_tells_where_the_units_came_from_and_the_rest_of_the_story(
    candidate: Path, tmp_path: Path
) -> None:
    reopened = (
        "INSERT INTO marts.unit_history BY NAME SELECT * REPLACE ('2021-04' AS period, "
        "'completed' AS status_from, 'in_progress' AS status_to) "
        "FROM marts.unit_history WHERE unit_id = '00001'",
        "INSERT INTO marts.unit_history BY NAME SELECT * REPLACE ('2021-05' AS period, "
        "'in_progress' AS status_from, 'completed' AS status_to, NULL AS decision_no) "
        "FROM marts.unit_history WHERE unit_id = '00001' AND period = '2021-04'",
    )
    text = spoilt(candidate, tmp_path, *ALL_KNOWN, *COMPLETE, *reopened).text
    assert "2 đơn vị đã lần lượt hoàn thành: 1 đơn vị tồn đọng từ kỳ gốc và 1 đơn vị phát sinh lại." in text
    assert "1 đơn vị không ghi ngày hoặc số quyết định. Chậm nhất là kỳ 4/2021 (1 đơn vị hoàn thành)." in text
    assert "giảm từ 58 còn 33 (43,10 %); 1 trên 2 vị trí đã có người." in text
    assert "nhận 2, giải quyết 2, còn 0. Thiếu số liệu đơn thư của 58 báo cáo kỳ." in text


def test_each_unit_with_its_decision_is_said_only_where_it_is_so(candidate: Path, tmp_path: Path) -> None:
    assert "Mỗi đơn vị có ngày và số quyết định." in spoilt(candidate, tmp_path, *COMPLETE).text


def test_the_months_before_a_baseline_quarter_end_where_it_begins(candidate: Path, tmp_path: Path) -> None:
    spoilt(
        candidate,
        tmp_path,
        "UPDATE marts.countdown SET period = '2021-Q3' WHERE period = '2021-03'",
        "DELETE FROM marts.countdown WHERE period = '2021-04'",
    )
    with reading(tmp_path / "changed.duckdb") as reader:
        assert max(row["ends_on"] for row in part_rows(reader, "decided")) == date(2021, 6, 30)
