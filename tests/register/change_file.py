"""A unit change file as real xlsx bytes, from literal rows."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from schemas.form.form import UNIT_CHANGES
from tasks.form_workbook import FormContents, write_form

FOLDER = "don-vi"
DECISION = {"decision_no": "895/NQ-UBTVQH14", "decided_on": date(2021, 3, 30)}


def change(kind: str, old: str = "", new: str = "", **said: Any) -> dict[str, Any]:
    """One row: `old` and `new` as `09730 Xã Phương Độ`; a commune unless `unit_level` says otherwise."""
    old_code, _, old_name = old.partition(" ")
    new_code, _, new_name = new.partition(" ")
    row = {
        "change_kind": kind,
        "unit_level": "commune",
        "old_code": old_code or None,
        "old_name": old_name or None,
        "new_code": new_code or None,
        "new_name": new_name or None,
        "new_kind": _kind_in(new_name),
        "parent_code": "003",
        "share": None,
        "effective_on": date(2021, 6, 1),
        "note": None,
        **DECISION,
    }
    return row | said


def _kind_in(name: str) -> str | None:
    kinds = ("xã", "phường", "thị trấn", "quận", "huyện", "thị xã", "thành phố")
    return next((kind for kind in kinds if name.lower().startswith(f"{kind} ")), None)


def change_file(path: Path, rows: list[dict[str, Any]], *, seq: int = 1, doc_no: str = "07/TĐ-SNV") -> Path:
    """Write the rows as a unit change file without a fault of its own."""
    info = {
        "doc_no": doc_no,
        "seq": seq,
        "as_of_date": date(2021, 5, 25),
        "agency": "Sở Nội vụ",
        "prepared_by": "Người lập biểu thử",
        "contact_email": "clerk@example.invalid",
        "signed_by": "Người ký thử",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    contents = FormContents(info=info, rows={"unit_change": rows})
    write_form(path, contents, created=datetime(2021, 5, 25), form=UNIT_CHANGES)
    return path
