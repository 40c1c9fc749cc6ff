"""The hostile files: each through the production way in, its verdict, and what it cost.

`python -m tests.campaigns.hostile_reading` prints the table, writes docs/hostile-files.md, and fails when a
file is not judged as its kind deserves or a clean return beside them is not accepted.
"""

import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from schemas.settings import Settings
from tasks.bounded_reading import BoundedReader
from tasks.read_limits import UnreadableFileError
from tests.campaigns.clean_returns import DISTRICTS
from tests.campaigns.hostile_files import HOSTILE_FILES, Hostile
from tests.campaigns.hostile_zips import BUILT_FOR
from tests.intake.returns import DISTRICT, Office, moment, whole_return

_PAGE = Path(__file__).parents[2] / "docs" / "hostile-files.md"
_CLEAN = "clean.xlsx"
_SENT, _TAKEN_IN = moment("2021-04-02"), moment("2021-04-03")
_INTRODUCTION = """# Hostile files

Written by `python -m tests.campaigns.hostile_reading`; do not edit. Every kind is built by code and goes
through the production way in. Seconds are processor time of the process that reads, MB its memory at its
most ([how it is bounded](decisions/14-bounded-reading.md)). What only a spreadsheet program would act on is
read as data; a returned workbook has no macros and no links to other files.

"""


@dataclass(frozen=True)
class Cost:
    """One file: what reading it said ('' when it was read), the verdict on it, what it used."""

    hostile: Hostile
    size_bytes: int
    said: str
    verdict: str
    cpu_seconds: float
    peak_bytes: int

    @property
    def is_as_expected(self) -> bool:
        """Whether it was refused for the reason that its kind deserves, or read."""
        if not self.hostile.says:
            return not self.said and self.verdict != "rejected"
        return self.hostile.says in self.said and self.verdict == "rejected"


def costs(files: Mapping[str, bytes], verdicts: Mapping[str, str]) -> Iterator[Cost]:
    """Read each file alone, within the limits of the settings."""
    with BoundedReader(Settings(_env_file=None)) as reader:
        for hostile in HOSTILE_FILES:
            content, said = files[hostile.kind], ""
            try:
                reader.read(content)
            except UnreadableFileError as error:
                said = str(error)
            spent = reader.spent
            yield Cost(
                hostile, len(content), said, verdicts[hostile.kind], spent.cpu_seconds, spent.peak_bytes
            )


def verdicts_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Ingest the refused ones together with a clean return in one cycle, each of the others in its own."""
    refused = {h.kind: files[h.kind] for h in HOSTILE_FILES if h.says}
    with tempfile.TemporaryDirectory() as folder:
        clean = whole_return(Path(folder) / _CLEAN).read_bytes()
    verdicts = _taken_in({_CLEAN: clean, **refused}, DISTRICT)
    for hostile in HOSTILE_FILES:
        if not hostile.says:
            verdicts |= _taken_in({hostile.kind: files[hostile.kind]}, BUILT_FOR)
    return verdicts


def _taken_in(files: Mapping[str, bytes], first: str) -> dict[str, str]:
    # The first file comes from that district, each after it from another, so that they share batches.
    others = [district for district in DISTRICTS if district != first]
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        for number, (name, content) in enumerate(files.items()):
            district = others[number % len(others)] if number else first
            (Path(folder) / "sent").write_bytes(content)
            office.send(Path(folder) / "sent", _SENT, district, name)
        return {outcome.file_name: outcome.verdict for outcome in office.take_in(_TAKEN_IN)}


def page(all_costs: list[Cost], clean_verdict: str, seconds: float) -> str:
    """The page: a line a kind, then what the whole cost."""
    lines = ["| kind | file, kB | verdict | what its receipt says | seconds | MB |"]
    lines += ["|---|--:|---|---|--:|--:|", *map(_line, all_costs)]
    amiss = [cost.hostile.kind for cost in all_costs if not cost.is_as_expected]
    summary = (
        f"{len(all_costs)} kinds, {len(amiss)} judged otherwise than they deserve. A clean return in one "
        f"batch with those that were refused: {clean_verdict}. All cycles together: {seconds:.0f} s."
    )
    return _INTRODUCTION + "\n".join([*lines, "", summary, *amiss]) + "\n"


def _line(cost: Cost) -> str:
    said, kilobytes, megabytes = cost.said or "read as data", cost.size_bytes / 1e3, cost.peak_bytes / 1e6
    figures = f"{cost.cpu_seconds:.2f} | {megabytes:,.0f}"
    return f"| {cost.hostile.kind} | {kilobytes:,.0f} | {cost.verdict} | {said} | {figures} |"


def main() -> None:
    """Build, take in, read, write the page, print it, exit with 1 when anything is amiss."""
    files = {hostile.kind: hostile.build() for hostile in HOSTILE_FILES}
    started = time.perf_counter()
    verdicts = verdicts_of(files)
    seconds = time.perf_counter() - started
    found = list(costs(files, verdicts))
    text = page(found, verdicts[_CLEAN], seconds)
    _PAGE.write_text(text, encoding="utf-8")
    print(text)
    is_well = verdicts[_CLEAN] == "accepted" and all(cost.is_as_expected for cost in found)
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
