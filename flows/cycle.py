"""The reporting cycle: from the districts' files to the published tables."""

import shutil
from datetime import datetime
from pathlib import Path

import duckdb
from prefect import flow
from prefect.context import SyncClientContext
from prefect.runtime import deployment as deployment_runtime
from prefect.runtime import flow_run

from flows.alerting import tell
from flows.artifacts import show_countdown, show_verdicts, show_waived
from flows.closing import close_or_reopen
from flows.given import moment_of, period_at, settings_for
from flows.report import CycleReport, GateRefused
from flows.run_record import recorded_run
from flows.schedules import next_cycle_due
from flows.steps import Steps
from flows.storage import UNUSED_STORAGE
from schemas.access import owners_files
from schemas.run_outcomes import REFUSED, RELEASED, UNCHANGED
from schemas.settings import Settings
from tasks.answer import answer
from tasks.damage import warehouse_made_sound
from tasks.damaged_release import settle_published
from tasks.disk import disk_full_named
from tasks.drawing import DRAFTSMAN
from tasks.gate import gate
from tasks.ingest import ingest
from tasks.judging import JUDGE
from tasks.lock import writer_lock
from tasks.materialize import materialize
from tasks.obligations import open_obligations
from tasks.receive import receive
from tasks.release import discard, draw, is_changed, release
from tasks.sharing import shared
from warehouse.connection import open_warehouse


def _run_name() -> str:
    given = flow_run.parameters
    settings = settings_for(given["home"], given["inbox"])
    return f"cycle-{period_at(moment_of(given['now'], settings), settings)}"


@flow(name="cycle", flow_run_name=_run_name, persist_result=False, result_storage=UNUSED_STORAGE)
async def cycle(
    home: Path | None = None,
    inbox: str | None = None,
    now: datetime | None = None,
    silent: bool = False,
) -> CycleReport:
    """One cycle over all that has arrived by `now` (default: the clock); running it again changes nothing.

    `home` and `inbox` stand in place of SCHEME21_HOME and SCHEME21_INBOX; a `now` without a zone is Hanoi's.
    A `silent` cycle records alerts and tells nobody, as is fit for the past.
    Raises GateRefused when the tables fail the gate (the published ones stay as they are), WarehouseBusy when
    another cycle holds the warehouse for too long, FileNotFoundError when the landing place does not exist,
    WarehouseDamaged when the warehouse turns out to be damaged in the middle: the next cycle fills it again,
    DiskFull; of a home that shares, what tasks.sharing.shared and tasks.workers.examined raise.
    """
    settings = settings_for(home, inbox)
    moment = moment_of(now, settings)
    what = f"cycle {period_at(moment, settings)}"
    with (
        owners_files(),
        disk_full_named(settings),
        writer_lock(settings, what),
        warehouse_made_sound(settings) as damaged,
        open_warehouse(settings.warehouse, settings.time_zone) as warehouse,
        shared(warehouse, settings, what),
        recorded_run(warehouse, settings, moment) as report,
        # One for all steps, each of which would make its own; between them nothing asks Prefect and waits.
        SyncClientContext.get_or_create(),
    ):
        report.damaged = [*damaged, *settle_published(settings)]
        steps = await Steps.begin(report.period)
        await steps.run(open_obligations, warehouse, settings, moment)
        received = await steps.run_with_retries(settings.receive_retries, receive, settings, moment)
        report.not_taken = received.not_taken
        if received.arrivals:
            JUDGE.begin()  # what they import takes seconds, in which the files are read
            DRAFTSMAN.begin()
        report.outcomes = await steps.run(
            ingest, warehouse, settings, moment, report.run_id, on_batch=steps.counting(ingest)
        )
        await steps.run(answer, warehouse, settings)
        await show_verdicts(report.period, report.outcomes)
        candidate = await steps.run(materialize, warehouse, settings, moment, report.run_id)
        if is_changed(candidate, settings.snapshot):
            await _release_if_sound(steps, warehouse, candidate, settings, report)
        else:
            discard(candidate, settings)
            report.outcome = UNCHANGED
        await tell(steps, warehouse, settings, report, silent=silent)
        if report.outcome == REFUSED:
            raise GateRefused(report)
        report.closing_statement = await close_or_reopen(settings.snapshot, report.folder(settings))
        if deployment_runtime.id is not None:
            report.next_due = await next_cycle_due(report.started_at)
        await steps.finish()
    return report


async def _release_if_sound(
    steps: Steps,
    warehouse: duckdb.DuckDBPyConnection,
    candidate: Path,
    settings: Settings,
    report: CycleReport,
) -> None:
    async with steps.beside(draw, candidate, settings) as drawn:
        report.gate = await steps.run(gate, warehouse, candidate, settings, report.run_id, report.as_known_at)
    if not report.gate.success:
        report.outcome = REFUSED
        # Kept for whoever looks into the refusal, but not where releases lie.
        shutil.copyfile(candidate, report.folder(settings) / "refused.duckdb")
        discard(candidate, settings)
        return
    drawn.result()  # only now: what cannot be drawn may be what the gate refuses
    await show_waived(report.period, report.gate.waived)
    await steps.run(release, warehouse, candidate, settings, report.run_id)
    report.outcome = RELEASED
    await show_countdown(settings.snapshot)
