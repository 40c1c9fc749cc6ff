"""Opening: the bytes of a submission are read and its sheets recognised."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from queue import LifoQueue

import duckdb

from schemas.form.form import RETURN, Form
from schemas.settings import Settings
from tasks.bounded_reading import BoundedReader
from tasks.legacy_text import decode_legacy
from tasks.read import Grid
from tasks.read_limits import UnreadableFileError, too_large
from tasks.receive import Arrival, archived_content
from tasks.recognise import RecognisedSheet, recognise
from tasks.turns import form_of
from warehouse.connection import query

# District code → the folded names of its communes, with and without their kind.
Register = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class OpenedFile:
    """One arrival, opened: its sheets recognised, or the reason why it could not be read."""

    arrival: Arrival
    sheets: list[RecognisedSheet] = field(default_factory=list)
    unreadable: str | None = None
    form: Form = RETURN


def open_file(arrival: Arrival, content: bytes, reader: BoundedReader, register: Register) -> OpenedFile:
    """Read and recognise one file; a file that cannot be read is opened with the reason."""
    return opened_as(arrival, read_file(content, reader), register)


def read_file(content: bytes, reader: BoundedReader) -> list[Grid] | UnreadableFileError:
    """The grids of one file, or why it cannot be read."""
    try:
        return reader.read(content)
    except UnreadableFileError as error:
        return error


def opened_as(arrival: Arrival, found: list[Grid] | UnreadableFileError, register: Register) -> OpenedFile:
    """Recognise the sheets of a file that was read, in the letters of its district's names."""
    form = form_of(arrival)
    if isinstance(found, UnreadableFileError):
        return OpenedFile(arrival, unreadable=str(found), form=form)
    known = register.get(arrival.district_code, frozenset())
    return OpenedFile(arrival, recognise(decode_legacy(found, known), form), form=form)


def open_archived(
    arrivals: list[Arrival], settings: Settings, readers: Sequence[BoundedReader], register: Register
) -> Iterator[OpenedFile]:
    """Open files of the archive one after the other; while one is recognised, the next are being read.

    Raises FileNotFoundError when the archive has lost the bytes of one, ArchiveDamaged when it holds others.
    """
    # The last to become idle is the first to be asked: no reader starts where those that run are enough.
    idle: LifoQueue[BoundedReader] = LifoQueue()
    for reader in readers:
        idle.put(reader)
    ahead = ThreadPoolExecutor(len(readers), "read-ahead")
    try:
        found = ahead.map(partial(_read_archived, settings, idle), arrivals)
        for arrival, grids in zip(arrivals, found, strict=True):
            yield opened_as(arrival, grids, register)
    finally:
        ahead.shutdown(cancel_futures=True)


def _read_archived(
    settings: Settings, idle: LifoQueue[BoundedReader], arrival: Arrival
) -> list[Grid] | UnreadableFileError:
    if arrival.size_bytes > settings.max_file_bytes:
        return too_large(settings.max_file_bytes)
    content = archived_content(settings, arrival.sha256)
    if len(content) < arrival.size_bytes:  # it was too large by the limit of the day it came
        return too_large(len(content) - 1)
    reader = idle.get()
    try:
        return read_file(content, reader)
    finally:
        idle.put(reader)


def register_of(warehouse: duckdb.DuckDBPyConnection) -> Register:
    """The folded names that the register knows, by district: by them a legacy font is told."""
    return {code: frozenset(names) for code, names in warehouse.execute(query("register_names")).fetchall()}
