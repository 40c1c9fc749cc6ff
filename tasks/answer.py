"""Answering: a receipt for every submission, as JSON and as text, made from the ledger alone."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from schemas.faults import catalogue
from schemas.form.sheets import SIMULATED_MARK
from schemas.settings import Settings
from schemas.vocabularies import SEVERITY, VERDICT
from warehouse.connection import query


def answer(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> list[Path]:
    """Write the receipt of every submission that has none yet; return the texts written.

    The ledger decides what is owed, so receipts that a killed run did not write are written by the next.
    """
    written = []
    for submission_id, district_code in warehouse.execute(query("unanswered")).fetchall():
        text = settings.answers / district_code / f"{submission_id}.txt"
        if not text.exists():
            receipt = receipt_of(warehouse, submission_id)
            text.parent.mkdir(parents=True, exist_ok=True)
            _write(text.with_suffix(".json"), json.dumps(receipt, ensure_ascii=False, indent=1, default=_iso))
            _write(text, receipt_text(receipt))
            written.append(text)
    return written


def receipt_of(warehouse: duckdb.DuckDBPyConnection, submission_id: str) -> dict[str, Any]:
    """The receipt: the file and its hash, the verdict, `sheets`, every finding and every repair."""
    (head,) = _lines(warehouse, "receipt_head", submission_id)
    return head | {
        "sheets": _lines(warehouse, "receipt_sheets", submission_id),
        "findings": _lines(warehouse, "receipt_findings", submission_id),
        "repairs": _lines(warehouse, "receipt_repairs", submission_id),
    }


def receipt_text(receipt: dict[str, Any]) -> str:
    """The receipt as a clerk reads it: Vietnamese first, English beside."""
    return "\n".join(
        [*_head(receipt), "", *_sheets(receipt), "", *_findings(receipt), *_repairs(receipt), ""]
    )


def _head(receipt: dict[str, Any]) -> list[str]:
    verdict = {term.code: term for term in VERDICT.terms}[receipt["verdict"]]
    mark = [f"{SIMULATED_MARK} / simulated data"] if receipt["is_simulated"] else []
    copy = [f"Trùng với / same bytes as: {receipt['duplicate_of']}"] if receipt["duplicate_of"] else []
    return [
        "GIẤY BIÊN NHẬN BÁO CÁO ĐỀ ÁN 21 / RECEIPT",
        *mark,
        f"Đơn vị / district: {receipt['district_code']} {receipt['district_name']}",
        f"Tệp / file: {receipt['file_name']} ({receipt['size_bytes']} byte)",
        f"SHA-256: {receipt['sha256']}",
        f"Nhận lúc / received: {receipt['received_at']:%d/%m/%Y %H:%M:%S}",
        f"Kỳ, lần nộp / period, sequence: {receipt['period'] or '—'}, {receipt['seq'] or '—'}",
        f"Mã tiếp nhận / submission: {receipt['submission_id']}",
        f"KẾT LUẬN / VERDICT: {verdict.vi} / {verdict.en}",
        *copy,
    ]


def _sheets(receipt: dict[str, Any]) -> list[str]:
    lines = [
        f"  {s['source_sheet']}: {s['rows_in_file']} = {s['loaded']} + {s['quarantined']} + "
        f"{s['duplicate']} + {s['layout']}"
        for s in receipt["sheets"]
    ]
    title = [
        "Số dòng mỗi biểu = đã nạp + giữ lại + trùng + trình bày",
        "rows of each sheet = loaded + quarantined + duplicate + layout",
    ]
    return [*title, *lines] if lines else ["Không đọc được biểu nào / no sheet could be read"]


def _findings(receipt: dict[str, Any]) -> list[str]:
    if not receipt["findings"]:
        return ["Không có lỗi / no findings"]
    faults, severities = catalogue(), {term.code: term for term in SEVERITY.terms}
    lines = [f"Cần sửa / findings: {len(receipt['findings'])}"]
    for finding in receipt["findings"]:
        severity = severities[finding["severity"]]
        place = (
            "!".join(part for part in (finding["sheet"], finding["cell"]) if part) or "cả tệp / whole file"
        )
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
    return ["", f"Đã tự chỉnh / repaired: {len(lines)}", *lines]


def _lines(warehouse: duckdb.DuckDBPyConnection, name: str, submission_id: str) -> list[dict[str, Any]]:
    result = warehouse.execute(query(name), [submission_id])
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _write(path: Path, content: str) -> None:
    beside = path.with_name(f".{path.name}")
    beside.write_text(content, encoding="utf-8")
    beside.replace(path)


def _iso(value: datetime) -> str:
    return value.isoformat()
