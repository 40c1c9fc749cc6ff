"""A case of the gallery: a file as an office sends it, and the outcome that it must have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.gallery.book import Book, Change, changed
from tests.gallery.writers import xlsx

WARNED, PARTIAL, REJECTED = "accepted_with_warnings", "partially_accepted", "rejected"


@dataclass(frozen=True)
class Case:
    """One file and what must become of it.

    `said`: table.row.column → a stored value other than the true one; `held`: table.row not loaded.
    `repairs`: method → cells. `hidden`: sheets of which something hidden must be said.
    """

    changes: tuple[Change, ...] = ()
    write: Callable[[Book], bytes] = xlsx
    verdict: str = "accepted"
    findings: tuple[tuple[str, str], ...] = ()
    repairs: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def content(self) -> bytes:
        """The file's bytes."""
        return self.write(changed(*self.changes))


def case(*changes: Change, **outcome: Any) -> Case:
    """A case whose file is accepted, unless the outcome says otherwise."""
    return Case(changes, **outcome)
