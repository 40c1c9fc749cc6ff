"""Reprinting: the tables as a release showed them, as of an earlier period, or with what is known since."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import duckdb

from schemas.manifest import Manifest, NoSuchRelease
from schemas.published.snapshot import reading
from schemas.settings import Settings
from tasks.chain import keep_shown, kept_paths, read_manifest
from tasks.lock import writer_lock
from tasks.manifest import table_contents
from warehouse.connection import query, read_warehouse
from warehouse.picture import Picture
from warehouse.runner import build


@dataclass(frozen=True)
class Reprint:
    """Tables drawn anew: `file` as asked for, `as_known` the same picture as the release knew it.

    `release` is the manifest of the release they go back to, `known_from` of the one whose knowledge `file`
    holds: another one if it is restated. `differing` names the tables of the release, drawn anew, whose
    content is not what its manifest says: none while the program is that of then. `is_release`: `file` is
    that release, whole.
    """

    release: Manifest
    known_from: Manifest
    period: str | None
    picture: Picture
    file: Path
    as_known: Path
    differing: tuple[str, ...]
    is_release: bool

    @property
    def is_restated(self) -> bool:
        """Whether it may hold what was not known then."""
        return self.known_from.sequence > self.release.sequence


def reprint(
    settings: Settings, folder: Path, moment: datetime, period: str | None = None, *, restated: bool = False
) -> Reprint:
    """Draw into `folder` the tables as the last release by `moment` showed them; no folder of it is needed.

    An earlier `period` than its latest is drawn as of that period's lock, or as of the release where that
    came before the lock, from what the release knew.
    `restated` draws the same moment from all that the last release of all knows. Raises NoSuchRelease,
    DamagedManifest, WarehouseBusy while a cycle writes for too long, duckdb.IOException when the warehouse
    cannot be read.
    """
    with writer_lock(settings, "report"):
        keep_shown(settings)
        release = released_by(settings, moment)
        known_from = released_by(settings, None) if restated else release
        then = _settings_of(release, settings)
        with read_warehouse(settings.warehouse, then.time_zone) as warehouse:
            return _reprint(_Canvas(warehouse, folder, then), release, known_from, period)


def released_by(settings: Settings, moment: datetime | None) -> Manifest:
    """The manifest of the last release as known by `moment`, of the last one of all for None.

    Raises NoSuchRelease, DamagedManifest.
    """
    for path in reversed(kept_paths(settings)):
        manifest, _ = read_manifest(path)
        if moment is None or manifest.as_known_at <= moment:
            return manifest
    when = "" if moment is None else f" {moment:%d/%m/%Y %H:%M:%S}"
    raise NoSuchRelease(f"Đến{when} chưa phát hành bản nào / nothing had been released by{when}")


def tables_drawn_otherwise(
    warehouse: duckdb.DuckDBPyConnection, folder: Path, release: Manifest, settings: Settings
) -> tuple[str, ...]:
    """Tables that the opened warehouse gives otherwise than that release's manifest, drawn into `folder`."""
    canvas = _Canvas(warehouse, folder, _settings_of(release, settings))
    return _differing(canvas.draw_release(release), release)


def _settings_of(release: Manifest, settings: Settings) -> Settings:
    # What the tables were drawn with; what judged the files is in the ledger already.
    said = release.settings
    baseline = {
        "baseline_period": said["baseline_period"],
        "baseline_as_of": date.fromisoformat(said["baseline_as_of"]),
    }
    return settings.model_copy(update={**baseline, "time_zone": said["time_zone"]})


@dataclass(frozen=True)
class _Canvas:
    warehouse: duckdb.DuckDBPyConnection
    folder: Path
    settings: Settings

    def draw_release(self, release: Manifest) -> Path:
        return self.draw("released", Picture.at(release.as_known_at), release.run_id)

    def draw(self, name: str, picture: Picture, run_id: str) -> Path:
        file = self.folder / f"{name}.duckdb"
        self.warehouse.execute("SET VARIABLE run_id = ?", [run_id])
        build(self.warehouse, file, picture, self.settings)
        # Building leaves the connection with the search path of a fresh one.
        self.warehouse.execute("USE warehouse")
        return file


def _reprint(canvas: _Canvas, release: Manifest, known_from: Manifest, period: str | None) -> Reprint:
    released = canvas.draw_release(release)
    latest = _latest_period(released)
    picture = _picture(canvas.warehouse, release, period or latest, latest)
    is_release = picture.through is None
    file = released if is_release else canvas.draw("as-known", picture, release.run_id)
    differing = _differing(released, release)
    shown = Reprint(release, release, period or latest, picture, file, file, differing, is_release)
    return shown if known_from == release else _restated(canvas, shown, known_from)


def _restated(canvas: _Canvas, shown: Reprint, known_from: Manifest) -> Reprint:
    picture = replace(shown.picture, known_at=known_from.as_known_at, through=shown.period)
    file = canvas.draw("restated", picture, f"{known_from.run_id} (tính lại / restated)")
    return replace(shown, known_from=known_from, picture=picture, file=file, is_release=False)


def _latest_period(file: Path) -> str | None:
    with reading(file) as reader:
        [(period,)] = reader.execute("SELECT latest_period FROM release").fetchall()
    return None if period is None else str(period)


def _picture(
    warehouse: duckdb.DuckDBPyConnection, release: Manifest, period: str | None, latest: str | None
) -> Picture:
    if period == latest:
        return Picture.at(release.as_known_at)
    lock = warehouse.execute(query("lock_of_period"), [period]).fetchone()
    if lock is None or latest is None or str(period) > latest:
        raise NoSuchRelease(
            f"Bản phát hành {release.as_known_at:%d/%m/%Y %H:%M} không có kỳ {period}; kỳ mới nhất: {latest}"
            f" / that release has no period {period}; its latest is {latest}"
        )
    return Picture(release.as_known_at, as_of=min(lock[0], release.as_known_at), through=period)


def _differing(released: Path, release: Manifest) -> tuple[str, ...]:
    with reading(released) as reader:
        drawn = table_contents(reader)
    names = sorted(drawn.keys() | release.tables.keys())
    return tuple(name for name in names if drawn.get(name) != release.tables.get(name))
