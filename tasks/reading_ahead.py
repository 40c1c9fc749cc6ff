"""Reading ahead: while some files are recognised and checked, those that come after them are being read."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import LifoQueue

from schemas.settings import Settings
from tasks.bounded_reading import BoundedReader
from tasks.opening import Found, read_archived
from tasks.receive import Arrival

# What is read has to be recognised, one file after the other, by whoever asked: more would only wait for it.
_MOST_READERS = 4
_AHEAD = 32  # files: as many as are read while a batch is checked, and what they say has to be held


class ReadingAhead:
    """Reads archived files in their order; nothing is read before the first is asked for."""

    def __init__(
        self,
        settings: Settings,
        readers: Sequence[BoundedReader],
        threads: ThreadPoolExecutor,
        arrivals: Iterable[Arrival],
    ) -> None:
        self._settings, self._threads = settings, threads
        # The last to become idle is the first to be asked: no reader starts where those that run are enough.
        self._idle: LifoQueue[BoundedReader] = LifoQueue()
        for reader in readers:
            self._idle.put(reader)
        self._left = iter(arrivals)
        self._begun: deque[tuple[Arrival, Future[Found]]] = deque()

    def found_in(self, arrival: Arrival) -> Found:
        """What was found in a file; those before it that nobody asked for are left out.

        Raises what `read_archived` raises for it, IndexError when it does not come after the one before.
        """
        before = None
        while before != arrival:
            self._go_ahead()
            before, found = self._begun.popleft()
        self._go_ahead()
        return found.result()

    def _go_ahead(self) -> None:
        while len(self._begun) < _AHEAD and (arrival := next(self._left, None)) is not None:
            self._begun.append((arrival, self._threads.submit(self._read, arrival)))

    def _read(self, arrival: Arrival) -> Found:
        reader = self._idle.get()
        try:
            return read_archived(arrival, self._settings, reader)
        finally:
            self._idle.put(reader)


@contextmanager
def reading_ahead(settings: Settings, arrivals: Iterable[Arrival]) -> Iterator[ReadingAhead]:
    """Read `arrivals` with a reader for each processor, as far as several are of use."""
    number = min(_MOST_READERS, len(os.sched_getaffinity(0)))
    with ExitStack() as held:
        readers = [held.enter_context(BoundedReader(settings)) for _ in range(number)]
        threads = ThreadPoolExecutor(number, "read-ahead")
        held.callback(threads.shutdown, cancel_futures=True)
        yield ReadingAhead(settings, readers, threads, arrivals)
