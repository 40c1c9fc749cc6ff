"""Lineage: which table is computed from which, as DuckDB parses the SQL itself, and where to draw each."""

from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import takewhile

import duckdb

from warehouse.runner import dependencies, read_selects

_COLUMN, _ROW, _WIDTH, _HEIGHT = 262, 26, 220, 20  # of the drawing, in pixels


@dataclass(frozen=True)
class LineageNode:
    """A table in the drawing: its box's left upper corner, what it reads, who reads it, what its SQL says."""

    name: str
    x: int
    y: int
    reads: tuple[str, ...]
    read_by: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Lineage:
    """Every table by name, and the drawing's size in pixels with that of a box."""

    nodes: dict[str, LineageNode]
    width: int
    height: int
    box: tuple[int, int] = (_WIDTH, _HEIGHT)


def lineage() -> Lineage:
    """Each table stands one column right of the last one it reads, so that every line runs to the right."""
    selects = read_selects()
    with duckdb.connect() as parser:
        reads = dependencies(parser, selects)
    depth: dict[str, int] = {}
    for name in TopologicalSorter(reads).static_order():
        depth[name] = max((depth[source] + 1 for source in reads.get(name, ())), default=0)
    columns = [sorted(name for name in depth if depth[name] == at) for at in range(max(depth.values()) + 1)]
    nodes = {
        name: LineageNode(
            name,
            x=at * _COLUMN,
            y=below * _ROW,
            reads=tuple(sorted(reads.get(name, ()))),
            read_by=tuple(sorted(target for target, sources in reads.items() if name in sources)),
            meaning=meaning(selects.get(name, "")),
        )
        for at, column in enumerate(columns)
        for below, name in enumerate(column)
    }
    return Lineage(nodes, len(columns) * _COLUMN, max(map(len, columns)) * _ROW)


def meaning(select: str) -> str:
    """The comment that a SELECT opens with, as one line."""
    comment = takewhile(lambda line: line.startswith("--"), select.splitlines())
    return " ".join(line.removeprefix("--").strip() for line in comment)
