"""Examining files, here or on a Dask cluster: a submission is one task that may be run again at any time."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from schemas.settings import Settings
from schemas.sharing import ClusterLost, NotInstalled
from tasks.batch import gather
from tasks.bounded_reading import BoundedReader
from tasks.examine import Examined, examine
from tasks.opening import open_archived
from tasks.opening_ahead import OpeningAhead
from tasks.parts import from_parquet, to_parquet
from tasks.receive import Arrival
from tasks.shared_folders import SharedFolder, bring_content, give_archive
from tasks.turns import form_of

if TYPE_CHECKING:
    from distributed import Client, Future

# What an errand fails by, such as a busy store, may be over; of a killed worker's Dask takes care by itself.
_RETRIES = 2
# A cluster that does not answer for so long is lost; one without a worker is looked at again after as long.
_PATIENCE_SECONDS = 30
_THREAD, _NOTHING_HELD = threading.local(), ExitStack()


@dataclass(frozen=True)
class Errand:
    """What a worker needs to examine one submission; `names` are the register's, of its district."""

    settings: Settings
    place: str
    arrival: Arrival
    names: frozenset[str]

    @property
    def part(self) -> str:
        """The file that it makes."""
        return f"{self.arrival.submission_id}.parquet"


def examined(settings: Settings, ahead: OpeningAhead, arrivals: list[Arrival], run_id: str) -> Examined:
    """Open and examine archived files: by a Dask cluster where SCHEME21_TASK_RUNNER names one, else here.

    Here `ahead` opens them; the cluster does so for itself, by the same names.
    Raises ClusterLost, and FileNotFoundError when the archive has lost the bytes of one.
    """
    if settings.task_runner is None:
        return examine(gather(list(map(ahead.opened, arrivals))))
    give_archive(settings)
    _sweep(settings, run_id)
    place = f"{settings.parts_url}/{run_id}"
    errands = [
        Errand(_without_secrets(settings), place, a, ahead.register.get(a.district_code, frozenset()))
        for a in arrivals
    ]
    with _cluster(settings.task_runner) as cluster:
        _run_all(cluster, settings.task_runner, errands)
    parts = SharedFolder(place)
    found = from_parquet([parts.read(errand.part) for errand in errands], form_of(arrivals[0]))
    for errand in errands:
        parts.remove(errand.part)
    return found


def run_errand(errand: Errand) -> None:
    """Examine one submission and lay its part at the place of the errand; one that lies there is whole."""
    parts = SharedFolder(errand.place)
    if parts.has(errand.part):
        return
    arrival = errand.arrival
    bring_content(errand.settings, arrival.sha256)
    reader = _reader_of_this_thread(errand.settings)
    register = {arrival.district_code: errand.names}
    opened = open_archived(arrival, errand.settings, reader, register)
    parts.write(errand.part, to_parquet(examine(gather([opened]))))


def _reader_of_this_thread(settings: Settings) -> BoundedReader:
    # It starts a process, which takes longer than most files: one serves all errands of a worker's thread.
    if getattr(_THREAD, "settings", None) != settings:
        getattr(_THREAD, "held", _NOTHING_HELD).close()
        _THREAD.settings, _THREAD.held = settings, ExitStack()
        _THREAD.reader = _THREAD.held.enter_context(BoundedReader(settings))
    reader: BoundedReader = _THREAD.reader
    return reader


@contextmanager
def _cluster(address: str) -> Iterator["Client"]:
    # Imported where it is used: a cycle on one machine does not wait for it.
    try:
        from distributed import Client, KilledWorker
        from distributed.client import FutureCancelledError
        from distributed.comm.core import CommClosedError
    except ModuleNotFoundError as missing:
        raise NotInstalled.of(missing) from missing

    server = address.removeprefix("dask://")
    try:
        cluster = Client(server, timeout=_PATIENCE_SECONDS, set_as_default=False)
    except OSError as unreachable:
        raise ClusterLost(address, unreachable) from unreachable
    with cluster, cluster.as_current():
        try:
            yield cluster
        except (KilledWorker, CommClosedError, FutureCancelledError) as lost:
            raise ClusterLost(address, lost) from lost


def _run_all(cluster: "Client", address: str, errands: list[Errand]) -> None:
    keys = [f"examine-{errand.place}-{errand.part}" for errand in errands]
    done = cluster.map(run_errand, errands, key=keys, retries=_RETRIES)
    while not _has_ended(done):
        if not cluster.nthreads():
            raise ClusterLost(address, TimeoutError("no worker"))
    cluster.gather(done)


def _has_ended(done: "list[Future[None]]") -> bool:
    from distributed import wait

    try:
        wait(done, timeout=_PATIENCE_SECONDS)
    except TimeoutError:
        return False
    return True


def _sweep(settings: Settings, run_id: str) -> None:
    # Nobody else is at work: the warehouse is held. What other runs left there, killed ones left.
    everywhere = SharedFolder(settings.parts_url)
    for name in everywhere.names():
        if not name.startswith(f"{run_id}/"):
            everywhere.remove(name)


def _without_secrets(settings: Settings) -> Settings:
    secret = [name for name, value in settings if isinstance(value, SecretStr)]
    return settings.model_copy(update=dict.fromkeys(secret))
