"""Every byte below a folder, unpacked: members of zips, tables of databases, streams of papers."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def places(root: Path, tokens: Iterable[str]) -> dict[str, set[str]]:
    """Token → where it was found, below `root`: `published/csv/posts.csv`, in a database also the table,
    `warehouse.duckdb:ledger.submission`.
    """
    found: dict[str, set[str]] = {token: set() for token in tokens}
    for path in (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()):
        for place, content in _unpacked(path):
            lowered = content.lower()
            for token, where in found.items():
                spellings = (token.lower().encode(code) for code in ("utf-8", "utf-16-le"))
                if any(spelling in lowered for spelling in spellings):
                    where.add(f"{path.relative_to(root)}{place}")
    return found


def _unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    content = path.read_bytes()
    yield "", content
    if zipfile.is_zipfile(io.BytesIO(content)):
        yield from (("", part) for part in _members(content))
    elif content.startswith(b"%PDF"):
        yield from (("", stream) for stream in _streams(content))
    elif path.suffix == ".parquet":
        with duckdb.connect() as reader:
            yield "", repr(reader.execute("FROM read_parquet(?)", [str(path)]).fetchall()).encode()
    elif path.suffix == ".duckdb":
        yield from _tables(path)


def _members(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            yield name.encode() + part
            if zipfile.is_zipfile(io.BytesIO(part)):
                yield from _members(part)


def _streams(content: bytes) -> Iterator[bytes]:
    for stream in _STREAM.findall(content):
        try:
            yield zlib.decompressobj().decompress(stream)
        except zlib.error:  # not deflated: its bytes were looked at already
            continue


def _tables(path: Path) -> Iterator[tuple[str, bytes]]:
    with duckdb.connect(str(path), read_only=True) as reader:
        listed = "SELECT schema_name, table_name FROM duckdb_tables() ORDER BY ALL"
        for schema, table in reader.execute(listed).fetchall():
            rows = reader.execute(f'FROM "{schema}"."{table}"').fetchall()
            yield f":{schema}.{table}", repr(rows).encode()
