"""Start: what a command costs before it does anything, against a bare Python and against the slow imports.

`python -m tests.bench start`. Modules are compiled, as `compile-bytecode` has uv install them.
"""

from tests.bench.given import Given
from tests.bench.inboxes import inbox, locked_at
from tests.bench.measure import Figure, measured, run_cold

NAME = "start"
BARE = "python"
# What is imported by which step, and what a flow's own process imports before it begins.
_MODULES = (
    *("duckdb", "pandas", "pandera.pandas", "prefect", "great_expectations"),
    *("flows.command_line", "flows.cycle", "tasks.check", "tasks.gate", "bulletin.release_files"),
)


def figures(given: Given) -> list[Figure]:
    """A bare Python, imports, and the commands that only look."""
    python, checkout = given.place.python, given.place.checkout

    def cold(label: str, *command: str) -> Figure:
        return measured(label, given.runs, lambda _: run_cold([*command], checkout))

    home = given.place.fresh("start")
    moment = locked_at(0).replace(tzinfo=None).isoformat()
    released = [str(inbox(1, is_small=given.is_small)), str(home), "--plan", "-", "--now", moment]
    run_cold(given.place.subject("pipeline", *released), checkout)
    return [
        cold(BARE, python, "-c", "pass"),
        *(cold(f"import {module}", python, "-c", f"import {module}") for module in _MODULES),
        cold("`scheme21 --help`", given.place.scheme21, "--help"),
        cold("`scheme21 status`", given.place.scheme21, "status", "--home", str(home / "1")),
    ]
