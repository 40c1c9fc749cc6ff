"""Opening ahead: while a batch is checked and loaded, the files that come after it are being opened."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import LifoQueue
from threading import Condition

from schemas.settings import Settings
from tasks.bounded_reading import BoundedReader
from tasks.opening import OpenedFile, Register, open_archived
from tasks.receive import Arrival

# What is read has to be recognised and checked, one file after the other: more would only wait for that.
_MOST_READERS = 4
_AHEAD = 32  # files: as many as are opened while a batch is checked


class OpeningAhead:
    """Opens archived files in their order; nothing is opened before the first is asked for.

    None is begun while those that were opened and not asked for yet have `max_cells` cells, as one file may.
    """

    def __init__(
        self,
        settings: Settings,
        readers: Sequence[BoundedReader],
        threads: ThreadPoolExecutor,
        arrivals: Iterable[Arrival],
        register: Register,
    ) -> None:
        self.register = register
        self._settings, self._threads = settings, threads
        # The last to become idle is the first to be asked: no reader starts where those that run are enough.
        self._idle: LifoQueue[BoundedReader] = LifoQueue()
        for reader in readers:
            self._idle.put(reader)
        self._left = enumerate(arrivals)
        self._begun: deque[tuple[int, Arrival, Future[OpenedFile]]] = deque()
        self._held, self._asked_for, self._is_over, self._changed = 0, -1, False, Condition()

    def opened(self, arrival: Arrival) -> OpenedFile:
        """The file, opened; those before it that nobody asked for are left out.

        Raises what `open_archived` raises for it, IndexError when it does not come after the one before.
        """
        before, opening = self._next()
        while before != arrival:
            opening.cancel()
            before, opening = self._next()
        self._go_ahead()
        return opening.result()

    def stop(self) -> None:
        """Begin no other file."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def _next(self) -> "tuple[Arrival, Future[OpenedFile]]":
        self._go_ahead()
        number, arrival, opening = self._begun.popleft()
        with self._changed:
            self._asked_for = number
            self._changed.notify_all()
        opening.add_done_callback(self._let_go)
        return arrival, opening

    def _go_ahead(self) -> None:
        while len(self._begun) < _AHEAD and (left := next(self._left, None)) is not None:
            self._begun.append((*left, self._threads.submit(self._open, *left)))

    def _open(self, number: int, arrival: Arrival) -> OpenedFile:
        with self._changed:
            self._changed.wait_for(lambda: self._may_begin(number))
            if self._is_over:
                raise CancelledError
        reader = self._idle.get()
        try:
            opened = open_archived(arrival, self._settings, reader, self.register)
        finally:
            self._idle.put(reader)
        with self._changed:
            self._held += _cells_of(opened)
        return opened

    def _may_begin(self, number: int) -> bool:
        return self._is_over or number <= self._asked_for or self._held < self._settings.max_cells

    def _let_go(self, opening: "Future[OpenedFile]") -> None:
        if not opening.cancelled() and opening.exception() is None:
            with self._changed:
                self._held -= _cells_of(opening.result())
                self._changed.notify_all()


def _cells_of(opened: OpenedFile) -> int:
    return sum(len(row) for sheet in opened.sheets for row in sheet.grid.rows)


@contextmanager
def opening_ahead(
    settings: Settings, arrivals: Iterable[Arrival], register: Register
) -> Iterator[OpeningAhead]:
    """Open `arrivals` by the names of `register`, with a reader for each processor as far as they are of use.

    The block ends when the files that are being opened have been, each within its limits.
    """
    number = min(_MOST_READERS, len(os.sched_getaffinity(0)))
    with ExitStack() as held:
        readers = [held.enter_context(BoundedReader(settings)) for _ in range(number)]
        threads = ThreadPoolExecutor(number, "open-ahead")
        held.callback(threads.shutdown, cancel_futures=True)
        ahead = OpeningAhead(settings, readers, threads, arrivals, register)
        held.callback(ahead.stop)
        yield ahead
