"""Who has not reported, as a list for a clerk who telephones: a text to read, a table to sort."""

import csv
import io
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from schemas.form.sheets import SIMULATED_MARK
from schemas.settings import Settings

_REMINDERS = {"reminder_before": "nhắc trước hạn", "reminder_after": "nhắc sau hạn", None: "—"}
_COLUMNS = {
    "period": "Kỳ",
    "district_code": "Mã",
    "district_name": "Đơn vị",
    "state": "Tình trạng",
    "due": "Hạn nộp",
    "lock": "Khóa kỳ",
    "reminder": "Lần nhắc",
    "mail": "Địa chỉ thư",
}


def write_lists(
    settings: Settings, unreported: list[dict[str, Any]], now: datetime, *, simulated: bool
) -> list[Path]:
    """Write `<home>/reminders/<period>.txt` and `.csv` for each period of `unreported`; return their paths.

    Neither holds an address, only whether there is one. The CSV opens in Excel.
    """
    settings.reminders.mkdir(parents=True, exist_ok=True)
    written = []
    for period, found in groupby(unreported, lambda row: row["period"]):
        lines = [_line(row) for row in found]
        text, table = (settings.reminders / f"{period}.{suffix}" for suffix in ("txt", "csv"))
        text.write_text(_text(period, lines, now, simulated=simulated), encoding="utf-8")
        # With a mark of its encoding: Excel reads Vietnamese letters by it.
        table.write_text(_table(lines, simulated=simulated), encoding="utf-8-sig")
        written += [text, table]
    return written


def _line(row: dict[str, Any]) -> dict[str, str]:
    shown = {
        "state": "tệp bị trả lại" if row["was_rejected"] else "chưa nộp",
        "reminder": _REMINDERS[row["cause"]],
        "mail": "có" if row["has_address"] else "không có: báo bằng cách khác",
    }
    return {name: str((row | shown)[name]) for name in _COLUMNS}


def _text(period: str, lines: list[dict[str, str]], now: datetime, *, simulated: bool) -> str:
    mark = [f"{SIMULATED_MARK} / simulated data"] if simulated else []
    head = [
        f"Chưa có báo cáo kỳ {period}, đến {now:%H:%M ngày %d/%m/%Y} / not reported: {len(lines)}",
        *mark,
        f"Hạn nộp {lines[0]['due']}; khóa kỳ {lines[0]['lock']}",
        "",
    ]
    rows = [
        f"{line['district_code']}  {line['district_name']}: {line['state']}; {line['reminder']}; "
        f"địa chỉ thư: {line['mail']}"
        for line in lines
    ]
    return "\n".join([*head, *rows]) + "\n"


def _table(lines: list[dict[str, str]], *, simulated: bool) -> str:
    columns = _COLUMNS | ({"note": "Ghi chú"} if simulated else {})
    table = io.StringIO()
    writer = csv.DictWriter(table, list(columns), lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(line | ({"note": SIMULATED_MARK} if simulated else {}) for line in lines)
    return table.getvalue()
