"""What a hostile office wrote, wherever it is shown: it runs nowhere, computes nowhere, steers nothing."""

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from lxml import html
from playwright.sync_api import Page
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

from flows.command_line import app
from tests.alerts.post_office import page_of, text_of
from tests.security import payloads
from tests.security.office import HostileOffice

pytestmark = pytest.mark.server
# Colours, a line cleared, the cursor hidden while a bar runs: all that our own words make a terminal do.
_OUR_STEERING = re.compile(r"\x1b\[(?:[0-9;]*m|2K|1A|\?25[lh])|\r")
_OURS = re.compile(r"=?(?:SUM|SUMIFS|SUBTOTAL|IF|COUNTIF|COUNTIFS|COUNTA)\(")
_ELEMENTS = "script, img, iframe, object, embed, form, base, [onerror], [onload], a[href^=javascript]"


def pages(office: HostileOffice) -> dict[str, str]:
    """Every page and every mail as HTML, by name."""
    released = {
        f"{n} {path.name}": path.read_text(encoding="utf-8")
        for n, release in enumerate(office.releases)
        for path in sorted(release.glob("*.html"))
    }
    return released | {f"mail {n}.html": page_of(mail) for n, mail in enumerate(office.mails)}


def test_no_page_and_no_mail_has_an_element_of_theirs(office: HostileOffice) -> None:
    shown = {}
    for name, page in pages(office).items():
        read = html.fromstring(page.encode())
        shown[name] = sum(text.count("<img src=x onerror=pwn()>") for text in read.itertext())
        tags = {element.tag for element in read.iter() if isinstance(element.tag, str)}
        assert tags.isdisjoint({"script", "img", "iframe", "object", "embed", "form", "base"}), name
        assert [a for e in read.iter() for a in e.attrib if str(a).startswith("on")] == [], name
        links = [str(link) for _, _, link, _ in read.iterlinks() if not str(link).startswith("data:font/")]
        assert [link for link in links if "javascript" in link or "pwn" in link] == [], name
    assert {name for name, times in shown.items() if times} >= {
        "0 index.html",
        "0 evidence.html",
        "1 index.en.html",
    }
    assert any(times for name, times in shown.items() if name.startswith("mail"))


def test_a_browser_runs_nothing_asks_nobody_and_its_policy_has_nothing_to_forbid(
    office: HostileOffice, browser_page: Page, tmp_path: Path
) -> None:
    """Opened from disk, where no header helps; a mail has no policy at all, as in a mail program."""
    asked: list[str] = []
    said: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.on("console", lambda message: said.append(message.text))
    browser_page.on("dialog", lambda dialog: said.append(dialog.message))
    browser_page.expose_function("pwn", lambda: said.append("pwned"))
    for name, page in pages(office).items():
        path = tmp_path / name
        path.write_text(page, encoding="utf-8")
        browser_page.goto(path.as_uri())
        assert browser_page.locator(_ELEMENTS).count() == 0, name
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    assert said == []


