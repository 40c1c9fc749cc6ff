"""The Board's pages: every figure is the tables', every word is a reader's, equal tables give equal files."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from page_text import Page, spoilt

import bulletin
from bulletin.charts import forecast_chart
from bulletin.language import LOCALE, language
from bulletin.published import OutdatedRelease
from bulletin.release_files import write_bulletin
from schemas.published.tables import TABLES

PAGES = ("index.html", "index.en.html", "evidence.html", "evidence.en.html")
SOURCE = Path(bulletin.__file__).parent


def page(board: Path, name: str = "index.html") -> Page:
    return Page((board / name).read_text(encoding="utf-8"))


def test_the_answer_comes_first_with_the_period_before(board: Path) -> None:
    text = page(board).text
    assert (
        "Đến nay mới có báo cáo của 1/30 quận, huyện, thị xã; "
        "ở đó còn 1 xã, phường, thị trấn và 1 thôn, tổ dân phố chưa hoàn thành." in text
    )
    assert (
        "Xã, phường, thị trấn còn lại (1/30 quận, huyện, thị xã) "
        "1 trên tổng 579, chưa báo cáo 577 · kỳ trước 1" in text
    )
    assert (
        "Thôn, tổ dân phố còn lại (1/30 quận, huyện, thị xã) 1 trên tổng 3, chưa báo cáo 1 · kỳ trước 2"
        in text
    )
    assert "Báo cáo đúng hạn 1/30 muộn 0, chưa có 29 · kỳ trước 1/30" in text
    assert "578 đơn vị chưa có báo cáo nào được nhận." in text
    assert "SỐ LIỆU MÔ PHỎNG – không phải số liệu do các quận, huyện, thị xã báo cáo" in text


def test_a_district_has_its_figures_and_one_that_never_reported_has_dashes(board: Path) -> None:
    rows = {row[0]: row[1:] for row in page(board).tables["districts"]}
    assert rows["Quận Ba Đình"] == ["1", "0", "1", "58", "33", "43,10\xa0%", "2", "1", "Đúng hạn"]
    assert rows["Quận Hoàn Kiếm"] == ["—"] * 8 + ["Chưa nộp"]
    assert rows["Toàn thành phố (1/30 quận, huyện, thị xã)"] == [
        "1",
        "0",
        "1",
        "58",
        "33",
        "43,10\xa0%",
        "2",
        "1",
        "1/30",
    ]


@pytest.mark.parametrize(
    ("before", "now", "share"),
    [(1185, 694, "41,43\xa0%"), (729, 444, "39,09\xa0%"), (20000, 11713, "41,44\xa0%")],
)
def test_a_share_is_that_of_a_calculator(
    candidate: Path, tmp_path: Path, before: int, now: int, share: str
) -> None:
    found = spoilt(
        candidate,
        tmp_path,
        f"UPDATE marts.staffing SET people_before = {before}, people_now = {now}, "
        f"reduction_pct = 100.0 * ({before} - {now}) / {before} WHERE district_code = '001'",
    )
    assert {row[0]: row[6] for row in found.tables["districts"]}["Quận Ba Đình"] == share
    assert found.tables["districts"][-1][6] == share


def test_the_remaining_units_stand_by_name_with_obstacle_owner_and_both_dates(board: Path) -> None:
    header, ward, group = page(board).tables["remaining"]
    assert header[0] == "Đơn vị"
    assert ward[:2] == ["Phường Trúc Bạch", "Ba Đình"]
    assert ward[2].split() == ["Khác", "Chờ", "quyết", "định", "Địa", "bàn:", "đông", "dân,", "tôn", "giáo"]
    assert ward[3:5] == ["=HYPERLINK(1)", "Chủ tịch"]
    assert ward[5].split() == ["31/07/2021", "đã", "lùi", "hạn", "1", "lần", "dự", "báo", "—"]
    assert group[0].split() == ["Tổ", "dân", "phố", "3", "Phường", "Trúc", "Bạch"]


def test_evidence_names_file_sheet_cell_decision_day_and_hash(board: Path) -> None:
    text = page(board, "evidence.html").text
    assert "Tổ dân phố 2, Phường Trúc Bạch mã 00004-002" in text
    assert "Kỳ 4/2021: Hoàn thành ; hoàn thành ngày 20/04/2021 theo quyết định số =1+1/QĐ-UBND" in text
    place = "Kết quả thực hiện tại thôn, tổ dân phố (02_ThonTDP), ô I3 SHA-256 bb"
    assert f"lần nộp 1, nhận 04/05/2021 00:00; {place}" in text
    linked = re.findall(
        r'href="evidence\.html#(u-[\d-]+)"', (board / "index.html").read_text(encoding="utf-8")
    )
    anchors = re.findall(r'id="(u-[\d-]+)"', (board / "evidence.html").read_text(encoding="utf-8"))
    assert set(linked) == {"u-00004", "u-00004-002", "u-00004-003"} == set(anchors)


def test_when_nothing_remains_the_page_says_so_and_lists_every_unit_with_its_decision(
    candidate: Path, tmp_path: Path
) -> None:
    found = spoilt(
        candidate,
        tmp_path,
        "DELETE FROM marts.remaining_communes",
        "DELETE FROM marts.remaining_villages",
        "UPDATE marts.completion SET is_complete = true, completed_period = '2021-04'",
    )
    assert "Đã hoàn thành: không còn xã, phường, thị trấn, thôn, tổ dân phố nào" in found.text
    assert "Kỳ 4/2021 là kỳ đầu tiên không còn đơn vị nào" in found.text
    assert found.column("finished", 3) == ["20/04/2021"]
    assert found.column("finished", 4) == ["=1+1/QĐ-UBND"]
    assert {"remaining", "forecast", "obstacles"}.isdisjoint(found.tables)


def test_before_the_first_return_the_page_says_that_nothing_is_known(candidate: Path, tmp_path: Path) -> None:
    emptied = [
        f"DELETE FROM marts.{t.name}" for t in TABLES if t.name not in {"release", "completion", "districts"}
    ]
    found = spoilt(
        candidate,
        tmp_path,
        *emptied,
        "UPDATE marts.release SET latest_period = NULL, is_simulated = false",
        "UPDATE marts.completion SET latest_period = NULL",
    )
    assert "Chưa có báo cáo nào được nhận, nên chưa có số liệu." in found.text
    assert "MÔ PHỎNG" not in found.text


def test_the_truncated_percentage_is_explained(board: Path) -> None:
    assert "14.583 / 32.933 = 44,281 %; làm tròn một chữ số là 44,3 %, cắt bỏ là 44,2 %" in page(board).text
    assert (
        "14,583 / 32,933 = 44.281%; rounded to one decimal it is 44.3%" in page(board, "index.en.html").text
    )


def test_the_english_page_has_the_same_figures(board: Path) -> None:
    vietnamese, english = page(board), page(board, "index.en.html")
    assert (
        "1 of 30 districts have reported so far; not finished there: 1 commune and 1 village" in english.text
    )
    assert english.tables.keys() == vietnamese.tables.keys()
    for table in ("countdown", "people", "posts"):
        cells = [cell for row in english.tables[table][1:] for cell in row[1:]]
        theirs = [cell for row in vietnamese.tables[table][1:] for cell in row[1:]]
        assert [re.sub(r"\D", "", c) for c in cells] == [re.sub(r"\D", "", c) for c in theirs]


@pytest.mark.parametrize("name", PAGES)
def test_no_machine_words_no_script_no_other_host_and_no_heavy_page(board: Path, name: str) -> None:
    html = (board / name).read_text(encoding="utf-8")
    # The tabs of the form are called so, and are looked for by that name.
    text = re.sub(r"\b0\d_[A-Z][A-Za-z]+\b", "", page(board, name).text)
    assert re.findall(r"\b(?:nan|NaN|None|null|NaT|undefined)\b|_|%\(", text) == []
    assert re.findall(r"\w[.;:)][A-ZĐ]\w*|[a-zà-ỹ][.;]\d+", text) == []
    assert re.findall(r"<script|\bon\w+=|@import|<img|<iframe", html) == []
    assert re.findall(r"""(?:href|src)=["']?(?:https?:)?//""", html) == []
    assert len(html.encode()) < 400_000


