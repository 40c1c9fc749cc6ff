"""The receipt as a clerk reads it: Vietnamese first, English beside."""

from typing import Any

from schemas.faults import catalogue
from schemas.form.form import UNIT_CHANGES, headers
from schemas.form.sheets import SIMULATED_MARK
from schemas.text import visible
from schemas.vocabularies import SEVERITY, VERDICT
from tasks.finding_groups import repeated

SUBMISSION = "Mã tiếp nhận / submission: "
MARKED_WORKBOOK = "Tệp gửi trả, đã đánh dấu lỗi / marked workbook: "
LATEST_RELEASE = "Bản phát hành gần nhất khi đó / latest release then: "


def receipt_text(receipt: dict[str, Any]) -> str:
    """The text of a receipt, as `tasks.answer.receipts_of` gives it."""
    blocks = [
        _head(receipt),
        _sheets(receipt),
        _summary(receipt),
        _findings(receipt),
        _repairs(receipt),
        _latest(receipt),
    ]
    # Each line is one line: a name or value with a line break in it could forge a verdict.
    return "\n\n".join("\n".join(map(visible, lines)) for lines in blocks if lines) + "\n"


def proven_lines(receipt: dict[str, Any]) -> list[str]:
    """The lines that the manifest of every release since proves; it has the figures that they need."""
    verdict = {term.code: term for term in VERDICT.terms}[receipt["verdict"]]
    return [
        f"SHA-256: {receipt['sha256']}",
        f"Nhận lúc / received: {receipt['received_at']:%d/%m/%Y %H:%M:%S}",
        f"Kỳ, lần nộp / period, sequence: {receipt['period'] or '—'}, {receipt['seq'] or '—'}",
        f"{SUBMISSION}{receipt['submission_id']}",
        f"KẾT LUẬN / VERDICT: {verdict.vi} / {verdict.en}",
        f"Dòng đã nạp / rows loaded: {receipt['fact_rows']}, SHA-256 {receipt['facts_sha256']}",
    ]


def _head(receipt: dict[str, Any]) -> list[str]:
    mark = [f"{SIMULATED_MARK} / simulated data"] if receipt["is_simulated"] else []
    copy = [f"Trùng với / same bytes as: {receipt['duplicate_of']}"] if receipt["duplicate_of"] else []
    returned = receipt["returned_workbook"]
    workbook = [f"{MARKED_WORKBOOK}{returned}"] if returned else []
    return [
        *_title(receipt, mark),
        f"Tệp / file: {receipt['file_name']} ({receipt['size_bytes']} byte)",
        *proven_lines(receipt),
        *copy,
        *workbook,
    ]


def _title(receipt: dict[str, Any], mark: list[str]) -> list[str]:
    if receipt["district_code"] != UNIT_CHANGES.folder:
        sender = f"Đơn vị / district: {receipt['district_code']} {receipt['district_name']}"
        return ["GIẤY BIÊN NHẬN BÁO CÁO ĐỀ ÁN 21 / RECEIPT", *mark, sender]
    return [
        "GIẤY BIÊN NHẬN PHIẾU THAY ĐỔI ĐƠN VỊ / RECEIPT OF A UNIT CHANGE FILE",
        *mark,
        f"Phiếu / document: {receipt['doc_no'] or '—'}",
        "Phiếu được nhận cả hoặc trả lại cả: một dòng có lỗi thì không dòng nào được nhận.",
        "It is taken whole or not at all: one faulty row sends all of it back.",
    ]


def _sheets(receipt: dict[str, Any]) -> list[str]:
    if not receipt["sheets"]:
        return ["Không đọc được biểu nào / no sheet could be read"]
    lines = [
        "Số dòng mỗi biểu = đã nạp + giữ lại + trùng + trình bày",
        "rows of each sheet = loaded + quarantined + duplicate + layout",
    ]
    for s in receipt["sheets"]:
        states = f"{s['loaded']} + {s['quarantined']} + {s['duplicate']} + {s['layout']}"
        lines.append(f"  {s['source_sheet']}: {s['rows_in_file']} = {states}")
        if s["hidden"]:
            lines.append(f"    đang ẩn, vẫn được đọc / hidden, read all the same: {s['hidden']}")
    return lines


def _summary(receipt: dict[str, Any]) -> list[str]:
    groups = repeated(receipt["findings"], headers())
    lines = [
        f"  {group.sheet}, cột «{group.column}»: {catalogue()[group.fault].vi} ({group.fault}) "
        f"× {len(group.findings)}: {group.ranges}"
        for group in groups
    ]
    return [f"Lỗi lặp lại theo cột / repeated down a column: {len(groups)}", *lines] if lines else []


def _findings(receipt: dict[str, Any]) -> list[str]:
    if not receipt["findings"]:
        return ["Không có lỗi / no findings"]
    faults, severities = catalogue(), {term.code: term for term in SEVERITY.terms}
    lines = [f"Cần sửa / findings: {len(receipt['findings'])}"]
    for finding in receipt["findings"]:
        severity = severities[finding["severity"]]
        parts = (part for part in (finding["sheet"], finding["cell"]) if part)
        place = "!".join(parts) or "cả tệp / whole file"
        lines.append(f"- [{severity.vi}] {place}: {faults[finding['fault']].vi} ({finding['fault']})")
        lines.append(f"    {finding['remedy_vi']}")
        lines.append(f"    {finding['remedy_en']}")
        if finding["source"]:
            lines.append(f"    Căn cứ / source: {finding['source']}")
    return lines


def _repairs(receipt: dict[str, Any]) -> list[str]:
    if not receipt["repairs"]:
        return []
    lines = [
        f"  {r['sheet']}!{r['cell']}: «{r['original']}» → «{r['result']}» ({r['method']})"
        for r in receipt["repairs"]
    ]
    return [f"Đã tự chỉnh / repaired: {len(lines)}", *lines]


def _latest(receipt: dict[str, Any]) -> list[str]:
    latest = receipt["latest_release"]
    named = (
        f"số / number {latest['sequence']}, SHA-256 {latest['sha256']}" if latest else "chưa có / none yet"
    )
    return ["Kiểm chứng về sau / to verify it later: scheme21 verify", f"{LATEST_RELEASE}{named}"]
