"""The returned workbook of a dry run: what `check --annotate` writes beside the file."""

import hashlib
from datetime import datetime
from pathlib import Path

from schemas.settings import Settings
from tasks.batch import open_file, register_of
from tasks.bounded_marking import BoundedMarker
from tasks.bounded_reading import BoundedReader
from tasks.check_file import CheckedFile
from tasks.finding_groups import Finding
from tasks.receive import Arrival
from warehouse.connection import open_warehouse

_ENDING = "-can-sua"


def annotate(path: Path, checked: CheckedFile, settings: Settings, now: datetime) -> Path | None:
    """Write the marked copy of a checked file as `<name>-can-sua.xlsx` beside it, and return its path.

    An earlier copy is replaced. None for a file that could not be read or is too large to mark.
    """
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    arrival = Arrival(checked.district_code, path.name, now, digest, len(content), now)
    with BoundedReader(settings) as reader, open_warehouse(None, settings.time_zone) as warehouse:
        opened = open_file(arrival, content, reader, register_of(warehouse))
    findings = _findings(checked)
    with BoundedMarker(settings) as marker:
        returned = marker.returned_workbook(
            content, opened, findings, verdict=checked.verdict, district=checked.district, seq=None
        )
    if returned is None:
        return None
    copy = path.with_name(f"{path.stem}{_ENDING}.xlsx")
    copy.write_bytes(returned)
    return copy


def _findings(checked: CheckedFile) -> list[Finding]:
    known = checked.findings.astype(object).where(checked.findings.notna(), None)
    renamed = known.rename(columns={"source_sheet": "sheet"})
    return [{str(name): value for name, value in line.items()} for line in renamed.to_dict("records")]
