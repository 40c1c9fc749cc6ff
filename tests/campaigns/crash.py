"""The crash campaign: cycles of thirty districts are killed with kill -9; nothing may be lost or doubled.

`python -m tests.campaigns.crash --kills 200 --seed 21` kills at so many random moments, and besides before
every step of the cycle and before renames, removals and links all over it. It prints where they fell and
what was found wrong, and fails when anything was. After each kill what readers see must be whole; a cycle
that then ends by itself must leave what undisturbed cycles leave.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from flows.demo import moments
from flows.prefect_server import prefect_server
from flows.steps import STEPS
from schemas.settings import Settings
from tasks.sample import write_sample
from tests.alerts.post_office import PostOffice, post_office
from tests.campaigns.crash_checks import differing, mistold, torn, unsettled
from tests.campaigns.crash_cycle import Blow, Ended, run_cycle

# Of these the files are as offices really write: rejected, corrected, with odd layouts.
_MESSY = ("001", "017", "250", "268", "278")
_LAST = "2021-04"
_EVERY_NTH_FILE_STEP = 20


@dataclass(frozen=True)
class Case:
    """A home before the cycle that is killed, and what that cycle leaves when nothing disturbs it."""

    name: str
    before: Path
    now: datetime
    undisturbed: Settings
    mails: list[EmailMessage]
    cycle: Ended


@dataclass
class Tally:
    """What the campaign has seen: kills by kind and place, mails that came again, what was wrong."""

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    chains: int = 0
    longest: int = 0
    again: int = 0
    failures: list[str] = field(default_factory=list)


class Campaign:
    """Cases, the inbox they share, and the post office that takes their mails."""

    def __init__(self, folder: Path, post: PostOffice, seed: int) -> None:
        self.folder, self.inbox, self.post = folder, folder / "inbox", post
        self.random, self.tally = random.Random(seed), Tally()  # noqa: S311 - repeatable, no secret
        self.shortest: dict[str, float] = {}

    def case(self, name: str, before: Path, now: datetime) -> Case:
        """Let the cycle run undisturbed on a copy of `before`."""
        home = self._copied(before, f"{name}-undisturbed")
        self.post.mails.clear()
        ended = run_cycle(home, self.inbox, now, Blow())
        print(f"{name}: undisturbed {ended.seconds:.1f} s, {ended.steps} file steps", flush=True)
        self.shortest[name] = ended.seconds
        undisturbed = Settings(home=home)
        wrong = [*unsettled(undisturbed, self.inbox, ended.outcome), *filter(None, [ended.said])]
        self.tally.failures += [f"{name}, undisturbed: {one}" for one in wrong]
        return Case(name, before, now, undisturbed, list(self.post.mails), ended)

    def chain(self, case: Case, kind: str, blows: Iterator[Blow]) -> None:
        """Kill cycle after cycle on one home, until one ends by itself; look after each."""
        home = self._copied(case.before, f"chain-{self.tally.chains}")
        settings, wrong, places = Settings(home=home), list[str](), list[str]()
        was_published = settings.snapshot.exists()
        self.post.mails.clear()
        for blow in blows:
            ended = run_cycle(home, self.inbox, case.now, blow)
            wrong += [*torn(settings, was_published=was_published), *filter(None, [ended.said])]
            was_published |= settings.snapshot.exists()
            if ended.outcome is not None or ended.said:
                if not places:  # a busy machine lengthens some cycles: a moment after the end kills nothing
                    self.shortest[case.name] = min(self.shortest[case.name], ended.seconds)
                break
            places.append(ended.place)
            self.tally.kills[kind, ended.place] += 1
        wrong += unstruck(kind, places)
        wrong += unsettled(settings, self.inbox, ended.outcome)
        wrong += differing(settings, case.undisturbed)
        wrong += mistold(self.post.mails, case.mails, len(places))
        self._note(case, kind, places, wrong, home)

    def _note(self, case: Case, kind: str, places: list[str], wrong: list[str], home: Path) -> None:
        tally = self.tally
        tally.chains += 1
        tally.longest = max(tally.longest, len(places))
        tally.again += max(0, len(self.post.mails) - len(case.mails))
        said = f"{home.name}, {case.name}, killed in {' · '.join(places) or 'nothing'}"
        print(f"{time.strftime('%H:%M:%S')} {kind} {said}: {'; '.join(wrong) or 'whole'}", flush=True)
        tally.failures += [f"{said}: {one}" for one in wrong]
        if not wrong:
            shutil.rmtree(home)

    def _copied(self, before: Path, name: str) -> Path:
        return Path(shutil.copytree(before, self.folder / name, symlinks=True))

    def random_blows(self, case: Case) -> Iterator[Blow]:
        """Moments all over the shortest cycle that ended by itself, until one ends before its moment."""
        while True:
            yield Blow(after=self.random.uniform(0.0, self.shortest[case.name]))


def unstruck(kind: str, places: list[str]) -> list[str]:
    """A blow at a border that was never struck has tried nothing; a moment may lie after the end."""
    return [] if places or kind == "moment" else [f"no {kind} was struck"]


def file_step_blows(case: Case) -> Iterator[Blow]:
    """Before every twentieth rename, removal or link, and the last twelve: release and what follows."""
    steps = range(1, case.cycle.steps + 1)
    chosen = (n for n in steps if n % _EVERY_NTH_FILE_STEP == 0 or n > len(steps) - 12)
    return (Blow(before_file_step=n) for n in chosen)


def campaign(folder: Path, kills: int, seed: int) -> Tally:
    """Write the sample, run the cases undisturbed, then kill."""
    with post_office() as post, _office(folder, post):
        whole = Campaign(folder, post, seed)
        _write_inbox(whole.inbox, seed)
        (_, first), (_, second) = moments(Settings(home=folder), _LAST)
        (folder / "empty").mkdir()
        baseline = whole.case("first period", folder / "empty", first)
        later = whole.case("second period", baseline.undisturbed.home, second)
        for step in STEPS:
            whole.chain(later, "step", iter((Blow(before_step=step), Blow())))
        while sum(n for (kind, _), n in whole.tally.kills.items() if kind == "moment") < kills:
            case = baseline if whole.tally.chains % 4 == 0 else later
            whole.chain(case, "moment", whole.random_blows(case))
        for blow in file_step_blows(later):
            whole.chain(later, "file step", iter((blow, Blow())))
        return whole.tally


@contextmanager
def _office(folder: Path, post: PostOffice) -> Iterator[None]:
    """A Prefect server for all cycles, and an environment that names the mail server."""
    os.environ |= {
        "SCHEME21_SMTP_URL": post.url,
        "SCHEME21_ENGINEERS": "engineer@office.example",
        "SCHEME21_BOARD": "board@office.example",
    }
    with prefect_server(folder / "prefect", always_own=True) as server:
        server.wait()
        yield


def _write_inbox(inbox: Path, seed: int) -> None:
    write_sample(inbox, seed, last=_LAST)
    write_sample(inbox.with_name("messy"), seed, last=_LAST, messy=True)
    for code in _MESSY:
        shutil.rmtree(inbox / code)
        shutil.copytree(inbox.with_name("messy") / code, inbox / code)


def figures(tally: Tally, seconds: float) -> str:
    """Kills by place in the order of the cycle, what they came to, every failure."""
    kinds = ("step", "moment", "file step")
    places = ["opening", *STEPS, "ended"]
    order = sorted(
        {place for _, place in tally.kills}, key=lambda p: (places.index(p.split(":")[0].split(",")[0]), p)
    )
    lines = ["killed in".ljust(28) + "".join(kind.rjust(10) for kind in kinds)]
    lines += [
        place.ljust(28) + "".join(str(tally.kills[kind, place]).rjust(10) for kind in kinds)
        for place in order
    ]
    sums = (sum(n for (k, _), n in tally.kills.items() if k == kind) for kind in kinds)
    lines.append("all".ljust(28) + "".join(str(n).rjust(10) for n in sums))
    lines += [
        f"chains: {tally.chains}, the longest of {tally.longest} kills; {seconds / 60:.0f} minutes",
        f"mails that came again, under the same id: {tally.again}; failures: {len(tally.failures)}",
    ]
    return "\n".join([*lines, *(f"FAILED {why}" for why in tally.failures)])


def main() -> None:
    """Parse the command line, run, print, and exit with 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--folder", type=Path, help="where homes that failed stay; default: a temporary one")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="scheme21-crash-"))
    folder.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    tally = campaign(folder.absolute(), given.kills, given.seed)
    print(figures(tally, time.monotonic() - started))
    if not tally.failures:
        shutil.rmtree(folder)
    sys.exit(1 if tally.failures else 0)


if __name__ == "__main__":
    main()