def test_the_two_languages_are_told_to_screen_readers(board: Path) -> None:
    assert '<html lang="vi">' in (board / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in (board / "index.en.html").read_text(encoding="utf-8")


def test_every_sentence_of_the_templates_is_translated_and_none_is_left_over() -> None:
    options = {
        "template/**.*": {"trimmed": "true", "newstyle_gettext": "true", "extensions": "jinja2.ext.do"}
    }
    methods = [("template/**.*", "jinja2.ext.babel_extract"), ("**.py", "python")]
    # The extractor marks what a template escaped for its formatting.
    asked = {
        message[0] if isinstance(message, tuple) else message
        for _, _, message, _, _ in extract_from_dir(SOURCE, methods, options)
    }
    with (LOCALE / "en" / "LC_MESSAGES" / "bulletin.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id]
    known = {entry.id[0] if isinstance(entry.id, tuple) else entry.id: entry for entry in entries}
    assert set(known) == asked
    assert [name for name, entry in known.items() if entry.fuzzy or not all(_texts(entry.string))] == []


def _texts(string: object) -> list[str]:
    return list(string) if isinstance(string, tuple) else [str(string)]


def test_equal_tables_give_equal_files(candidate: Path, board: Path, tmp_path: Path) -> None:
    write_bulletin(candidate, tmp_path, None)
    files = sorted(str(file.relative_to(board)) for file in board.rglob("*") if file.is_file())
    assert {f"csv/{table.name}.csv" for table in TABLES} < set(files)
    assert [name for name in files if (board / name).read_bytes() != (tmp_path / name).read_bytes()] == []


def test_csv_holds_the_table(board: Path) -> None:
    lines = (board / "csv" / "countdown.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("period,communes_remaining,thon_remaining,tdp_remaining")
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["2021-03", "1", "0", "2"],
        ["2021-04", "1", "0", "1"],
    ]


def test_the_pdf_brings_the_font_of_the_page(board: Path) -> None:
    paper = (board / "bulletin.pdf").read_bytes()
    assert paper.startswith(b"%PDF-")
    assert b"BeVietnamPro-Regular" in paper


def test_tables_of_another_version_are_refused_by_name(candidate: Path, tmp_path: Path) -> None:
    old = Path(shutil.copyfile(candidate, tmp_path / "old.duckdb"))
    with duckdb.connect(str(old)) as writer:
        writer.execute("ALTER TABLE marts.unit_history DROP COLUMN cell")
    with pytest.raises(OutdatedRelease, match=r"unit_history\.cell"):
        write_bulletin(old, tmp_path, None)


def test_a_forecast_is_drawn_only_where_there_is_one() -> None:
    countdown = [
        {"period": period, "communes_remaining": number, "villages_remaining": number}
        for period, number in (("2021-03", 9), ("2021-04", 6), ("2021-05", 3))
    ]
    unknown = {"outcome": "unknown", "expected_period": None, "earliest_period": None, "latest_period": None}
    certain = dict.fromkeys(("expected_period", "earliest_period", "latest_period"), "2021-06")
    drawn = forecast_chart(language("vi"), countdown, {"outcome": "forecast", **certain}, "commune")
    assert "stroke-dasharray" in drawn
    assert "stroke-dasharray" not in forecast_chart(language("vi"), countdown, unknown, "commune")
    assert [f">{number}<" in drawn for number in (9, 6, 3)] == [True] * 3


def test_the_bulletin_knows_published_tables_only() -> None:
    imported = {
        name.partition(".")[0]
        for file in SOURCE.glob("*.py")
        for name in re.findall(
            r"^\s*(?:from|import) ([\w.]+)", file.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert imported.isdisjoint({"flows", "tasks", "warehouse"})
