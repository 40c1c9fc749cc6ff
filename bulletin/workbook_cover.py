"""The cover of the published workbook: what it is, as of when, what remains, and where each table is."""

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bulletin.language import language
from schemas.form.sheets import SIMULATED_MARK
from schemas.published.tables import TABLES
from schemas.rows import Row

_TITLE = "Đề án 21-ĐA/TU: sắp xếp, bố trí kiêm nhiệm người hoạt động không chuyên trách"
_WHAT = (
    "Số liệu tổng hợp từ báo cáo của các quận, huyện, thị xã, gửi Ban Tổ chức Thành ủy Hà Nội. "
    "Mỗi bảng một trang, nghĩa của từng cột ở trang cuối."
)
_WIDTHS = (32, 62, 62, 9)
_CONTENTS_ROW = 22  # 0-based: the chart of the countdown stands above it, beside the facts
_SIMULATED = f"{SIMULATED_MARK} – không phải số liệu do các quận, huyện, thị xã báo cáo"

Rows = dict[str, list[Row]]


def write_cover(sheet: Worksheet, styles: dict[str, Format], rows: Rows) -> None:
    """Write the cover from the rows of every published table (table name → rows as column → value)."""
    release, *_ = rows["release"]
    sheet.write_string(0, 0, _TITLE, styles["title"])
    if release["is_simulated"]:
        sheet.write_string(1, 0, _SIMULATED, styles["mark"])
    sheet.write_string(2, 0, _WHAT, styles["plain"])
    sheet.write_string(3, 0, _answer(rows), styles["answer"])
    facts = _facts(rows)
    for row, (label, value) in enumerate(facts, start=5):
        sheet.write_string(row, 0, label, styles["text"])
        if isinstance(value, int):
            sheet.write_number(row, 1, value, styles["tally"])
        else:
            sheet.write_string(row, 1, value, styles["text"])
    _write_contents(sheet, styles, rows, first=_CONTENTS_ROW)
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.set_row(3, 26)


def _answer(rows: Rows) -> str:
    completion, *_ = rows["completion"]
    if completion["is_complete"]:
        return "Đã hoàn thành: không còn xã, phường, thị trấn, thôn, tổ dân phố nào phải thực hiện Đề án."
    if completion["latest_period"] is None:
        return "Chưa có báo cáo nào được nhận."
    write = language("vi").number
    communes, villages = write(completion["communes_remaining"]), write(completion["villages_remaining"])
    return f"Còn {communes} xã, phường, thị trấn và {villages} thôn, tổ dân phố chưa hoàn thành."


def _facts(rows: Rows) -> list[tuple[str, str | int]]:
    release, *_ = rows["release"]
    latest = max(rows["countdown"], key=lambda row: str(row["period"]), default={})
    # No period yet is not the same as nothing remaining.
    remaining = {
        level: latest.get(f"{level}_remaining", "chưa có số liệu") for level in ("communes", "thon", "tdp")
    }
    return [
        ("Kỳ mới nhất", _period(release["latest_period"])),
        ("Cấp xã còn lại", remaining["communes"]),
        ("Thôn còn lại", remaining["thon"]),
        ("Tổ dân phố còn lại", remaining["tdp"]),
        ("Đã hoàn thành Đề án", _completion(rows)),
        ("Nhận báo cáo đến", f"{release['as_known_at']:%d/%m/%Y %H:%M}"),
        ("Phát hành lúc", f"{release['released_at']:%d/%m/%Y %H:%M}"),
        ("Mã lần chạy", release["run_id"]),
    ]


def _completion(rows: Rows) -> str:
    completion, *_ = rows["completion"]
    return f"Có, từ kỳ {_period(completion['completed_period'])}" if completion["is_complete"] else "Chưa"


def _period(name: str | None) -> str:
    return language("vi").period(name) if name else "chưa có"


def _write_contents(sheet: Worksheet, styles: dict[str, Format], rows: Rows, first: int) -> None:
    for at, heading in enumerate(("Trang", "Nội dung", "Contents", "Số dòng")):
        sheet.write_string(first, at, heading, styles["header"])
    for row, table in enumerate(TABLES, start=first + 1):
        sheet.write_url(row, 0, f"internal:'{table.tab}'!A1", styles["link"], table.tab)
        sheet.write_string(row, 1, table.title, styles["text"])
        sheet.write_string(row, 2, table.en, styles["text"])
        sheet.write_number(row, 3, len(rows[table.name]), styles["count"])
