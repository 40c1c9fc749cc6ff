"""A home in which a hostile office was taken in by real cycles, and what those said to anyone."""

import asyncio
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from flows.cycle import cycle
from flows.prefect_server import deliver_everything
from schemas.access import make_home
from schemas.exceptions import PeriodException
from schemas.settings import Settings
from tasks.exceptions import record_exception
from tests.alerts.post_office import PostOffice, post_office, web_listener
from tests.demonstration import SCHEME21
from tests.intake.returns import moment, stamp
from tests.made_once import made_once
from tests.security import payloads
from tests.security.scan import places

TAKEN = (moment("2021-04-04"), moment("2021-05-04"))


@dataclass(frozen=True)
class HostileOffice:
    """The home, the mail that went out, what `scheme21 run` printed, colours and all.

    `in_prefect` are those of the tokens looked for that the records of Prefect hold.
    """

    settings: Settings
    mails: list[EmailMessage]
    printed: str
    in_prefect: set[str]

    @property
    def releases(self) -> list[Path]:
        """The first has what a workbook can hold, the second what only CSV can."""
        return sorted(self.settings.releases.iterdir())


def taken_in_once(folder: Path, start_server: Callable[[], object]) -> HostileOffice:
    """The office in `folder`, for all of the suite's processes."""
    said = made_once(folder, lambda place: _taken_in(place, start_server))
    mails = [
        message_from_bytes(mail.encode("latin-1"), EmailMessage, policy=default) for mail in said["mails"]
    ]
    return HostileOffice(Settings(home=folder / "home"), mails, said["printed"], set(said["in_prefect"]))


def _taken_in(folder: Path, start_server: Callable[[], object]) -> dict[str, Any]:
    """Two cycles, one in this process and one by the command, under an umask that hides nothing."""
    start_server()
    login = ("service", payloads.PASSWORD)
    settings = Settings(home=folder / "home")
    make_home(settings)
    _land(settings, payloads.hostile_return(folder / "one.xlsx"), "one.xlsx", "2021-04-02")
    _land(settings, folder / "one.xlsx", payloads.FILE_NAME, "2021-05-02 01:00", cut=True)
    _land(settings, payloads.steering_return(folder / "two.zip"), "two.zip", "2021-05-02")
    record_exception(settings, _exemption())
    with post_office(login) as post, web_listener() as (port, _posted), pytest.MonkeyPatch.context() as patch:
        for name, value in _secrets(post, port).items():
            patch.setenv(f"SCHEME21_{name}", value)
        before = os.umask(0)
        try:
            asyncio.run(cycle(home=settings.home, now=TAKEN[0]))
            printed = _run(settings)
        finally:
            os.umask(before)
    deliver_everything()
    seen = places(
        Path(os.environ["PREFECT_HOME"]), (*payloads.PERSONAL, *payloads.SECRET, *payloads.IN_PREFECT)
    )
    return {
        "mails": [mail.as_bytes().decode("latin-1") for mail in post.mails],
        "printed": printed,
        "in_prefect": [token for token, where in seen.items() if where],
    }


def _secrets(post: PostOffice, port: int) -> dict[str, str]:
    return {
        "SMTP_URL": f"smtp://service:{payloads.PASSWORD}@127.0.0.1:{post.port}",
        "ENGINEERS": f"{payloads.ENGINEER} json://127.0.0.1:{port}/{payloads.HOOK}",
        "BOARD": payloads.BOARD,
    }


def _land(settings: Settings, path: Path, name: str, at: str, *, cut: bool = False) -> None:
    landed = Path(settings.inbox_url) / "003" / name
    landed.parent.mkdir(parents=True, exist_ok=True)
    landed.write_bytes(path.read_bytes()[: 1000 if cut else None])
    stamp(landed, moment(at))


def _exemption() -> PeriodException:
    return PeriodException(
        kind="exempt",
        district_code="001",
        period="2021-03",
        reason=payloads.MARKUP + payloads.STEERING + payloads.FORMULAS[0],
        granted_by=payloads.GRANTED_BY,
        granted_at=moment("2021-04-01"),
        expires_at=moment("2021-06-30"),
    )


def _run(settings: Settings) -> str:
    done = subprocess.run(
        [SCHEME21, "run", "--home", settings.home, "--now", TAKEN[1].isoformat()],
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"FORCE_COLOR": "1", "COLUMNS": "400"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr
