"""The tables a command prints, each from the published snapshot; Vietnamese first, English beside."""

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.wording import SIMULATED, day, decimal, moment, number
from schemas.manifest import MANIFEST
from schemas.rows import Row, rows_of
from schemas.settings import Settings
from schemas.text import visible
from schemas.vocabularies import OBLIGATION_STATE, STATUS
from tasks.chain import read_manifest

_COUNTDOWN = {
    "Xã\ncommunes": "communes_remaining",
    "Thôn\nvillages": "thon_remaining",
    "TDP\ngroups": "tdp_remaining",
    "Xong\ncompleted": "completed_in_period",
    "Mở lại\nreopened": "reopened_in_period",
}
_UNIT = """
    SELECT district_code, district_name, 'commune' AS unit_level, commune_code AS unit_id,
        commune_name AS unit_name, status, due_on, is_overdue
    FROM remaining_communes
    UNION ALL
    SELECT district_code, district_name, village_kind, village_id, village_name || ', ' || commune_name,
        status, due_on, is_overdue
    FROM remaining_villages
"""
_BY_DISTRICT = f"""
    SELECT district_code, district_name,
        count(*) FILTER (unit_level = 'commune') AS communes, count(*) FILTER (unit_level = 'thon') AS thon,
        count(*) FILTER (unit_level = 'tdp') AS tdp, count(*) FILTER (is_overdue) AS overdue
    FROM ({_UNIT}) GROUP BY ALL ORDER BY count(*) DESC, district_code
"""  # noqa: S608 - put together from our own text only
_STAFFING = """
    SELECT period, sum(people_before)::BIGINT AS people_before, sum(people_now)::BIGINT AS people_now,
        100.0 * (sum(people_before) - sum(people_now)) / nullif(sum(people_before), 0) AS reduction_pct
    FROM staffing GROUP BY period ORDER BY period
"""


def print_release(console: Console, reader: duckdb.DuckDBPyConnection) -> None:
    """Which release it is, and whether its figures are simulated."""
    (release,) = rows_of(reader, "FROM release")
    if release["is_simulated"]:
        console.print(f"[bold yellow]{SIMULATED}[/]")
    console.print(
        f"Bản phát hành / release {release['run_id']}, {moment(release['released_at'])}", highlight=False
    )
    console.print(f"Số liệu nhận được đến / as known at {moment(release['as_known_at'])}", highlight=False)


def print_link(console: Console, settings: Settings) -> None:
    """The published release's place in the chain, for whoever keeps what the terminal said.

    Raises DamagedManifest.
    """
    _, link = read_manifest(settings.published / MANIFEST)
    said = f"Bản kê số {link.sequence}, SHA-256 {link.sha256} / manifest; scheme21 verify --hash"
    console.print(said, highlight=False, soft_wrap=True)


def countdown_table(reader: duckdb.DuckDBPyConnection) -> Table:
    """The countdown to zero, period by period."""
    table = _table("Số còn lại theo kỳ / the countdown", ["Kỳ\nperiod"], [*_COUNTDOWN, "Đã nộp\nreported"])
    for row in rows_of(reader, "FROM countdown ORDER BY period"):
        counts = [number(row[name]) for name in _COUNTDOWN.values()]
        table.add_row(row["period"], *counts, f"{row['districts_reported']}/{row['districts_obliged']}")
    return table


def remaining_table(reader: duckdb.DuckDBPyConnection) -> Table:
    """The districts with something outstanding now, most first."""
    figures = ["Xã\ncommunes", "Thôn\nvillages", "TDP\ngroups", "Quá hạn\noverdue"]
    table = _table(
        "Còn lại theo quận, huyện / remaining by district", ["Quận, huyện, thị xã\ndistrict"], figures
    )
    for row in rows_of(reader, _BY_DISTRICT):
        counts = (number(row[name]) for name in ("communes", "thon", "tdp", "overdue"))
        table.add_row(_district(row), *counts)
    return table


