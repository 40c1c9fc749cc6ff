"""Reading ahead: while some files are recognised and checked, those that come after them are being read."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import LifoQueue
from threading import Condition

from schemas.settings import Settings
from tasks.bounded_reading import BoundedReader
from tasks.opening import Found, read_archived
from tasks.receive import Arrival

# What is read has to be recognised, one file after the other, by whoever asked: more would only wait for it.
_MOST_READERS = 4
_AHEAD = 32  # files: as many as are read while a batch is checked


class ReadingAhead:
    """Reads archived files in their order; nothing is read before the first is asked for.

    None is begun while those that were read and not asked for yet have `max_cells` cells, as one file may.
    """

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
        self._left = enumerate(arrivals)
        self._begun: deque[tuple[int, Arrival, Future[Found]]] = deque()
        self._held, self._asked_for, self._is_over, self._changed = 0, -1, False, Condition()

    def found_in(self, arrival: Arrival) -> Found:
        """What was found in a file; those before it that nobody asked for are left out.

        Raises what `read_archived` raises for it, IndexError when it does not come after the one before.
        """
        before, read = self._next()
        while before != arrival:
            read.cancel()
            before, read = self._next()
        self._go_ahead()
        return read.result()

    def stop(self) -> None:
        """Begin no other file."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def _next(self) -> "tuple[Arrival, Future[Found]]":
        self._go_ahead()
        number, arrival, read = self._begun.popleft()
        with self._changed:
            self._asked_for = number
            self._changed.notify_all()
        read.add_done_callback(self._let_go)
        return arrival, read

    def _go_ahead(self) -> None:
        while len(self._begun) < _AHEAD and (left := next(self._left, None)) is not None:
            self._begun.append((*left, self._threads.submit(self._read, *left)))

    def _read(self, number: int, arrival: Arrival) -> Found:
        with self._changed:
            self._changed.wait_for(lambda: self._may_begin(number))
            if self._is_over:
                raise CancelledError
        reader = self._idle.get()
        try:
            found = read_archived(arrival, self._settings, reader)
        finally:
            self._idle.put(reader)
        with self._changed:
            self._held += _cells_of(found)
        return found

    def _may_begin(self, number: int) -> bool:
        return self._is_over or number <= self._asked_for or self._held < self._settings.max_cells

    def _let_go(self, read: "Future[Found]") -> None:
        if not read.cancelled() and read.exception() is None:
            with self._changed:
                self._held -= _cells_of(read.result())
                self._changed.notify_all()


def _cells_of(found: Found) -> int:
    grids = found if isinstance(found, list) else []
    return sum(len(row) for grid in grids for row in grid.rows)


@contextmanager
def reading_ahead(settings: Settings, arrivals: Iterable[Arrival]) -> Iterator[ReadingAhead]:
    """Read `arrivals` with a reader for each processor, as far as several are of use.

    The block ends when the files that are being read have been, each within its limits.
    """
    number = min(_MOST_READERS, len(os.sched_getaffinity(0)))
    with ExitStack() as held:
        readers = [held.enter_context(BoundedReader(settings)) for _ in range(number)]
        threads = ThreadPoolExecutor(number, "read-ahead")
        held.callback(threads.shutdown, cancel_futures=True)
        ahead = ReadingAhead(settings, readers, threads, arrivals)
        held.callback(ahead.stop)
        yield ahead
