"""Cycle: the first period of thirty districts, cold process to released tables, against floor and stacks.

`python -m tests.bench cycle`. Whoever gives other tables than ours, or finds other faults, fails the bench.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.bench.answers import must_agree, rows_loaded
from tests.bench.dlt_dbt.project import write_project
from tests.bench.given import Given
from tests.bench.inboxes import inbox, locked_at
from tests.bench.measure import Figure, Run, measured, run_cold
from tests.bench.plan import write_plan
from tests.bench.planted import plant
from tests.bench.prefect_runs import running_server, scheduled_cycle, worker_of

NAME = "cycle"
FLOOR, FLOOR_WARM = "floor, cold", "floor, warm"
PIPELINE, PIPELINE_WARM = "ours without Prefect, cold", "ours without Prefect, warm"
SCHEDULED, IMPORTING = "ours, scheduled, server and worker running", "ours, scheduled, importing for itself"
WHOLE = "ours, `scheme21 run` with its own server"
# Those who check what they load.
_CHECKING = ("dlt_dbt", "per_file")
_SILENT = {"RUNTIME__DLTHUB_TELEMETRY": "false", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
STACK, PER_FILE = "dlt + dbt-duckdb", "pandas + openpyxl + pandera + great_expectations per file"


class CycleBench:
    """The files, the plan, and every way to take them to published tables."""

    def __init__(self, given: Given) -> None:
        self.place, self.runs = given.place, given.runs
        self.inbox = inbox(1, is_small=given.is_small)
        self.now = locked_at(0)
        self.plan = write_plan(self.place.scratch / "plan", self.now)
        write_project(self.plan.with_name("dbt"), self.now)

    def subject(self, name: str, label: str) -> Figure:
        """Measure a subject in a cold process."""
        return measured(label, self.runs, lambda _: self._subject_once(name), is_warmed=False)

    def warm(self, name: str, label: str) -> Figure:
        """Measure a subject again and again in one process; its first time is left out."""
        home = self.place.fresh(f"{name}-warm")
        done = run_cold(self._command(name, home, self.runs + 1, self.inbox), self.place.checkout)
        return Figure(label, json.loads(done.output.splitlines()[-1])[1:])

    def steps(self) -> list[Figure]:
        """Where the seconds of the warm pipeline went, step by step."""
        homes = [self.place.scratch / "pipeline-warm" / str(turn + 2) for turn in range(self.runs)]
        turns = [json.loads((home / "steps.json").read_bytes()) for home in homes]
        return [Figure(f"of ours warm: {step}", [turn[step] for turn in turns]) for step in turns[0]]

    def scheduled(self) -> Figure:
        """Measure the flow run that `scheme21 worker` starts; server and worker run already.

        What is forked is no child of what a worker starts: its memory and CPU seconds are not measured.
        """
        with running_server(self.place.fresh("server")) as api, worker_of(self.place) as worker:
            found = measured(SCHEDULED, self.runs, lambda _: self._scheduled_once(api, worker))
        return replace(found, cpu_seconds=[], peak_mb=[]) if worker else found

    def importing(self) -> Figure:
        """Measure the engine that Prefect's own worker starts, without that worker's preparations for it."""
        with running_server(self.place.fresh("server")) as api:
            return measured(IMPORTING, self.runs, lambda _: self._scheduled_once(api, {}), is_warmed=False)

    def whole(self) -> Figure:
        """Measure the command, which starts a server of its own; its records exist already."""
        home = self.place.fresh("whole")
        run_cold(self._whole_command(home), self.place.checkout)
        (home / "prefect").rename(self.place.fresh("records"))
        note = "the server's database exists already"
        return measured(WHOLE, self.runs, lambda _: self._whole_once(), note=note, is_warmed=False)

    def prove(self) -> None:
        """Give all the returns with planted faults. Raises OtherAnswers when one finds something else."""
        planted = plant(inbox(1), self.place.scratch / "planted")
        for name in ("pipeline", *_CHECKING):
            run_cold(self._command(name, self.place.fresh(name), 1, planted), self.place.checkout, _SILENT)
        must_agree(self._ours(), {name: self._published_by(name) for name in _CHECKING})

    def must_agree(self) -> None:
        """Compare what each last published. Raises OtherAnswers."""
        others = {name: self._published_by(name) for name in ("floor", *_CHECKING)}
        must_agree(self._ours(), others | {name: self._released_by(name) for name in ("scheduled", "whole")})

    @property
    def home(self) -> Path:
        """Where ours last ran without Prefect."""
        return self.place.scratch / "pipeline" / "1"

    def _ours(self) -> Path:
        return self._released_by("pipeline/1")

    def _released_by(self, home: str) -> Path:
        return self.place.scratch / home / "published" / "scheme21.duckdb"

    def _published_by(self, name: str) -> Path:
        return self.place.scratch / name / "1" / "published.duckdb"

    def _subject_once(self, name: str) -> Run:
        command = self._command(name, self.place.fresh(name), 1, self.inbox)
        return run_cold(command, self.place.checkout, _SILENT)

    def _command(self, name: str, home: Path, repeat: int, landed: Path) -> list[str]:
        moment = self.now.replace(tzinfo=None).isoformat()
        given = [str(landed), str(home), "--plan", str(self.plan), "--now", moment]
        return self.place.subject(name, *given, "--repeat", str(repeat))

    def _scheduled_once(self, api: str, worker: dict[str, str]) -> Run:
        home = self.place.fresh("scheduled")
        given = {"home": str(home), "inbox": str(self.inbox), "now": self.now.isoformat()}
        return scheduled_cycle(self.place, api, given, worker)

    def _whole_once(self) -> Run:
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
        bench.importing,
        bench.whole,
    ]
    if given.is_ours_only:
        return [measure() for measure in ours]
    others: list[Callable[[], Figure]] = [
        lambda: bench.warm("floor", FLOOR_WARM),
        lambda: bench.subject("floor", FLOOR),
        lambda: bench.subject("dlt_dbt", STACK),
        lambda: bench.subject("per_file", PER_FILE),
    ]
    bench.prove()
    found = [measure() for measure in (*others, *ours)]
    bench.must_agree()
    rows = rows_loaded(bench.home / "warehouse.duckdb")
    return [*(replace(figure, work=rows) for figure in found), *bench.steps()]
