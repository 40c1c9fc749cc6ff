"""Rebuild: a new warehouse from the archive alone, compared with the one in use, and put in its place.

Everything is built in `<home>/rebuild/`; one rename puts it in place, and until then the warehouse in use is
not touched. What a rebuild that was killed left there is cleared by the next.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import duckdb

from schemas.access import owners_files
from schemas.published.snapshot import attach_read_only
from schemas.settings import Settings
from schemas.sharing import need_own_home
from tasks.compare_warehouses import Compared, FormerUnreadable, compare_with_former
from tasks.ingest import ingest
from tasks.lock import writer_lock
from tasks.obligations import open_obligations
from warehouse.connection import journal_of, open_warehouse, rebuild_sql

REBUILT = "rebuilt"
OnBatch = Callable[[int, int], None]


@dataclass(frozen=True)
class Rebuild:
    """What a rebuild found: the new warehouse as known at `known_at`, compared table by table.

    `compared` is empty when there was nothing to compare with. `folder` holds the new warehouse until it is
    swapped in; `kept` is where the former one lies when it differed or could not be read.
    """

    known_at: datetime
    submissions: int
    compared: list[Compared]
    folder: Path
    is_swapped: bool = False
    kept: Path | None = None

    @property
    def differing(self) -> list[Compared]:
        """Tables whose rows differ."""
        return [table for table in self.compared if table.differs]


def rebuild(
    settings: Settings,
    clock: datetime,
    *,
    accept_differences: bool = False,
    on_batch: OnBatch = lambda _done, _all: None,
) -> Rebuild:
    """Build the warehouse anew as of its last run, compare every table, and swap it in when all are equal.

    With `accept_differences` it is swapped in all the same and the former one kept; without, one that differs
    stays in `<home>/rebuild/` for a look. The history of runs and of the gate, which the archive does not
    hold, is taken over. `clock` is the moment to rebuild as of when no former run is known; `on_batch(done,
    all)` counts files. Raises NotForOneMachine for a home that shares, WarehouseBusy while a cycle writes,
    FormerUnreadable when there is nothing to compare with and differences are not accepted, FileNotFoundError
    when the archive has lost bytes that it has a record of.
    """
    need_own_home(settings)
    with owners_files(), writer_lock(settings, "rebuild"):
        has_former = _settle_former(settings, accept_unreadable=accept_differences)
        folder = _empty_folder(settings)
        with open_warehouse(folder / settings.warehouse.name, settings.time_zone) as warehouse:
            result = _build(warehouse, settings, clock, folder, on_batch, has_former=has_former)
            warehouse.execute("CHECKPOINT")
        if result.differing and not accept_differences:
            return result
        is_kept = bool(result.differing) or not has_former
        return _swap(settings, result, keep_former=is_kept)


def _build(
    warehouse: duckdb.DuckDBPyConnection,
    settings: Settings,
    clock: datetime,
    folder: Path,
    on_batch: OnBatch,
    *,
    has_former: bool,
) -> Rebuild:
    if not has_former:
        return Rebuild(clock, _fill(warehouse, settings, clock, on_batch), [], folder)
    with _beside(warehouse, settings.warehouse):
        [(known_at,)] = warehouse.execute(rebuild_sql("last_known_at")).fetchall()
        known_at = clock if known_at is None else known_at.astimezone(settings.zone)
        submissions = _fill(warehouse, settings, known_at, on_batch)
        compared = compare_with_former(warehouse)
        warehouse.execute(rebuild_sql("take_over_history"))
    return Rebuild(known_at, submissions, compared, folder)


def _fill(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, known_at: datetime, on_batch: OnBatch
) -> int:
    run_id = f"{known_at:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
    open_obligations(warehouse, settings, known_at)
    submissions = len(ingest(warehouse, settings, known_at, run_id, on_batch))
    warehouse.execute(
        "INSERT INTO ledger.run VALUES ($1, now(), now(), $2, $3, $4)",
        [run_id, known_at, REBUILT, submissions],
    )
    return submissions


@contextmanager
def _beside(warehouse: duckdb.DuckDBPyConnection, former: Path) -> Iterator[None]:
    attach_read_only(warehouse, former, "former")
    try:
        yield
    finally:
        warehouse.execute("DETACH former")


def _settle_former(settings: Settings, *, accept_unreadable: bool) -> bool:
    """Whether there is a warehouse to compare with; a log that a killed cycle left is brought into it."""
    if not settings.warehouse.exists():
        return False
    try:
        with open_warehouse(settings.warehouse, settings.time_zone) as former:
            former.execute("CHECKPOINT")
    except duckdb.Error as unreadable:
        if not accept_unreadable:
            raise FormerUnreadable(settings.warehouse, unreadable) from unreadable
        return False
    return True


def _empty_folder(settings: Settings) -> Path:
    folder = settings.home / "rebuild"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    return folder


def _swap(settings: Settings, result: Rebuild, *, keep_former: bool) -> Rebuild:
    in_use, log = settings.warehouse, journal_of(settings.warehouse)
    kept = in_use.with_name("warehouse.former.duckdb")
    is_kept = keep_former and in_use.exists()
    if is_kept:
        # A second name first, so that at no moment is there no warehouse.
        kept.unlink(missing_ok=True)
        kept.hardlink_to(in_use)
    # The log belongs to the former one; left here it would be replayed into the new one.
    if log.exists():
        log.replace(journal_of(kept))
    (result.folder / in_use.name).replace(in_use)
    shutil.rmtree(result.folder)
    return replace(result, is_swapped=True, kept=kept if is_kept else None)