def units_table(reader: duckdb.DuckDBPyConnection) -> Table:
    """Every outstanding unit by name."""
    texts = ["Quận, huyện, thị xã\ndistrict", "Mã\nid", "Đơn vị\nunit", "Tình trạng\nstatus", "Dự kiến\ndue"]
    table = _table("Các đơn vị chưa hoàn thành / outstanding units", texts)
    for row in rows_of(reader, f"{_UNIT} ORDER BY district_code, unit_level, unit_id"):
        due = f"[red]{day(row['due_on'])}[/]" if row["is_overdue"] else day(row["due_on"])
        status = STATUS.label(row["status"])
        table.add_row(_district(row), row["unit_id"], escape(visible(row["unit_name"])), status, due)
    return table


def absent_table(reader: duckdb.DuckDBPyConnection) -> Table:
    """Who owes a return that is due: nothing came, or only what had to go back."""
    texts = ["Kỳ\nperiod", "Quận, huyện, thị xã\ndistrict", "Tình trạng\nstate", "Hạn nộp\ndue"]
    table = _table("Chưa có báo cáo được nhận / has not reported", texts)
    select = (
        "FROM submission_compliance WHERE state IN ('missing', 'rejected') ORDER BY period, district_code"
    )
    for row in rows_of(reader, select):
        state = f"{OBLIGATION_STATE.label(row['state'])} / {row['state']}"
        table.add_row(row["period"], _district(row), state, moment(row["due_at"]))
    return table


def staffing_table(reader: duckdb.DuckDBPyConnection) -> Table:
    """Part-time people before and now, the whole city, period by period."""
    figures = ["Trước\nbefore", "Hiện nay\nnow", "Giảm\nreduction"]
    table = _table("Số người / part-time people", ["Kỳ\nperiod"], figures)
    for row in rows_of(reader, _STAFFING):
        reduction = f"{decimal(row['reduction_pct'], 3)} %"
        table.add_row(row["period"], number(row["people_before"]), number(row["people_now"]), reduction)
    return table


def reconciliation_table(reader: duckdb.DuckDBPyConnection) -> Table:
    """Every published figure beside ours."""
    from schemas.published.returns import RECONCILIATION_VERDICT  # pulls in pandas: not for `status`

    figures = ["Công bố\npublished", "Tính được\ncomputed"]
    table = _table("Đối chiếu số đã công bố / reconciliation", ["Chỉ tiêu\nfigure"], figures)
    table.add_column("Kết luận\nverdict")
    table.show_lines = True
    for row in rows_of(reader, "FROM reconciliation"):
        colour = {"reconciled": "green", "differs": "red"}.get(row["verdict"], "yellow")
        verdict = f"[{colour}]{RECONCILIATION_VERDICT.label(row['verdict'])}\n{row['verdict']}[/]"
        words = f"{row['figure']}\n{escape(row['note'])}\n[dim]{escape(row['note_en'])}[/]"
        table.add_row(words, _figure(row["published"]), _figure(row["computed"]), verdict)
    return table


def completion_line(reader: duckdb.DuckDBPyConnection) -> str:
    """Whether anything remains, in one line."""
    (row,) = rows_of(reader, "FROM completion")
    if row["is_complete"]:
        return f"[bold green]Đã hoàn thành từ kỳ {row['completed_period']}[/] / complete (completion: true)"
    unreported = (row["communes_unreported"] or 0) + (row["villages_unreported"] or 0)
    communes, villages = number(row["communes_remaining"]), number(row["villages_remaining"])
    return (
        f"Còn {communes} xã và {villages} thôn, tổ dân phố; "
        f"chưa có báo cáo / unreported: {number(unreported)} (completion: false)"
    )


def _district(row: Row) -> str:
    return f"{row['district_code']} {row['district_name']}"


def _figure(value: float | None) -> str:
    if value is None or value.is_integer():
        return number(None if value is None else int(value))
    return decimal(value, 3).rstrip("0")


def _table(title: str, texts: list[str], figures: list[str] | None = None) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for header in texts:
        table.add_column(header)
    for header in figures or []:
        table.add_column(header, justify="right")
    return table
