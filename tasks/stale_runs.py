"""Runs that were killed: whoever writes next says so in the ledger and clears what they left half-built."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from schemas.manifest import MANIFEST, DamagedManifest
from schemas.run_outcomes import CRASHED
from schemas.settings import Settings
from tasks.chain import was_never_shown
from tasks.former_release import is_former, mark_of

_YOUNGEST_SWEPT = timedelta(days=1)
# Written beside to be renamed, by a process that was killed in between: the link to the release, the
# heartbeat, the signature of the lock, the metrics, the record of an arrival, the copy of a manifest, which
# are written again.
_NOT_RENAMED = (
    ".published.*",
    "heartbeat.[0-9]*",
    "warehouse.lock.[0-9]*",
    "metrics/scheme21.prom.*",
    "archive/arrivals/.*",
    "archive/manifests/.*",
)


def mark_crashed(warehouse: duckdb.DuckDBPyConnection, clock: datetime) -> list[str]:
    """Close every open run of the ledger as crashed at `clock`; return their ids.

    Only for the holder of the writer lock: while it is held no other run can be alive.
    """
    marked = warehouse.execute(
        "UPDATE ledger.run SET outcome = ?, finished_at = ? WHERE finished_at IS NULL RETURNING run_id",
        [CRASHED, clock],
    ).fetchall()
    return sorted(str(run_id) for (run_id,) in marked)


def sweep_half_built(settings: Settings) -> list[Path]:
    """Remove what killed runs left half-built, or never showed, among the releases; return what was removed.

    Only for the holder of the writer lock, before it builds anything. The published release stays, and so
    does one whose manifest is damaged: `scheme21 verify` names it.
    """
    published = settings.published.resolve()
    half_built = [
        folder
        for folder in _folders(settings)
        if folder.resolve() != published and not _was_shown(folder, settings)
    ]
    for folder in half_built:
        shutil.rmtree(folder)
    not_renamed = [path for pattern in _NOT_RENAMED for path in sorted(settings.home.glob(pattern))]
    for path in not_renamed:
        path.unlink(missing_ok=True)  # the watchman, who takes no lock, may have renamed its own by now
    return [*half_built, *not_renamed]


def sweep_old_releases(settings: Settings, clock: datetime) -> list[Path]:
    """Remove all but the newest `settings.releases_kept` earlier releases; return what was removed.

    Never the published one, nor one that was made less than a day before `clock`: a reader may hold it open.
    """
    published = settings.published.resolve()
    # A half-built one is of the run that ends by an error just now: the next run's to sweep.
    whole = [folder for folder in _folders(settings) if mark_of(folder).exists()]
    earlier = [folder for folder in whole if folder.resolve() != published]
    earlier.sort(key=lambda folder: (_made_at(folder, clock), folder.name), reverse=True)
    old = [
        folder
        for folder in earlier[settings.releases_kept :]
        if clock - _made_at(folder, clock) >= _YOUNGEST_SWEPT
    ]
    for folder in old:
        shutil.rmtree(folder)
    return old


def _folders(settings: Settings) -> list[Path]:
    return sorted(path for path in settings.releases.glob("*") if path.is_dir() and not path.is_symlink())


def _was_shown(folder: Path, settings: Settings) -> bool:
    if not (folder / MANIFEST).exists():
        return is_former(folder)
    try:
        return not was_never_shown(settings, folder)
    except DamagedManifest:
        return True


def _made_at(folder: Path, clock: datetime) -> datetime:
    return datetime.fromtimestamp(mark_of(folder).stat().st_mtime, clock.tzinfo)
