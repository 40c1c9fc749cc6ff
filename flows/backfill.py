"""Backfill as a deployed flow: a cycle for each past period, in one process."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

from prefect import flow
from pydantic import Field

from flows.cycle import cycle
from flows.given import settings_for
from flows.past_periods import usual_moments
from flows.report import CycleReport

# Prefect judges a parameter by this when a run is created.
PeriodName = Annotated[
    str,
    Field(pattern=r"^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$", description="Kỳ / period: YYYY-MM, quarters YYYY-Qn"),
]


@flow(name="backfill", persist_result=False)
async def backfill(
    first_period: PeriodName, last_period: PeriodName, home: Path | None = None, inbox: str | None = None
) -> list[CycleReport]:
    """Run a cycle as of each period's usual moment, `first_period` to `last_period`; return their reports.

    Nobody is told of what the past gave cause for. Stops at the first period that the gate refuses. Raises
    NotToBeTaken when the periods cannot be taken, and what `flows.cycle.cycle` raises.
    """
    settings = settings_for(home, inbox)
    moments = usual_moments(settings, first_period, last_period, datetime.now(settings.zone))
    return [await cycle(home=home, inbox=inbox, now=moment, silent=True) for _period, moment in moments]
