"""Opening: the bytes of a submission are read and its sheets recognised."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
# What reading a file gives: its grids, or why it cannot be read.
Found = list[Grid] | UnreadableFileError


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


def read_file(content: bytes, reader: BoundedReader) -> Found:
    """The grids of one file, or why it cannot be read."""
    try:
        return reader.read(content)
    except UnreadableFileError as error:
        return error


def opened_as(arrival: Arrival, found: Found, register: Register) -> OpenedFile:
    """Recognise the sheets of a file that was read, in the letters of its district's names."""
    form = form_of(arrival)
    if isinstance(found, UnreadableFileError):
        return OpenedFile(arrival, unreadable=str(found), form=form)
    known = register.get(arrival.district_code, frozenset())
    return OpenedFile(arrival, recognise(decode_legacy(found, known), form), form=form)


def open_archived(
    arrival: Arrival, settings: Settings, reader: BoundedReader, register: Register
) -> OpenedFile:
    """Open one file of the archive; raises as `read_archived` does."""
    return opened_as(arrival, read_archived(arrival, settings, reader), register)


def read_archived(arrival: Arrival, settings: Settings, reader: BoundedReader) -> Found:
    """The grids of one file of the archive, or why it cannot be read.

    Raises FileNotFoundError when the archive has lost its bytes, ArchiveDamaged when it holds others.
    """
    if arrival.size_bytes > settings.max_file_bytes:
        return too_large(settings.max_file_bytes)
    content = archived_content(settings, arrival.sha256)
    if len(content) < arrival.size_bytes:  # it was too large by the limit of the day it came
        return too_large(len(content) - 1)
    return read_file(content, reader)


def register_of(warehouse: duckdb.DuckDBPyConnection) -> Register:
    """The folded names that the register knows, by district: by them a legacy font is told."""
    return {code: frozenset(names) for code, names in warehouse.execute(query("register_names")).fetchall()}
