"""The state of things, from the published snapshot alone: no run can feel that it is read."""

from rich.console import Console

from flows.published import open_published
from flows.summary import (
    absent_table,
    completion_line,
    countdown_table,
    print_link,
    print_release,
    remaining_table,
    units_table,
)
from schemas.settings import Settings


def print_status(console: Console, settings: Settings, with_units: bool) -> None:
    """Print the last release, what remains and who has not reported. Raises NothingPublished."""
    with open_published(settings.snapshot) as reader:
        print_release(console, reader)
        print_link(console, settings)
        console.print(completion_line(reader), highlight=False)
        console.print(countdown_table(reader))
        tables = [
            remaining_table(reader),
            *([units_table(reader)] if with_units else []),
            absent_table(reader),
        ]
        for table in tables:
            if table.row_count:
                console.print(table)
    console.print(f"{settings.snapshot}", highlight=False, soft_wrap=True)
