"""A receipt that an office kept: the JSON or the text that was written; or only its submission's id."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ValidationError

from schemas.manifest import Link
from tasks.receipt_text import LATEST_RELEASE, SUBMISSION
from tasks.verify.not_released import NotAReceipt

_SUBMISSION = re.compile(rf"^{re.escape(SUBMISSION)}(\S+)$", re.MULTILINE)
_LATEST = re.compile(rf"^{re.escape(LATEST_RELEASE)}.* (\d+), SHA-256 ([0-9a-f]+)$", re.MULTILINE)


class _Sheet(BaseModel):
    loaded: int
    quarantined: int
    duplicate: int
    layout: int


class _Written(BaseModel):
    """What of a written receipt is compared with a manifest."""

    submission_id: str
    received_at: AwareDatetime
    known_at: AwareDatetime
    sheets: list[_Sheet]
    findings: list[dict[str, Any]]
    latest_release: Link | None


@dataclass(frozen=True)
class KeptReceipt:
    """What the receipt says: `said` of a JSON by the names of tasks.answer.receipts_of, `lines` of a text."""

    submission_id: str
    latest_release: Link | None = None
    said: dict[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


def read_receipt(given: str) -> KeptReceipt:
    """The receipt in the file `given`; where there is no such file, it is a submission's id.

    Raises NotAReceipt.
    """
    path = Path(given)
    if not path.is_file():
        return KeptReceipt(given)
    try:
        text = path.read_text(encoding="utf-8")
        return _from_json(text) if text.lstrip().startswith("{") else _from_text(text)
    except (UnicodeDecodeError, LookupError, ValidationError) as wrong:
        raise NotAReceipt(path, str(wrong)) from wrong


def _from_json(text: str) -> KeptReceipt:
    written = _Written.model_validate_json(text)
    return KeptReceipt(written.submission_id, written.latest_release, said=json.loads(text))


def _from_text(text: str) -> KeptReceipt:
    named, latest = _SUBMISSION.search(text), _LATEST.search(text)
    if named is None:
        raise LookupError(f"không có dòng / no line «{SUBMISSION.strip()}»")
    link = Link(sequence=int(latest[1]), sha256=latest[2]) if latest else None
    return KeptReceipt(named[1], link, lines=tuple(text.splitlines()))
