"""The release as a reader meets it: served on loopback, read in a real Chromium, judged by axe-core."""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from page_text import Page as Read
from playwright.sync_api import Browser, Page, sync_playwright

from bulletin.language import language
from flows.given import settings_for
from flows.serve import release_server
from tests.demonstration import Demo

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# The first release has everything still to be done, the latest has nothing left.
PAGES = (
    *((0, "index.en.html"), (-1, "index.html"), (0, "evidence.html")),
    *((-1, "quality.html"), (-1, "dictionary.html")),
)
VI = language("vi")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here: apt-get install chromium, then these tests run"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        # Chromium refuses to run as root with its sandbox; a test machine's user may be root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(demo: Demo) -> Iterator[str]:
    server = release_server(settings_for(demo.home), port=0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def at(demo: Demo, address: str, release: int, name: str = "index.html") -> str:
    return f"{address}/{demo.releases()[release].name}/{name}"


@pytest.mark.parametrize(("release", "name"), PAGES)
def test_a_page_loads_alone_and_axe_finds_nothing(
    address: str, page: Page, demo: Demo, release: int, name: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(at(demo, address, release, name))
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(address).netloc}
    assert said == []
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    # The page's own policy forbids scripts, so axe comes in through the debugger, which no policy binds.
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    # Contrast is judged on the other pages, in the same colours: a thousand cells take half a minute.
    rules = {"color-contrast": {"enabled": "dictionary" not in page.url}}
    report = "found => found.violations.map(v => v.id + ' ' + v.nodes[0].html)"
    expression = f"axe.run({{rules: {json.dumps(rules)}}}).then({report})"
    asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    return [str(found) for found in debugger.send("Runtime.evaluate", asked)["result"]["value"]]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_makes_the_page_scroll_sideways(address: str, page: Page, demo: Demo, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(at(demo, address, 0))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_font_is_the_pages_own(address: str, page: Page) -> None:
    page.goto(f"{address}/")
    page.evaluate("document.fonts.ready")
    faces = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.weight)")
    assert sorted(faces) == ["400", "600"]


def test_a_keyboard_reaches_content_tables_and_proof(address: str, page: Page, demo: Demo) -> None:
    page.goto(at(demo, address, 0))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    page.focus("summary")
    page.keyboard.press("Enter")
    assert page.locator("#countdown").is_visible()
    page.focus("#remaining a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence.html#u-*")
    proof = page.locator(":target").inner_text()
    assert "SHA-256" in proof
    assert "Kỳ 3/2021" in proof


def test_the_other_language_is_one_click_away(address: str, page: Page) -> None:
    page.goto(f"{address}/")
    page.click("text=English")
    assert page.locator("h1").inner_text() == "Scheme 21 bulletin"
    page.click("text=Tiếng Việt")
    assert page.locator("h1").inner_text() == "Bản tin Đề án 21"


def test_every_figure_of_the_tables_is_on_the_page(address: str, page: Page, demo: Demo) -> None:
    page.goto(f"{address}/")
    read = Read(page.content())
    assert _cells(read, "countdown") == _shown(
        demo.rows("SELECT * FROM countdown ORDER BY period"),
        *("communes_remaining", "thon_remaining", "tdp_remaining"),
        *("completed_in_period", "reopened_in_period"),
    )
    districts = demo.rows(
        "SELECT * FROM progress_by_district JOIN staffing USING (period, district_code) "
        "JOIN release ON release.latest_period = progress_by_district.period ORDER BY district_code"
    )
    shown = _shown(
        districts, "communes_remaining", "thon_remaining", "tdp_remaining", "people_before", "people_now"
    )
    assert _cells(read, "districts")[:-1] == shown
    people = [sum(int(row[name]) for row in districts) for name in ("people_before", "people_now")]
    assert read.tables["districts"][-1][4:7] == [*map(VI.number, people), share(*people)]
    assert read.column("districts", 6)[:-1] == [
        share(row["people_before"], row["people_now"]) for row in districts
    ]
    decided = demo.rows(
        "SELECT decision_no FROM unit_history WHERE status_from <> 'completed' AND status_to = 'completed' "
        "ORDER BY decision_no"
    )
    assert sorted(read.column("finished", 4)) == [row["decision_no"] for row in decided]


def test_at_the_start_all_22_communes_and_49_villages_stand_by_name(
    address: str, page: Page, demo: Demo
) -> None:
    page.goto(at(demo, address, 0))
    answer = "Còn 22 xã, phường, thị trấn và 49 thôn, tổ dân phố chưa hoàn thành."
    assert page.inner_text("h2.answer") == answer
    assert len(Read(page.content()).column("remaining", 0)) == 22 + 49


def share(before: int, now: int) -> str:
    """How many fewer per cent, by whole numbers alone, a half rounded up."""
    hundredths = (2 * 10_000 * (before - now) + before) // (2 * before)
    return f"{hundredths // 100},{hundredths % 100:02}\xa0%"


def _cells(read: Read, table: str) -> list[list[str]]:
    return [row[1:6] for row in read.tables[table][1:]]


def _shown(rows: list[dict[str, Any]], *names: str) -> list[list[str]]:
    return [[VI.number(row[name]) for name in names] for row in rows]


def test_only_what_was_released_is_served(address: str, page: Page, demo: Demo) -> None:
    run_id = demo.releases()[-1].name
    for path, status in {
        f"/{run_id}/scheme21.xlsx": 200,
        f"/{run_id}/": 404,
        f"/{run_id}/../../warehouse.duckdb": 404,
        "/%2e%2e/warehouse.duckdb": 404,
        "/nothing": 404,
    }.items():
        assert page.request.get(f"{address}{path}").status == status, path
    assert page.request.post(f"{address}/").status == 405
