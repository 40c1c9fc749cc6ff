"""The mutation campaign: thousands of spoilt returns, none of which may crash, hang or lose a row.

`python -m tests.campaigns.mutation --number 2000 --seed 21` prints its figures and fails when it finds any;
`--only N` runs one mutant again and leaves its file behind.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb

from schemas.settings import Settings
from tasks.answer import answer
from tasks.ingest import ingest
from tasks.obligations import open_obligations
from tasks.receive import receive
from tests.campaigns.clean_returns import DISTRICTS
from tests.campaigns.mutants import Mutant, mutant
from tests.intake.returns import moment, stamp
from warehouse.connection import open_warehouse

_NOW = moment("2021-04-03")
_LIMIT = 300  # seconds for a batch, also for one file alone: more is a hang
_MEMORY = 6 * 2**30  # bytes of addresses for a batch
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tasks.answer", "tasks.ingest", "tests.campaigns.mutants"])
_UNACCOUNTED = """
SELECT submission.file_name, sheet.source_sheet, sheet.rows_in_file, count(source_row.source_row)
FROM ledger.sheet AS sheet
JOIN ledger.submission AS submission ON submission.submission_id = sheet.submission_id
LEFT JOIN ledger.source_row AS source_row
    ON source_row.submission_id = sheet.submission_id AND source_row.source_sheet = sheet.source_sheet
GROUP BY ALL
HAVING
    sheet.rows_in_file <> count(source_row.source_row)
    OR count(DISTINCT source_row.source_row) <> count(source_row.source_row)
"""
_FACTS = """
SELECT count(*) FILTER (state = 'loaded' AND form_sheet <> '00_ThongTin')
FROM ledger.source_row JOIN ledger.sheet USING (submission_id, source_sheet)
"""


@dataclass(frozen=True)
class Sent:
    """What became of a batch: verdicts by file name, `said` what went wrong, rows loaded."""

    verdicts: dict[str, str] = field(default_factory=dict)
    said: str = ""
    rows: int = 0


@dataclass
class Tally:
    """What the campaign has seen."""

    kinds: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: dict[int, str] = field(default_factory=dict)
    slowest: tuple[float, str] = (0.0, "")
    rows: int = 0


def campaign(seed: int, numbers: range, *, is_answered: bool) -> Tally:
    """Send the mutants of these numbers through receiving, ingesting and answering, batch by batch."""
    tally = Tally()
    for first in range(numbers.start, numbers.stop, len(DISTRICTS)):
        last = min(first + len(DISTRICTS), numbers.stop)
        mutants = [mutant(seed, number) for number in range(first, last)]
        tally.kinds.update(one.kind for one in mutants)
        _send_and_search(mutants, tally, is_answered=is_answered)
    return tally


def _send_and_search(mutants: list[Mutant], tally: Tally, *, is_answered: bool) -> bool:
    """Send mutants together; when that fails, find by halves those that fail alone. Whether all went well."""
    said = _send(mutants, tally, is_answered=is_answered)
    if not said:
        return True
    half = len(mutants) // 2
    halves = [part for part in (mutants[:half], mutants[half:]) if half]
    went_well = [_send_and_search(part, tally, is_answered=is_answered) for part in halves]
    if all(went_well):
        together = f" only together with the {len(mutants) - 1} after it:" if half else ""
        tally.failures[mutants[0].number] = f"{mutants[0].kind}:{together} {said}"
    return False


def _send(mutants: list[Mutant], tally: Tally, *, is_answered: bool) -> str:
    """Take a batch in, in a process of its own; return what went wrong, '' when nothing did."""
    started = time.perf_counter()
    sent = _in_a_process(mutants, is_answered=is_answered)
    tally.rows += sent.rows
    kinds = {one.name: one.kind for one in mutants}
    tally.verdicts.update((kinds[name], verdict) for name, verdict in sent.verdicts.items())
    share = (time.perf_counter() - started) / len(mutants)
    tally.slowest = max(tally.slowest, (share, f"{mutants[0].name} … {mutants[-1].name}"))
    return sent.said


def _in_a_process(mutants: list[Mutant], *, is_answered: bool) -> Sent:
    # Native code may abort or never return; neither may end the campaign.
    results, sender = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_report, args=(sender, mutants, is_answered))
    process.start()
    sender.close()
    try:
        return results.recv() if results.poll(_LIMIT) else Sent(said=f"hangs: more than {_LIMIT} s")
    except EOFError:
        process.join()
        return Sent(said=f"the process died (exit code {process.exitcode})")
    finally:
        process.kill()
        process.join()
        results.close()


def _report(sender: Connection, mutants: list[Mutant], is_answered: bool) -> None:
    # A file that asks for all memory there is must not take the machine with it.
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), _env_file=None)
        _lay_out(mutants, settings)
        try:
            sent = _take_in(settings, _NOW, is_answered=is_answered)
        except BaseException as error:  # noqa: BLE001 - whatever it is, pyo3's panics too, is the finding
            sent = Sent(said=f"{type(error).__name__}: {error}"[:300])
        sender.send(sent)


def _lay_out(mutants: list[Mutant], settings: Settings) -> None:
    for one in mutants:
        landed = Path(settings.inbox_url) / one.district / one.name
        landed.parent.mkdir(parents=True, exist_ok=True)
        landed.write_bytes(one.content)
        stamp(landed, _NOW)


def _take_in(settings: Settings, now: datetime, *, is_answered: bool) -> Sent:
    receive(settings, now)
    with open_warehouse(None, settings.time_zone) as warehouse:
        open_obligations(warehouse, settings, now)
        outcomes = ingest(warehouse, settings, now, "mutation")
        if is_answered:
            answer(warehouse, settings)
        said = "; ".join(map(str, warehouse.execute(_UNACCOUNTED).fetchall()))
        return Sent({o.file_name: o.verdict for o in outcomes}, said, _loaded(warehouse))


def _loaded(warehouse: duckdb.DuckDBPyConnection) -> int:
    row = warehouse.execute(_FACTS).fetchone()
    return int(row[0]) if row else 0


def figures(tally: Tally) -> str:
    """The campaign's figures: a line a kind, the verdicts, the slowest batch, every failure."""
    verdicts = sorted({verdict for _, verdict in tally.verdicts})
    lines = ["kind".ljust(20) + "mutants".rjust(9) + "".join(v.rjust(24) for v in verdicts)]
    for kind, number in sorted(tally.kinds.items()):
        counts = "".join(str(tally.verdicts[kind, v]).rjust(24) for v in verdicts)
        lines.append(kind.ljust(20) + str(number).rjust(9) + counts)
    seconds, where = tally.slowest
    lines.append(f"all: {tally.kinds.total()}; rows loaded: {tally.rows}; failures: {len(tally.failures)}")
    lines.append(f"slowest batch: {seconds:.2f} s a file ({where})")
    return "\n".join([*lines, *(f"FAILED --only {n}: {why}" for n, why in sorted(tally.failures.items()))])


def main() -> None:
    """Parse the command line, run, print, and exit with 1 when anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--only", type=int)
    parser.add_argument("--without-answers", action="store_true")
    given = parser.parse_args()
    numbers = range(given.number) if given.only is None else range(given.only, given.only + 1)
    if given.only is not None:
        one = mutant(given.seed, given.only)
        Path(one.name).write_bytes(one.content)
    tally = campaign(given.seed, numbers, is_answered=not given.without_answers)
    print(figures(tally))
    sys.exit(1 if tally.failures else 0)


if __name__ == "__main__":
    main()
