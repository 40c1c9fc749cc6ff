"""The returned workbook of a dry run: what `check --annotate` writes beside the file."""

from pathlib import Path

from schemas.settings import Settings
from tasks.bounded_marking import BoundedMarker
from tasks.check_file import CheckedFile
from tasks.finding_groups import Finding

_ENDING = "-can-sua"


def annotate(path: Path, checked: CheckedFile, settings: Settings) -> Path | None:
    """Write the marked copy of a checked file as `<name>-can-sua.xlsx` beside it, and return its path.

    An earlier copy is replaced. None for a file that could not be read or is too large to mark.
    """
    with BoundedMarker(settings) as marker:
        returned = marker.returned_workbook(
            checked.content,
            checked.opened,
            _findings(checked),
            verdict=checked.verdict,
            district=checked.district,
            seq=None,
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
