"""From facts to tables: the last release, drawn anew from the warehouse, has the rows it was given."""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from schemas.manifest import Manifest
from schemas.settings import Settings
from tasks.checkup_result import Check, Level
from tasks.program import program
from tasks.reprint import tables_drawn_otherwise
from tasks.verify.chain import Chain
from tasks.verify.said import REBUILD, altered, sound
from warehouse.connection import read_warehouse


def check_drawn_anew(settings: Settings, chain: Chain) -> Check:
    """Whether the warehouse still gives the tables of the chain's last release; the tables that it does not.

    Another program may draw otherwise: then nothing is compared, and that is said. Needs the warehouse;
    raises duckdb.IOException when it cannot be read.
    """
    latest, _ = chain[max(chain)]
    place = f"bảng dựng lại / drawn anew: {latest.run_id}"
    drawn_by = _first_of_run(chain, latest.run_id).program
    if drawn_by.sha256 != program().sha256:
        saw = f"chương trình khác đã lập, không so / another program made it, not compared: {drawn_by.sha256}"
        return Check(place, Level.WARNING, saw)
    try:
        differing = _drawn_otherwise(settings, latest)
    except duckdb.ProgrammingError as unreadable:  # a table or a column of the warehouse is gone
        return altered(place, f"không dựng lại được / cannot be drawn: {unreadable}", REBUILD)
    if differing:
        saw = f"kho dữ liệu cho số khác ở / the warehouse says otherwise in {', '.join(differing)}"
        return altered(place, saw, REBUILD)
    return sound(place, f"{len(latest.tables)} bảng đúng từng dòng / tables, row for row")


def _first_of_run(chain: Chain, run_id: str) -> Manifest:
    # Writing the bulletin anew names the program of that day; the tables stay those of the run.
    return next(manifest for _, (manifest, _) in sorted(chain.items()) if manifest.run_id == run_id)


def _drawn_otherwise(settings: Settings, latest: Manifest) -> tuple[str, ...]:
    zone = latest.settings["time_zone"]
    with (
        TemporaryDirectory(prefix="scheme21-verify-") as beside,
        read_warehouse(settings.warehouse, zone) as warehouse,
    ):
        return tables_drawn_otherwise(warehouse, Path(beside), latest, settings)
