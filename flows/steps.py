"""The steps of a cycle as Prefect tasks: plain functions on whole batches, named by period."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from prefect import get_run_logger, task
from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.tasks import Task
from prefect.utilities.annotations import quote

from tasks.disk import is_full

P = ParamSpec("P")
R = TypeVar("R")

STEPS = ("open_obligations", "receive", "ingest", "answer", "materialize", "draw", "gate", "release", "alert")
_FIRST_DELAY_SECONDS = 2

# Whoever started the flow in this process may watch it: called with a step's name and its share done, 0 to 1.
watcher: ContextVar[Callable[[str, float], None]] = ContextVar("watcher", default=lambda _step, _share: None)


class Steps:
    """Runs the steps of one period's cycle in order and shows how far it is."""

    def __init__(self, period: str, progress_artifact: UUID) -> None:
        self.period = period
        self._artifact = progress_artifact

    @classmethod
    async def begin(cls, period: str) -> "Steps":
        """Open the progress artifact of a cycle."""
        artifact = await acreate_progress_artifact(0.0, key="cycle-progress", description=f"Kỳ {period}")
        return cls(period, artifact)

    async def run(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `step` as a task run named `<step>-<period>` and return what it returns."""
        return await self._run(step, {}, *args, **kwargs)

    async def run_with_retries(
        self, retries: int, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The same for a step that reads a remote store: try again after 2, 4, 8 … s when the store fails."""
        delays = [_FIRST_DELAY_SECONDS * 2**n for n in range(retries)]
        again = {"retries": retries, "retry_delay_seconds": delays, "retry_condition_fn": _may_pass}
        return await self._run(step, again if retries else {}, *args, **kwargs)

    @asynccontextmanager
    async def beside(
        self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncIterator[PrefectFuture[R]]:
        """Run `step` in a thread beside the block, which does not end before it.

        What the step raised is raised by the future's `result()`, for whoever still wants it.
        """
        as_task = await self._begun(step, {})
        quoted, quoted_by_name = _quoted(*args, **kwargs)
        done = as_task.submit(*quoted, **quoted_by_name)
        try:
            yield done
        finally:
            done.wait()  # it writes where only we may, also when the block has failed

    def counting(self, step: Callable[..., Any]) -> Callable[[int, int], None]:
        """A counter for a step that says how many of how many it has done."""
        return lambda done, all_: watcher.get()(step.__name__, done / all_)

    async def finish(self) -> None:
        """Say that nothing is left to do."""
        await aupdate_progress_artifact(self._artifact, 100.0)

    async def _run(self, step: Callable[..., R], options: dict[str, Any], *args: Any, **kwargs: Any) -> R:
        as_task = await self._begun(step, options)
        quoted, quoted_by_name = _quoted(*args, **kwargs)
        return as_task(*quoted, **quoted_by_name)

    async def _begun(self, step: Callable[..., R], options: dict[str, Any]) -> Task[..., R]:
        name = step.__name__
        watcher.get()(name, 0.0)
        get_run_logger().info("%s, kỳ %s", name, self.period)
        await aupdate_progress_artifact(self._artifact, 100.0 * STEPS.index(name) / len(STEPS))
        run_name = f"{name}-{self.period}"
        return task(
            name=name, task_run_name=run_name, cache_policy=NO_CACHE, persist_result=False, **options
        )(step)


def _quoted(*args: Any, **kwargs: Any) -> tuple[list[quote], dict[str, quote]]:
    # The engine would otherwise walk through frames and connections, looking for futures.
    return [quote(value) for value in args], {key: quote(value) for key, value in kwargs.items()}


def _may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    # A landing place that does not exist will not exist in ten seconds either, nor will a full disk be empty.
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) and not isinstance(error, FileNotFoundError) and not is_full(error)
