"""Answering: a receipt for every submission, and its own workbook, marked, where there is a fault to mend."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb

from schemas.rows import Row, rows_of
from schemas.settings import Settings
from tasks.bounded_marking import BoundedMarker
from tasks.bounded_reading import BoundedReader
from tasks.chain import head
from tasks.opening import Register, open_archived, register_of
from tasks.receipt_text import receipt_text
from tasks.receive import Arrival, archived_content
from warehouse.connection import query
from warehouse.known_register import know_districts

_ACCEPTED = ("accepted", "accepted_with_warnings", "partially_accepted")


def answer(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> list[Path]:
    """Answer every submission that has no receipt yet; return the texts written.

    Beside `<submission_id>.txt` lie the same as `.json` and, where there are findings, the returned workbook.
    The ledger decides what is owed and the text is written last, so an answer that a killed run did not
    finish is written by the next. Each names the release that was the latest then: kept outside, it proves
    that nothing up to there was altered. Raises DamagedManifest.
    """
    unanswered = warehouse.execute(query("unanswered")).fetchall()
    texts = {name: settings.answers / district / f"{name}.txt" for name, district in unanswered}
    owed = {name: text for name, text in texts.items() if not text.exists()}
    if owed:
        latest = _latest_release(settings)
        with BoundedReader(settings) as reader, BoundedMarker(settings) as marker:
            desk = _Desk(settings, register_of(warehouse), reader, marker)
            for receipt in receipts_of(warehouse, settings, list(owed)):
                desk.answer(receipt | {"latest_release": latest}, owed[receipt["submission_id"]])
    return list(owed.values())


def receipts_of(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, submission_ids: list[str]
) -> Iterator[dict[str, Any]]:
    """The receipts: the file, the verdict, what was loaded, each by its hash; `sheets`, findings, repairs.

    They come in the order in which the files were taken in. A district bears the name that the register knew
    then, whatever was learnt since.
    """
    taken_in = warehouse.execute(query("taken_in"), [submission_ids]).fetchall()
    # Files are taken in together: the register is drawn once a moment, not once a file.
    for known_at, together in groupby(taken_in, key=itemgetter(1)):
        know_districts(warehouse, known_at, settings)
        for _, part in groupby(together, key=itemgetter(2)):
            yield from _receipts(warehouse, [submission_id for submission_id, *_ in part])


def _receipts(warehouse: duckdb.DuckDBPyConnection, submission_ids: list[str]) -> Iterator[dict[str, Any]]:
    parts = {
        "sheets": _lines(warehouse, "receipt_sheets", submission_ids),
        "findings": _lines(warehouse, "receipt_findings", submission_ids),
        "repairs": _lines(warehouse, "receipt_repairs", submission_ids),
    }
    heads = rows_of(warehouse, query("receipt_head"), [submission_ids])
    for submission_id, top in zip(submission_ids, heads, strict=True):
        yield top | {part: lines[submission_id] for part, lines in parts.items()}


def _latest_release(settings: Settings) -> dict[str, Any] | None:
    last = head(settings)
    return last.model_dump() if last else None


@dataclass(frozen=True)
class _Desk:
    """Where a file is opened again and marked."""

    settings: Settings
    register: Register
    reader: BoundedReader
    marker: BoundedMarker

    def answer(self, receipt: dict[str, Any], text: Path) -> None:
        """Write the receipt in all its forms, its `text` last."""
        text.parent.mkdir(parents=True, exist_ok=True)
        receipt["returned_workbook"] = self._return_workbook(receipt, text)
        content = json.dumps(receipt, ensure_ascii=False, indent=1, default=datetime.isoformat)
        _write(text.with_suffix(".json"), content.encode())
        _write(text, receipt_text(receipt).encode())

    def _return_workbook(self, receipt: dict[str, Any], text: Path) -> str | None:
        """Write the marked workbook beside the receipt's `text`; its name, or None where none is owed."""
        if not receipt["findings"]:
            return None
        arrival = Arrival(**{name: receipt[name] for name in Arrival.__dataclass_fields__})
        opened = open_archived(arrival, self.settings, self.reader, self.register)
        returned = self.marker.returned_workbook(
            archived_content(self.settings, arrival.sha256),
            opened,
            receipt["findings"],
            verdict=receipt["verdict"],
            district=f"{receipt['district_code']} {receipt['district_name']}",
            seq=receipt["seq"] if receipt["verdict"] in _ACCEPTED else None,
        )
        if returned is None:
            return None
        path = text.with_suffix(".xlsx")
        _write(path, returned)
        return path.name


def _lines(
    warehouse: duckdb.DuckDBPyConnection, name: str, submission_ids: list[str]
) -> defaultdict[str, list[Row]]:
    lines = defaultdict(list)
    for line in rows_of(warehouse, query(name), [submission_ids]):
        lines[line.pop("submission_id")].append(line)
    return lines


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}")
    beside.write_bytes(content)
    beside.replace(path)
