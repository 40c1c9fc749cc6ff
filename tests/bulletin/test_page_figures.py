"""Every figure of the page is that of a published table, read again from there and counted in another way."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_text import Page

from bulletin.language import language
from flows.published import open_published
from schemas.rows import rows_of
from schemas.vocabularies import OBLIGATION_STATE, PETITION_KIND
from tests.demonstration import Demo

VI = language("vi")
Rows = list[dict[str, Any]]


class Release:
    """One release: its page as a reader sees it, beside its tables."""

    def __init__(self, folder: Path) -> None:
        self.html = (folder / "index.html").read_text(encoding="utf-8")
        self.page = Page(self.html)
        self.snapshot = folder / "scheme21.duckdb"
        self.latest = self.rows("SELECT latest_period FROM release")[0]["latest_period"]

    def rows(self, select: str) -> Rows:
        with open_published(self.snapshot) as reader:
            return rows_of(reader, select)

    def now(self, table: str) -> Rows:
        """The rows of a table for the latest period."""
        return [row for row in self.rows(f"FROM {table}") if row["period"] == self.latest]

    def cells(self, table: str) -> list[list[str]]:
        """The rows of a table of the page below its header; none when the page has no such table."""
        return self.page.tables.get(table, [[]])[1:]

    def remaining(self) -> Rows:
        """Communes and villages not completed, of one shape."""
        villages = self.rows("SELECT *, village_name AS unit_name FROM remaining_villages")
        return [
            *self.rows("SELECT *, commune_name AS unit_name FROM remaining_communes"),
            *villages,
        ]


@pytest.fixture(scope="module", params=[0, -1], ids=["everything to do", "nothing left"])
def release(request: pytest.FixtureRequest, demo: Demo) -> Release:
    return Release(demo.releases()[request.param])


def test_the_four_figures(release: Release) -> None:
    (last,) = release.now("countdown")
    states = Counter(row["state"] for row in release.now("submission_compliance"))
    figures = re.findall(r"<dd><b>(.*?)</b>", release.html)
    assert figures[0] == VI.number(last["communes_remaining"])
    assert figures[1] == VI.number(last["thon_remaining"] + last["tdp_remaining"])
    assert figures[3] == f"{states['on_time']}/{states.total() - states['exempt']}"
    (completion,) = release.rows("FROM completion")
    expected = [
        row["expected_period"] for row in release.rows("FROM forecast") if row["scenario"] == "recent_pace"
    ]
    known = None if None in expected else max(expected)
    assert figures[2] == VI.period(completion["completed_period"] or known)


def test_where_and_the_tiles(release: Release) -> None:
    short = {row["district_code"]: row["short_name"] for row in release.rows("FROM districts")}
    left = Counter(row["district_code"] for row in release.remaining())
    communes = Counter(row["district_code"] for row in release.rows("FROM remaining_communes"))
    table = {row[0].rstrip(" †"): row[1:3] for row in release.cells("where")}
    assert table == {
        short[code]: [str(communes[code]), str(number - communes[code])] for code, number in left.items()
    }
    tiles = dict(re.findall(r'<li class="\w+" style="[^"]*"><span>(.*?)</span> <b>(\w+|\?)', release.html))
    known = {row["district_code"] for row in release.now("progress_by_district") if row["villages_total"]}
    assert tiles == {
        name: (str(left[code]) if left[code] else "xong") if code in known else "?"
        for code, name in short.items()
    }


def test_the_remaining_units_and_their_obstacles(release: Release) -> None:
    units = release.remaining()
    cells = release.cells("remaining")
    assert sorted((_name(c[0]), c[3], c[4], c[5].split()[0]) for c in cells) == sorted(
        (
            " ".join(dict.fromkeys((unit["unit_name"], unit["commune_name"]))),
            unit["action"] or "—",
            unit["owner_role"] or "—",
            VI.day(unit["due_on"]),
        )
        for unit in units
    )
    assert Counter(VI.day(u["due_on"]) for u in units if u["is_overdue"]) == Counter(
        c[5][:10] for c in cells if "quá hạn" in c[5]
    )
    counted = Counter(unit["obstacle_code"] for unit in units).values()
    assert [int(row[1]) for row in release.cells("obstacles")] == sorted(counted, reverse=True)


def _name(cell: str) -> str:
    return " ".join(re.sub(r"†|số liệu kỳ \S+", "", cell).split())


def test_the_posts(release: Release) -> None:
    names = ("posts_required", "posts_filled", "posts_vacant", "posts_combined")
    sums: dict[str, Counter[str]] = {}
    for row in release.now("posts"):
        sums.setdefault(row["post_title"], Counter()).update({name: row[name] for name in names})
    shown = {row[0]: row[1:5] for row in release.cells("posts")}
    assert shown == {title: [VI.number(found[name]) for name in names] for title, found in sums.items()}


def test_the_returns(release: Release) -> None:
    short = {row["district_code"]: row["short_name"] for row in release.rows("FROM districts")}
    states: dict[str, dict[str, str]] = {}
    for row in release.rows("FROM submission_compliance"):
        states.setdefault(short[row["district_code"]], {})[VI.period(row["period"])] = row["state"]
    periods = release.page.tables.get("returns", [[""]])[0][1:]
    for name, *cells in release.cells("returns"):
        shown = {period: cell.rstrip(" †") for period, cell in zip(periods, cells, strict=True)}
        words = {period: OBLIGATION_STATE.label(state) for period, state in states[name].items()}
        assert {period: shown[period] for period in words if period in shown} == {
            period: words[period] for period in periods if period in words
        }
    troubled = {name for name, of in states.items() if {"late", "missing", "rejected"} & set(of.values())}
    assert {row[0] for row in release.cells("returns")} == troubled


def test_the_findings(release: Release) -> None:
    found = release.rows("FROM findings")
    places = sorted(row["cell"] for row in found if row["cell"])
    shown = [cell for row in release.cells("findings") for cell in re.findall(r"\b[A-Z]{1,2}\d+\b", row[2])]
    assert sorted(shown) == places


def test_the_petitions(release: Release) -> None:
    sums: dict[str, Counter[str]] = {kind: Counter() for kind in PETITION_KIND.codes}
    for row in release.now("petitions"):
        sums[row["petition_kind"]].update(
            {name: row[name] or 0 for name in ("received", "resolved", "closing")}
        )
    shown = [row[1:] for row in release.cells("petitions")]
    assert shown == [
        [VI.number(found[n]) for n in ("received", "resolved", "closing")] for found in sums.values()
    ]


@pytest.mark.parametrize("column", [1, 2])
def test_the_reconciliation(release: Release, column: int) -> None:
    name, digits = {1: ("published", 1), 2: ("computed", 3)}[column]
    written: dict[bool, Callable[[float], str]] = {
        True: lambda value: VI.percent(value, digits),
        False: lambda value: VI.number(value),
    }
    assert release.page.column("reconciliation", column) == [
        written[row["figure"].endswith("_pct")](row[name]) for row in release.rows("FROM reconciliation")
    ]


def test_the_forecast(release: Release) -> None:
    shown = [(row[2], row[3].split()[0]) for row in release.cells("forecast")]
    rows = release.rows("FROM forecast")
    (completion,) = release.rows("FROM completion")
    expected = [(VI.number(row["pace"], 1), VI.period(row["expected_period"])) for row in rows]
    assert shown == ([] if completion["is_complete"] else expected)
