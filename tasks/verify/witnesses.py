"""Who remembers: each receipt names the release that was the latest when it was written."""

import json
from collections.abc import Iterator

from schemas.manifest import Link
from schemas.settings import Settings
from tasks.checkup_result import Check
from tasks.verify.chain import Chain
from tasks.verify.said import FROM_BACKUP, altered, sound


def check_receipts(settings: Settings, chain: Chain) -> list[Check]:
    """Whether every receipt in the answers names a manifest of the chain, or none where there was none."""
    known = {link.sequence: link for _, link in chain.values()}
    named = list(_named(settings))
    faults = [
        altered(
            place,
            "ghi một bản phát hành không có trong chuỗi / names a release that is not in the chain",
            FROM_BACKUP,
        )
        for place, link in named
        if link is not None and known.get(link.sequence) != link
    ]
    saw = f"{len(named)} giấy biên nhận khớp với chuỗi / receipts agree with the chain"
    return faults or [sound("giấy biên nhận / receipts", saw)]


def _named(settings: Settings) -> Iterator[tuple[str, Link | None]]:
    for path in sorted(settings.answers.glob("*/*.json")):
        place = path.relative_to(settings.home).as_posix()
        latest = json.loads(path.read_bytes()).get("latest_release")
        yield place, Link(**latest) if latest else None
