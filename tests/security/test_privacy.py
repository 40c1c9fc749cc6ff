"""Whose names and addresses get where: everything that two real cycles left, byte for byte, unpacked."""

import re
import shutil
import stat
import subprocess

import pytest

from tests.security import payloads
from tests.security.office import HostileOffice
from tests.security.scan import places

pytestmark = pytest.mark.server
# The arrivals and cycles of a place are told as one.
_ONE_OF_MANY = (
    (re.compile(r"^(inbox|answers)/003/.*(\.\w+)$", re.DOTALL), r"\1/003/*\2"),
    (re.compile(r"^archive/(\w+)/.*"), r"archive/\1"),
    (re.compile(r"^(releases|runs)/[^/]+/"), r"\1/*/"),
)
OWN_FILES = {"inbox/003/*.xlsx", "inbox/003/*.zip", "archive/files", "answers/003/*.xlsx"}
LEDGER = {"warehouse.duckdb", "warehouse.duckdb:ledger.submission"}
ALERTS = {"alerts.duckdb", "alerts.duckdb:main.message"}
PUBLIC = (payloads.OBSTACLE, payloads.GRANTED_BY)


@pytest.fixture(scope="module")
def found(office: HostileOffice) -> dict[str, set[str]]:
    raw = places(office.settings.home, (*payloads.PERSONAL, *payloads.SECRET, *PUBLIC))
    return {token: {_kind(place) for place in where} for token, where in raw.items()}


def _kind(place: str) -> str:
    for pattern, name in _ONE_OF_MANY:
        place = pattern.sub(name, place)
    return place


@pytest.mark.parametrize(
    ("token", "allowed"),
    [
        (payloads.PREPARED_BY, OWN_FILES | LEDGER),
        (payloads.SIGNED_BY, OWN_FILES | LEDGER),
        (payloads.CONTACT, OWN_FILES | LEDGER | ALERTS),
        (payloads.ENGINEER, ALERTS),
        (payloads.BOARD, ALERTS),
        (payloads.PASSWORD, set()),
        (payloads.HOOK, set()),
    ],
)
def test_a_personal_datum_or_secret_lies_only_where_the_inventory_says(
    found: dict[str, set[str]], token: str, allowed: set[str]
) -> None:
    assert found[token] == allowed


def test_the_scan_finds_in_every_kind_of_published_file_what_may_be_read_there(
    found: dict[str, set[str]],
) -> None:
    public = {place for place in found[payloads.OBSTACLE] if place.startswith("releases/*/")}

    assert public == {
        "releases/*/csv/remaining_communes.csv",
        "releases/*/index.html",
        "releases/*/index.en.html",
        "releases/*/parquet/remaining_communes.parquet",
        "releases/*/scheme21.duckdb",
        "releases/*/scheme21.duckdb:marts.remaining_communes",
        "releases/*/scheme21.xlsx",
    }
    assert "releases/*/scheme21.duckdb:marts.exceptions" in found[payloads.GRANTED_BY]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here (Debian: poppler-utils)")
def test_the_paper_names_nobody_either(office: HostileOffice) -> None:
    for paper in office.settings.releases.glob("*/*.pdf"):
        done = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=True)
        said = "".join(done.stdout.split())
        assert payloads.OBSTACLE in said
        for token in (payloads.PREPARED_BY, payloads.SIGNED_BY, payloads.CONTACT):
            assert token.replace(" ", "") not in said


def test_neither_prefect_nor_the_terminal_learns_a_name_an_address_or_a_secret(
    office: HostileOffice,
) -> None:
    assert office.in_prefect == set(payloads.IN_PREFECT)
    assert "gpj.exe" in office.printed
    assert [token for token in (*payloads.PERSONAL, *payloads.SECRET) if token in office.printed] == []


def test_mail_is_addressed_to_one_and_names_no_other(office: HostileOffice) -> None:
    assert {str(mail["To"]) for mail in office.mails} == {
        *(payloads.CONTACT, payloads.ENGINEER, payloads.BOARD)
    }
    for mail in office.mails:
        words = mail.get_body(("html",)), mail.get_body(("plain",))
        said = "".join(str(part.get_content()) for part in words if part is not None)
        assert len(words) == 2
        assert [token for token in payloads.PERSONAL if token in said] == []


def test_what_readers_may_see_is_theirs_and_all_else_the_services(office: HostileOffice) -> None:
    """The cycles ran under umask 0: without modes of their own all this would be anyone's to write."""
    home = office.settings.home
    inbox = home / "inbox"
    modes: dict[str, set[str]] = {}
    for path in (home, *home.rglob("*")):
        if not path.is_relative_to(inbox) and not path.is_symlink():
            part = path.relative_to(home).parts[0] if path != home else "."
            modes.setdefault(part, set()).add(f"{stat.S_IMODE(path.stat().st_mode):04o}")

    assert modes == {
        ".": {"0750"},
        "releases": {"0750", "0640"},
        "metrics": {"0750", "0640"},
        "heartbeat.json": {"0640"},
        **{part: {"0700", "0600"} for part in ("archive", "answers", "runs")},
        "reminders": {"0700"},
        **{f"{name}.{end}": {"0600"} for name in ("warehouse", "alerts") for end in ("duckdb", "lock")},
        "drawing.lock": {"0600"},
    }
