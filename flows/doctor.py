"""`scheme21 doctor`: every check at once, those of this machine and those of Prefect."""

import asyncio
import os
from datetime import datetime
from typing import TYPE_CHECKING

from httpx import HTTPError

from flows.prefect_server import POOL, ServerRefuses, clock_of, is_healthy, need_login
from schemas.settings import Settings
from tasks.checkup import CLOCKS_APART, SET_CLOCK, local_checks
from tasks.checkup_result import Check, Level

if TYPE_CHECKING:
    from prefect.client.orchestration import PrefectClient

_SERVER, _WORKER = "máy chủ Prefect / server", "worker, lịch / schedules"
_CLOCK = "đồng hồ máy chủ / server's clock"


def examine(settings: Settings, clock: datetime) -> list[Check]:
    """Every check; those of Prefect only where PREFECT_API_URL names a server."""
    return [*local_checks(settings, clock), *prefect_checks(clock)]


def prefect_checks(clock: datetime) -> list[Check]:
    """Whether the configured server answers and has our time, and whether a worker waits for its runs."""
    url = os.environ.get("PREFECT_API_URL")
    if url is None:
        saw = "không đặt / not set; scheme21 run tự khởi động một máy chủ / starts one for its own time"
        return [Check(_SERVER, Level.OK, saw)]
    if not is_healthy(url):
        mend = "khởi động lại máy chủ / start it again: prefect server start"
        return [Check(_SERVER, Level.CRITICAL, f"{url}: không trả lời / does not answer", mend)]
    try:
        need_login(url)
        return [Check(_SERVER, Level.OK, url), check_server_clock(url, clock), asyncio.run(_worker_check())]
    except ServerRefuses as refused:
        return [Check(_SERVER, Level.CRITICAL, url, str(refused))]
    except (HTTPError, OSError) as failed:
        mend = "xem nhật ký và cơ sở dữ liệu của máy chủ / look at the server's log and its database"
        return [Check(_SERVER, Level.CRITICAL, f"{url}: {failed}", mend)]


def check_server_clock(url: str, clock: datetime) -> Check:
    """The server starts what is scheduled by its own clock: it must agree with ours."""
    told = clock_of(url)
    if told is None:
        return Check(_CLOCK, Level.OK, "không nói giờ / tells no time")
    saw = f"{told.astimezone(clock.tzinfo):%d/%m/%Y %H:%M:%S}"
    if abs(told - clock) > CLOCKS_APART:
        return Check(_CLOCK, Level.CRITICAL, f"{saw}; ở đây / here {clock:%d/%m/%Y %H:%M:%S}", SET_CLOCK)
    return Check(_CLOCK, Level.OK, saw)


async def _worker_check() -> Check:
    from prefect.client.orchestration import get_client

    async with get_client() as client:
        return await _look_at_worker(client)


async def _look_at_worker(client: "PrefectClient") -> Check:
    from flows.schedules import CYCLE, cycle_schedules

    schedules = await cycle_schedules(client)
    if not schedules:
        return Check(
            _WORKER, Level.WARNING, f"chưa triển khai / not deployed: {CYCLE}", "prefect deploy --all"
        )
    workers = await client.read_workers_for_work_pool(POOL)
    online = [worker.name for worker in workers if worker.status == "ONLINE"]
    if not online:
        mend = "khởi động worker / start one: scheme21 worker"
        return Check(_WORKER, Level.CRITICAL, "không có worker nào chạy / no worker is running", mend)
    return Check(_WORKER, Level.OK, ", ".join(online))
