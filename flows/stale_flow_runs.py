"""Flow runs whose process is gone: Prefect would wait for them for ever, and keep the next from starting."""

from datetime import datetime, timedelta
from typing import Any

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed

from flows.given import settings_for
from tasks.heartbeat import sound_heartbeat
from tasks.lock import living_holder

# These hold the warehouse for as long as they live: when nobody does, none of them is alive.
WRITERS = ("cycle", "rebuild", "backfill", "remind")
# These end by themselves within this time.
WATCHERS = {"ingest-on-arrival": timedelta(hours=1), "watch": timedelta(hours=1)}
_UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
_ENDING = timedelta(minutes=1)  # between letting go of the warehouse and the last word to the server


async def give_up_stale_runs(clock: datetime) -> list[FlowRun]:
    """Mark every flow run of ours that has no process any more as crashed; return them."""
    async with get_client() as client:
        stale = [run for name, run in await _unfinished_runs(client) if _is_stale(name, run, clock)]
        for run in stale:
            message = "Tiến trình không còn / its process is gone; marked by scheme21 watch"
            await client.set_flow_run_state(run.id, Crashed(message=message), force=True)
    return stale


async def _unfinished_runs(client: PrefectClient) -> list[tuple[str, FlowRun]]:
    names = FlowFilter(name=FlowFilterName(any_=[*WRITERS, *WATCHERS]))
    flows = {flow.id: flow.name for flow in await client.read_flows(flow_filter=names)}
    unfinished = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNFINISHED)))
    runs = await client.read_flow_runs(flow_filter=names, flow_run_filter=unfinished)
    return [(flows[run.flow_id], run) for run in runs]


def _is_stale(flow: str, run: FlowRun, clock: datetime) -> bool:
    since = run.state.timestamp if run.state else run.created
    if since is None:
        return False
    age = clock - since
    return age > WATCHERS[flow] if flow in WATCHERS else _is_stale_writer(run.parameters, age, clock)


def _is_stale_writer(parameters: dict[str, Any], age: timedelta, clock: datetime) -> bool:
    settings = settings_for(parameters.get("home"))
    if age < timedelta(seconds=settings.stale_after) or living_holder(settings) is not None:
        return False
    heartbeat = sound_heartbeat(settings)
    ended = heartbeat.finished_at if heartbeat is not None else None
    return ended is None or clock - ended > _ENDING
