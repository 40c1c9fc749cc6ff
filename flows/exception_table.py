"""Exceptions as a command prints them: those in force first, then the past ones."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.wording import UNKNOWN, moment
from schemas.rows import Row
from schemas.text import visible
from schemas.vocabularies import EXCEPTION_KIND, EXCEPTION_STATE

_TEXTS = ("Cho phép\nwhat", "Về\nof", "Lý do\nwhy", "Người quyết định\nby", "Hiệu lực\nstate")
_COLOURS = {"in_force": "green", "expired": "dim", "revoked": "dim"}


def print_exceptions(console: Console, rows: list[Row]) -> None:
    """Print rows of marts.exceptions and how many are in force."""
    in_force = [row for row in rows if row["state"] == "in_force"]
    past = [row for row in rows if row["state"] != "in_force"]
    if rows:
        console.print(exceptions_table([*in_force, *past]))
    console.print(f"{len(in_force)} đang có hiệu lực / in force; {len(past)} đã qua / past", highlight=False)


def exceptions_table(rows: list[Row]) -> Table:
    """One row an exception, in the order given."""
    table = Table(title="Ngoại lệ / exceptions", title_justify="left", title_style="bold", show_lines=True)
    table.add_column("Mã\nid", no_wrap=True)
    for header in _TEXTS:
        table.add_column(header, overflow="fold")
    for row in rows:
        texts = (
            row["exception_id"],
            EXCEPTION_KIND.label(row["kind"]),
            _subject(row),
            visible(row["reason"]),
            visible(row["granted_by"]),
        )
        table.add_row(*map(escape, texts), _state(row))
    return table


def _subject(row: Row) -> str:
    district = f"{row['district_code']} {row['district_name']}" if row["district_code"] else None
    parts = (row["period"], row["expectation"], district, row["unit_id"])
    return "\n".join(part for part in parts if part) or UNKNOWN


def _state(row: Row) -> str:
    words = f"[{_COLOURS[row['state']]}]{EXCEPTION_STATE.label(row['state'])} / {row['state']}[/]"
    through = f"{moment(row['granted_at'])} – {moment(row['expires_at'])}"
    if row["revoked_at"] is None:
        return f"{words}\n{through}"
    who = escape(visible(f"{row['revoked_by']}: {row['revocation_reason']}"))
    return f"{words}\n{through}\nthu hồi / revoked {moment(row['revoked_at'])}, {who}"
