"""Check: one workbook with no, ten and every cell wrong, against the mere import of pandas and pandera.

`python -m tests.bench check`. A hundred and a thousand wrong cells show whether each finding costs the same.
"""

import re
from pathlib import Path

from tests.bench.given import Given
from tests.bench.inboxes import files_of, inbox, locked_at
from tests.bench.measure import Figure, Run, measured, run_cold
from tests.bench.spoilt import with_wrong_cells

NAME = "check"
IMPORTS = "import pandas, pandera"
_WRONG = (0, 10, 100, 1000, None)
_SAID = re.compile(r"([\d.]+) lỗi, lưu ý / findings")


def figures(given: Given) -> list[Figure]:
    """The imports alone, then the command on each workbook, in a cold process each."""
    original = _middle(files_of(inbox(1, is_small=given.is_small)))
    importing = [given.place.python, "-c", "import pandas, pandera.pandas"]
    found = [measured(IMPORTS, given.runs, lambda _: run_cold(importing, given.place.checkout))]
    for wrong in (0, 10) if given.is_small else _WRONG:
        file = given.place.fresh("check") / original.name
        cells = with_wrong_cells(original, wrong, file)
        found.append(_checked(given, file, cells))
    return found


def _checked(given: Given, file: Path, cells: int) -> Figure:
    moment = locked_at(0).replace(tzinfo=None).isoformat()
    district = file.name.partition("-")[0]
    command = [given.place.scheme21, "check", str(file), "--district", district, "--now", moment]

    def run(_turn: int) -> Run:
        return run_cold(command, given.place.checkout, codes=(0, 1))

    said = _SAID.search(run(0).output)
    findings = int(said[1].replace(".", "")) if said else 0
    label = f"`scheme21 check`, {cells} cells wrong"
    return measured(label, given.runs, run, work=findings, note=f"{findings} findings")


def _middle(files: list[Path]) -> Path:
    by_size = sorted(files, key=lambda file: (file.stat().st_size, file.name))
    return by_size[len(by_size) // 2]