@pytest.mark.parametrize("place", ["releases/*", "answers/003"])
def test_no_workbook_computes_what_they_wrote(office: HostileOffice, place: str) -> None:
    texts = []
    for path in sorted(office.settings.home.glob(f"{place}/*.xlsx")):
        workbook = openpyxl.load_workbook(path)
        for cell in (cell for sheet in workbook for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":
                assert _OURS.match(str(cell.value)), (path.name, cell.coordinate, cell.value)
            elif str(cell.value).startswith(payloads.FORMULAS):
                texts.append(cell.value)
                assert cell.quotePrefix or cell.number_format == "@", (path.name, cell.coordinate)
            assert cell.hyperlink is None or cell.hyperlink.target is None
    assert {text[:4] for text in texts} >= {"=HYP", "=WEB", "@SUM"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
def test_libreoffice_recalculates_them_and_shows_the_text(office: HostileOffice, tmp_path: Path) -> None:
    books = [office.releases[0] / "scheme21.xlsx", *(office.settings.answers / "003").glob("*.xlsx")]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    command = ["soffice", profile, "--headless", "--convert-to", csv, "--outdir", tmp_path, *books]
    subprocess.run(command, check=True, capture_output=True, timeout=240)

    shown = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.csv"))
    assert "=cmd|'/c calc'!A0" in shown
    assert "=WEBSERVICE(" in shown
    assert re.findall(r"Err:\d+|#NAME\?|#REF!|#VALUE!", shown) == []


def lines_of(office: HostileOffice, printed: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every line of every text that people read."""
    for receipt in office.settings.answers.rglob("*.txt"):
        yield from ((receipt.name, line) for line in receipt.read_text(encoding="utf-8").split("\n"))
    for mail in office.mails:
        yield from ((str(mail["Subject"]), line) for line in text_of(mail).split("\n"))
    for name, said in printed.items():
        yield from ((name, line) for line in _OUR_STEERING.sub("", said).split("\n"))


@pytest.fixture(scope="module")
def printed(office: HostileOffice) -> dict[str, str]:
    """What each command prints that shows anything of an office's."""
    home = ["--home", str(office.settings.home)]
    hostile = next((office.settings.home / "inbox" / "003").glob("bc *"))
    arguments = {
        "status": ["status", "--units", *home],
        "alerts": ["alerts", "--all", *home],
        "exceptions": ["exceptions", *home],
        "doctor": ["doctor", *home],
        "check": ["check", str(hostile), "--now", "2021-04-05"],
        "check cells": ["check", str(hostile.with_name("two.zip")), "--now", "2021-05-05"],
    }
    wide = {"FORCE_COLOR": "1", "COLUMNS": "400"}
    said = {name: CliRunner().invoke(app, given, env=wide).output for name, given in arguments.items()}
    return {"run": office.printed, **said}


def test_no_line_is_forged_and_nothing_steers_a_terminal(
    office: HostileOffice, printed: dict[str, str]
) -> None:
    lines = list(lines_of(office, printed))

    steering = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert [line for line in lines if steering & set(map(unicodedata.category, line[1].rstrip("\r")))] == []
    assert [line for line in lines if line[1].strip(" │").startswith("KẾT LUẬN |")] == []
    told = {name for name, line in lines if "⟨U+202E⟩" in line or "⟨U+001B⟩" in line}
    assert told >= {"run", "exceptions", "check", "check cells"}
    verdicts = [line for name, line in lines if line.startswith("KẾT LUẬN / VERDICT")]
    assert sorted(verdicts) == [
        "KẾT LUẬN / VERDICT: Nhận một phần / partially accepted",
        "KẾT LUẬN / VERDICT: Nhận một phần / partially accepted",
        "KẾT LUẬN / VERDICT: Trả lại / rejected",
    ]


def test_a_markup_of_the_terminal_is_only_text(printed: dict[str, str]) -> None:
    assert "[link=pwn]x[bold]" in printed["run"]
    assert "[link=http://pwn.example]xem[/link] [bold]đậm[/bold] :warning:" in printed["check cells"]


def test_no_header_of_a_mail_is_theirs(office: HostileOffice) -> None:
    expected = {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"),
    }
    for mail in office.mails:
        assert set(mail.keys()) == expected
        assert "pwn" not in str(mail["Subject"])


def test_labels_and_templates_are_not_theirs(office: HostileOffice) -> None:
    families = text_string_to_metric_families(office.settings.metrics.read_text(encoding="utf-8"))
    values = {value for family in families for sample in family.samples for value in sample.labels.values()}
    assert [value for value in values if not re.fullmatch(r"[a-z_]+", value)] == []
    shown = (office.releases[0] / "index.html").read_text(encoding="utf-8")
    assert "{{ 7*7 }} {% raw %} ${7*7} #{7*7}" in shown
