"""Landed files to measure on: the simulated city's, written once into the cache."""

import shutil
from datetime import datetime
from pathlib import Path

from schemas.calendar import Calendar, Period
from schemas.settings import Settings
from tasks.sample import write_sample
from tests.bench.place import CACHE

_SEED = 21
_DISTRICTS_OF_A_SMALL_ONE = 3


def inbox(periods: int, *, is_small: bool = False) -> Path:
    """The files of the first `periods` periods of a simulated countdown (at least two long) and no others.

    A small one holds the three districts with the least to say.
    """
    folder = CACHE / "inboxes" / f"{periods}{'-small' if is_small else ''}"
    written = folder.with_name(f"{folder.name}.written")
    if not written.exists():
        shutil.rmtree(folder, ignore_errors=True)
        write_sample(folder, _SEED, last=str(period(max(periods, 2) - 1)))
        _keep(folder, periods, districts=_DISTRICTS_OF_A_SMALL_ONE if is_small else None)
        written.touch()
    return folder


def _keep(folder: Path, periods: int, districts: int | None) -> None:
    taken = {str(period(number)) for number in range(periods)}
    by_size = sorted(folder.iterdir(), key=lambda each: sum(file.stat().st_size for file in each.iterdir()))
    for district in by_size[districts:] if districts else []:
        shutil.rmtree(district)
    for path in files_of(folder):
        if path.name.split("-", 1)[1][:7] not in taken:
            path.unlink()


def period(number: int) -> Period:
    """The period `number` after the baseline."""
    return Period(Calendar(_settings()).baseline.ordinal + number)


def locked_at(number: int) -> datetime:
    """When the period `number` after the baseline is locked: all of its files have arrived."""
    return Calendar(_settings()).lock_at(period(number))


def files_of(folder: Path) -> list[Path]:
    """The landed files."""
    return sorted(folder.glob("*/*.*"))


def _settings() -> Settings:
    return Settings(_env_file=None)
