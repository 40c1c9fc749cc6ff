"""The warehouse of a home that shares with other machines: brought up to date and, at the end, given."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import duckdb

from schemas.published.snapshot import attach_read_only
from schemas.settings import Settings
from tasks.lock import writer_lock
from tasks.publisher_lock import PublisherLock, publisher_lock
from tasks.receive import archived_arrivals, arrival_path
from tasks.shared_folders import bring_archive, give_archive
from tasks.shared_releases import bring_releases, give_release
from warehouse.connection import open_warehouse
from warehouse.lake import attached_lake, bring_up_to_date, publish


@contextmanager
def newest_warehouse(settings: Settings, what: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Hold the warehouse, with what other machines shared by now, for who reads in it; `what` says what for.

    Raises WarehouseBusy, LakeDiffers, ChainForked, and OSError or duckdb.Error when what is shared cannot be
    reached.
    """
    with (
        writer_lock(settings, what),
        open_warehouse(settings.warehouse, settings.time_zone) as warehouse,
        _up_to_date(warehouse, settings),
    ):
        yield warehouse


@contextmanager
def open_for_reading(settings: Settings, what: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The newest warehouse while no cycle writes to it; before the first cycle, the reference data alone.

    Raises what newest_warehouse raises.
    """
    if not settings.lake and not settings.warehouse.exists():
        with open_warehouse(None, settings.time_zone) as reference:
            yield reference
        return
    with newest_warehouse(settings, what) as warehouse:
        yield warehouse


@contextmanager
def shared(warehouse: duckdb.DuckDBPyConnection, settings: Settings, what: str) -> Iterator[None]:
    """Be the one that publishes where machines share; `what` says what for.

    The block finds what they shared by now. What it leaves is shared at its end, however it ends but by
    DuckDB itself: whether its file is sound the next cycle finds out. Only for the holder of the writer
    lock. Raises WarehouseBusy while another machine publishes, LakeDiffers,
    ChainForked, LakeMovedOn, PublisherLost, and OSError or duckdb.Error when what is shared cannot be
    reached.
    """
    with ExitStack() as held:
        lock = held.enter_context(publisher_lock(warehouse, settings, what)) if settings.lake else None
        held.enter_context(_up_to_date(warehouse, settings))
        try:
            yield
        except duckdb.Error:
            raise
        except BaseException:
            _share(warehouse, settings, what, lock)
            raise
        _share(warehouse, settings, what, lock)


@contextmanager
def _up_to_date(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[None]:
    with ExitStack() as held:
        if settings.lake is not None:
            held.enter_context(attached_lake(warehouse, settings.lake, settings.lake_data))
            if bring_up_to_date(warehouse) and settings.archive_url is not None:
                _forget_not_shared(warehouse, settings)
        # After the lake: it knows of no file that the archive lacks.
        bring_archive(settings)
        bring_releases(settings)
        yield


def _forget_not_shared(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    # Of a file that this machine took in and could not share, and another one after it, theirs is the record.
    known = dict(warehouse.execute("SELECT submission_id, known_at FROM ledger.submission").fetchall())
    for arrival in archived_arrivals(settings):
        if known.get(arrival.submission_id, arrival.known_at) != arrival.known_at:
            arrival_path(settings, arrival.submission_id).unlink()


def _share(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, what: str, lock: PublisherLock | None
) -> None:
    if lock is not None:
        lock.assert_held()
    # In this order: the lake knows of no file that the archive lacks, readers of no release it lacks.
    give_archive(settings)
    if lock is not None:
        _publish_to_lake(warehouse, settings, what)
    give_release(settings)


def _publish_to_lake(warehouse: duckdb.DuckDBPyConnection, settings: Settings, what: str) -> None:
    has_release = settings.snapshot.exists()
    if has_release:
        attach_read_only(warehouse, settings.snapshot.resolve(), "release")
    try:
        publish(warehouse, what, has_release=has_release)
    finally:
        if has_release:
            warehouse.execute("DETACH release")
