"""The terminal that every command prints to: nothing that others wrote can steer it."""

from typing import Any

from rich.console import Console
from rich.text import Text

from schemas.text import visible


class Terminal(Console):
    """A console that writes control characters and direction marks out, wherever in a text they come from.

    A line break stays one here: what must not begin a line of its own is made `visible` before it is printed.
    """

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, emoji=False)

    def render_str(self, text: str, **looks: Any) -> Text:
        """Every text, a table's cells too, becomes what is printed here."""
        return super().render_str("\n".join(map(visible, text.split("\n"))), **looks)
