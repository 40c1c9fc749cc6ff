"""One hostile office for all that look at what came of it, and a browser to look with."""

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.security.office import HostileOffice, taken_in_once

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="package")
def office(request: pytest.FixtureRequest, shared: Path) -> HostileOffice:
    with warnings.catch_warnings():
        # The mail server of the tests, on loopback, asks for a password without TLS.
        warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS", UserWarning)
        return taken_in_once(shared / "hostile", lambda: request.getfixturevalue("prefect_api"))


@pytest.fixture
def browser_page() -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium, then this test runs")
    with sync_playwright() as play:
        # Chromium refuses to run as root with its sandbox; a test machine's user may be root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium.new_page()
        chromium.close()
