"""The quality page: one offline file that says what was judged, what failed and how to mend it."""

import re
from datetime import datetime
from html.parser import HTMLParser

from small_warehouse import NOW

from schemas.detection import detection_scores
from schemas.expectations.results import ExpectationResult, GateResult
from schemas.faults import faults_of
from tasks.quality_history import QualityHistory
from tasks.quality_page import quality_page, shown

PASSED = ExpectationResult(
    name="posts_add_up",
    success=True,
    table="posts",
    severity="critical",
    vi="Vị trí đã bố trí + còn trống = phải bố trí",
    en="Posts filled + vacant = required",
    remedy_vi="Kiểm tra câu lệnh.",
    remedy_en="Look at the SELECT.",
    expected="ExpectColumnPairValuesToBeEqual(column_A=expected, column_B=actual)",
    observed="xét 2 dòng, 0 dòng không đạt / 2 rows judged, 0 fail",
)
FAILED = ExpectationResult(
    name="completions_have_evidence",
    success=False,
    table="unit_history",
    severity="critical",
    vi="Không đơn vị nào hoàn thành mà thiếu minh chứng",
    en="Nothing completes without evidence",
    remedy_vi="Đơn vị nêu tên phải trở lại danh sách còn lại.",
    remedy_en="The unit named must go back.",
    expected="ExpectColumnPairValuesToBeEqual(column_A=expected, column_B=actual)",
    observed="xét 3 dòng, 1 dòng không đạt / 3 rows judged, 1 fail",
    rows=[
        {"subject": "<script>alert(1)</script>", "completed_on": datetime(2021, 4, 20), "decision_no": None}
    ],
)


HISTORY = QualityHistory(
    runs=[
        {
            **{"run_id": "run-0", "started_at": datetime(2021, 4, 6, 7), "as_known_at": datetime(2021, 4, 5)},
            **{"outcome": "refused", "submissions": 30, "expectations": 41, "failing": 1},
            "failing_names": "posts_add_up",
        }
    ],
    faults=[{"fault": "reopened", "severity": "warning", "findings": 2, "submissions": 1, "open": 0}],
)


class _Elements(HTMLParser):
    """Collects what could fetch or run something, and what never closes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.references: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.references += [value or "" for name, value in attrs if name in {"src", "href", "action"}]
        if tag not in {"meta", "br", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page_of(*results: ExpectationResult, is_simulated: bool = False) -> str:
    result = GateResult(not any(r.is_blocking for r in results), list(results))
    return quality_page(result, HISTORY, "run-1", NOW, is_simulated=is_simulated)


def test_the_page_is_whole_and_asks_no_other_host_for_anything() -> None:
    page = page_of(PASSED, FAILED)
    elements = _Elements()
    elements.feed(page)
    assert elements.open == []
    assert elements.references == ["data:,", "#completions_have_evidence"]
    assert {"script", "img", "iframe"}.isdisjoint(elements.tags)
    assert re.findall(r"https?://|url\(|@import", page) == []
    assert '<html lang="vi">' in page


def test_a_failing_row_is_shown_escaped_with_its_mend_in_both_languages() -> None:
    page = page_of(PASSED, FAILED)
    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>20/04/2021</td><td>—</td>" in page
    assert "Đơn vị nêu tên phải trở lại danh sách còn lại." in page
    assert "The unit named must go back." in page
    assert "Không đạt: giữ nguyên bản đang công bố" in page
    assert "2 kỳ vọng, 1 không đạt" in page


def test_earlier_runs_findings_by_fault_and_the_detection_score_stand_below() -> None:
    page = page_of(PASSED)
    assert "<td>06/04/2021 07:00</td><td><code>run-0</code></td><td>05/04/2021</td>" in page
    assert "<td>1 <code>posts_add_up</code></td>" in page
    assert "<td><code>warning</code></td><td>2</td><td>1</td><td>0</td>" in page
    assert [score.fault for score in detection_scores()] == list(faults_of("return"))
    assert "1980 trên 1980, báo nhầm 0" in page


def test_a_page_without_failures_says_so() -> None:
    page = page_of(PASSED)
    assert "Đạt: được công bố" in page
    assert "Cần xử lý" not in page


def test_simulated_data_says_so_and_real_data_does_not() -> None:
    assert "SỐ LIỆU MÔ PHỎNG" in page_of(PASSED, is_simulated=True)
    assert "MÔ PHỎNG" not in page_of(PASSED)


def test_values_are_shown_as_readers_write_them() -> None:
    assert [shown(v) for v in (None, 0, "001", datetime(2021, 3, 24), datetime(2021, 3, 24, 9, 5))] == [
        "—",
        "0",
        "001",
        "24/03/2021",
        "24/03/2021 09:05",
    ]
