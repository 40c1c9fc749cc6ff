"""What the gate refuses and may pass all the same: rows a waiver covers, and that it is said everywhere."""

import json
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from flows.artifacts import waiver_rows
from schemas.exceptions import Waiver
from schemas.expectations.results import ExpectationResult, WaiverInForce
from tasks.exceptions import record_exception
from tasks.gate import gate
from tasks.gate_report import print_waived
from tasks.release import draw, release
from tasks.waivers import waive
from tests.small_warehouse import NOW, build_candidate, fill, settings_for
from warehouse.connection import open_warehouse

UNTIL = datetime(2021, 6, 30, 23, 59, 59)
DISTRICT_OF = {"00004": "001", "10282": "280"}
ROWS = {
    "by district": {"subject": "2021-04 · 001 · X01", "expected": 2, "actual": 3},
    "by unit": {"subject": "00004-002", "expected": 0, "actual": 1},
    "by submission": {"subject": "001-20210403-0a1b2c3d · 02_ThonTDP", "expected": 5, "actual": 4},
    "of another": {"subject": "2021-04 · 280 · X01", "expected": 2, "actual": 3},
    "of the city": {"subject": "2021-04", "expected": 2, "actual": 3},
}


def failed(*rows: str) -> ExpectationResult:
    words = dict.fromkeys(("table", "vi", "en", "remedy_vi", "remedy_en", "expected", "observed"), "–")
    found = [ROWS[name] for name in rows]
    return ExpectationResult(name="posts_add_up", success=False, severity="critical", rows=found, **words)


def waiver(district: str | None = None, unit: str | None = None, of: str = "posts_add_up") -> WaiverInForce:
    return WaiverInForce("waiver-1", of, district, unit, "Sáp nhập", "Sở Nội vụ", UNTIL)


@pytest.mark.parametrize(
    ("granted", "covered"),
    [
        (waiver(), set(ROWS)),
        (waiver(district="001"), {"by district", "by unit", "by submission"}),
        (waiver(district="280"), {"of another"}),
        (waiver(unit="00004-002"), {"by unit"}),
        (waiver(unit="00004-003"), set()),
        (waiver(of="petitions_balance"), set()),
    ],
)
def test_a_waiver_covers_the_rows_it_is_for(granted: WaiverInForce, covered: set[str]) -> None:
    (result,) = waive([failed(*ROWS)], [granted], DISTRICT_OF)

    assert result.waived_rows == [row for name, row in ROWS.items() if name in covered]
    assert result.rows == [row for name, row in ROWS.items() if name not in covered]
    assert result.waivers == ([granted] if covered else [])
    assert (result.success, result.is_blocking) == (False, covered != set(ROWS))


def test_several_waivers_together_may_cover_all() -> None:
    both = [waiver(district="001"), waiver(district="280")]

    (result,) = waive([failed("by unit", "of another")], both, DISTRICT_OF)

    assert (result.is_blocking, result.waivers) == (False, both)


def test_what_fails_as_a_whole_is_covered_by_a_waiver_for_all_only() -> None:
    (narrow,) = waive([failed()], [waiver(district="001")], DISTRICT_OF)
    (whole,) = waive([failed()], [waiver()], DISTRICT_OF)

    assert (narrow.is_blocking, whole.is_blocking) == (True, False)


def test_the_gate_passes_what_is_waived_and_says_so_everywhere(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "home")
    hanoi = NOW.tzinfo
    record_exception(
        settings,
        Waiver(
            expectation="posts_add_up",
            district_code="001",
            reason="Đang đối chiếu <biên bản>",
            granted_by="Ban Tổ chức Thành ủy",
            granted_at=datetime(2021, 5, 9, tzinfo=hanoi),
            expires_at=UNTIL.replace(tzinfo=hanoi),
        ),
    )
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        fill(warehouse, settings)
        candidate = build_candidate(warehouse, settings, "run-1")
        with duckdb.connect(str(candidate)) as spoilt:
            spoilt.execute("UPDATE marts.posts SET posts_vacant = 0")
        result = gate(warehouse, candidate, settings, "run-1", NOW)
        [(success, observed)] = warehouse.execute(
            "SELECT success, observed FROM ledger.expectation_result WHERE expectation = 'posts_add_up'"
        ).fetchall()
        draw(candidate, settings)
        release(warehouse, candidate, settings, "run-1")

    (waived,) = result.waived
    assert (result.success, waived.name, waived.is_waived) == (True, "posts_add_up", True)
    assert success is False
    assert json.loads(observed)["waivers"][0]["reason"] == "Đang đối chiếu <biên bản>"
    page = (settings.runs / "run-1" / "quality.html").read_text(encoding="utf-8")
    for part in (
        "1 kỳ vọng không đạt được cho phép bỏ qua",
        "Đang đối chiếu &lt;biên bản&gt;",
        "30/06/2021 23:59",
    ):
        assert part in page
    assert waiver_rows(result.waived) == [
        {
            "expectation": "posts_add_up",
            "rows": len(waived.waived_rows),
            "waiver": waived.waivers[0].exception_id,
            "reason": "Đang đối chiếu <biên bản>",
            "granted-by": "Ban Tổ chức Thành ủy",
            "through": "30/06/2021 23:59",
        }
    ]
    with (tmp_path / "said").open("w+", encoding="utf-8") as said:
        print_waived(result.waived, Console(file=said, width=200))
        said.seek(0)
        assert f"waived ({waived.waivers[0].exception_id}): Đang đối chiếu <biên bản>" in said.read()
    with duckdb.connect(str(settings.snapshot), read_only=True) as published:
        assert published.execute("SELECT kind, state, expectation FROM marts.exceptions").fetchall() == [
            ("waiver", "in_force", "posts_add_up")
        ]
