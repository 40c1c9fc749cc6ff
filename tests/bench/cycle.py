"""Cycle: the first period of thirty districts, cold process to released tables, against floor and stacks.

`python -m tests.bench.cycle`. Whoever gives other tables than ours, or finds other faults, fails the bench.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.bench.answers import must_agree
from tests.bench.given import Given, given_by, parser
from tests.bench.inboxes import inbox, locked_at
from tests.bench.measure import Figure, Run, measured, run_cold
from tests.bench.place import RESULTS
from tests.bench.plan import write_plan
from tests.bench.prefect_runs import running_server, scheduled_cycle
from tests.bench.table import printed

NAME = "cycle"
FLOOR, FLOOR_WARM = "floor, cold", "floor, warm"
PIPELINE, PIPELINE_WARM = "ours without Prefect, cold", "ours without Prefect, warm"
SCHEDULED, WHOLE = "ours, scheduled, server running", "ours, `scheme21 run` with its own server"
STACK, PER_FILE = "dlt + dbt-duckdb", "pandas + openpyxl + pandera + great_expectations per file"


class CycleBench:
    """The files, the plan, and every way to take them to published tables."""

    def __init__(self, given: Given) -> None:
        self.place, self.runs = given.place, given.runs
        self.inbox = inbox(1, is_small=given.is_small)
        self.now = locked_at(0)
        self.plan = write_plan(place.scratch / "plan", self.now)

    def subject(self, name: str, label: str) -> Figure:
        """Measure a subject in a cold process."""
        return measured(label, self.runs, lambda turn: self._subject_once(name, turn))

    def warm(self, name: str, label: str) -> Figure:
        """Measure a subject again and again in one process; its first time is left out."""
        home = self.place.fresh(f"{name}-warm")
        done = run_cold(self._command(name, home, self.runs + 1), self.place.checkout)
        return Figure(label, json.loads(done.output.splitlines()[-1])[1:])

    def scheduled(self) -> Figure:
        """Measure the flow against a server that runs already."""
        with running_server(self.place.fresh("server")) as api:
            return measured(SCHEDULED, self.runs, lambda turn: self._scheduled_once(api, turn))

    def whole(self) -> Figure:
        """Measure the command, which starts a server of its own; its records exist already."""
        home = self.place.fresh("whole")
        run_cold(self._whole_command(home), self.place.checkout)
        (home / "prefect").rename(self.place.fresh("records"))
        note = "the server's database exists already"
        return measured(WHOLE, self.runs, self._whole_once, note=note)

    def published_by(self, name: str) -> Path:
        """The tables that a subject's last run published."""
        return self.place.scratch / name / "1" / "published.duckdb"

    def _subject_once(self, name: str, _turn: int) -> Run:
        return run_cold(self._command(name, self.place.fresh(name), 1), self.place.checkout)

    def _command(self, name: str, home: Path, repeat: int) -> list[str]:
        moment = self.now.replace(tzinfo=None).isoformat()
        given = [str(self.inbox), str(home), "--plan", str(self.plan), "--now", moment]
        return self.place.subject(name, *given, "--repeat", str(repeat))

    def _scheduled_once(self, api: str, _turn: int) -> Run:
        home = self.place.fresh("scheduled")
        given = {"home": str(home), "inbox": str(self.inbox), "now": self.now.isoformat()}
        return scheduled_cycle(self.place, api, given)

    def _whole_once(self, _turn: int) -> Run:
        home = self.place.fresh("whole")
        shutil.copytree(self.place.scratch / "records", home / "prefect")
        return run_cold(self._whole_command(home), self.place.checkout)

    def _whole_command(self, home: Path) -> list[str]:
        moment = self.now.replace(tzinfo=None).isoformat()
        given = ["--home", str(home), "--inbox", str(self.inbox), "--now", moment]
        return [self.place.scheme21, "run", *given]


def figures(given: Given) -> list[Figure]:
    """Measure everyone. Raises OtherAnswers when two of them disagree."""
    bench = CycleBench(given)
    ours: list[Callable[[], Figure]] = [
        lambda: bench.warm("pipeline", PIPELINE_WARM),
        lambda: bench.subject("pipeline", PIPELINE),
        bench.scheduled,
        bench.whole,
    ]
    others: list[Callable[[], Figure]] = [
        lambda: bench.warm("floor", FLOOR_WARM),
        lambda: bench.subject("floor", FLOOR),
        lambda: bench.subject("dlt_dbt", STACK),
        lambda: bench.subject("per_file", PER_FILE),
    ]
    found = [measure() for measure in ((*ours,) if given.is_ours_only else (*others, *ours))]
    if not given.is_ours_only:
        names = ("floor", "dlt_dbt", "per_file")
        published = bench.place.scratch / "pipeline" / "1" / "published" / "scheme21.duckdb"
        must_agree(published, {name: bench.published_by(name) for name in names})
    return found


def main() -> None:
    """Measure and print."""
    given = given_by(parser(__doc__).parse_args())
    print(printed(NAME, figures(given), RESULTS))


if __name__ == "__main__":
    main()
