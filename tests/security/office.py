"""A home in which a hostile office was taken in by real cycles, and what those said to anyone."""

import asyncio
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.cycle import cycle
from schemas.access import make_home
from schemas.exceptions import PeriodException
from schemas.settings import Settings
from tasks.exceptions import record_exception
from tests.alerts.post_office import PostOffice, post_office, web_listener
from tests.demonstration import SCHEME21
from tests.intake.returns import moment, stamp
from tests.security import payloads

TAKEN = (moment("2021-04-04"), moment("2021-05-04"))


@dataclass(frozen=True)
class HostileOffice:
    """The home, the mail that went out, and what `scheme21 run` printed, colours and all."""

    settings: Settings
    post: PostOffice
    printed: str

    @property
    def releases(self) -> list[Path]:
        """The first has what a workbook can hold, the second what only CSV can."""
        return sorted(self.settings.releases.iterdir())


def taken_in(folder: Path) -> HostileOffice:
    """Two cycles, one in this process and one by the command, under an umask that hides nothing."""
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
    return HostileOffice(settings, post, printed)


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
