"""`scheme21 verify`: everything of a home, one receipt, or a release folder that somebody was given."""

from pathlib import Path

from schemas.manifest import MANIFEST, Link
from schemas.settings import Settings
from tasks.chain import read_manifest
from tasks.checkup_result import Check
from tasks.verify.chain import Chain, check_chain, check_known_head, read_chain
from tasks.verify.drawn_anew import check_drawn_anew
from tasks.verify.published import check_published
from tasks.verify.receipt import (
    check_against_home,
    check_against_manifest,
    check_latest_release,
    check_wording,
    entry_in,
    first_naming,
    judged_alike,
    since_release,
    source_of,
    standing,
)
from tasks.verify.receipt_file import KeptReceipt
from tasks.verify.release_folder import check_release
from tasks.verify.releases import check_releases
from tasks.verify.said import sound
from tasks.verify.sources import check_archive, check_warehouse, lost_warehouse
from tasks.verify.witnesses import check_receipts
from warehouse.connection import read_warehouse


def verify_home(settings: Settings, known: str | None = None) -> list[Check]:
    """Check the chain, every release that is there, the archive, the warehouse and the receipts.

    `known` is the hash of a manifest that somebody kept. Only for the holder of the writer lock. Raises
    duckdb.IOException when the warehouse cannot be read.
    """
    chain, faults = read_chain(settings)
    checks = [*faults, *check_chain(chain, settings), *_known(chain, known), *check_releases(settings, chain)]
    if chain or settings.published.is_symlink():
        checks += check_published(settings, chain)
    if not chain:
        return checks
    latest, _ = chain[max(chain)]
    checks += check_archive(settings, latest)
    if settings.warehouse.exists():
        with read_warehouse(settings.warehouse, settings.time_zone) as warehouse:
            checks += check_warehouse(warehouse, latest)
        checks.append(check_drawn_anew(settings, chain))
    elif latest.sources:
        checks.append(lost_warehouse(settings))
    return [*checks, *check_receipts(settings, chain)]


def verify_receipt(settings: Settings, kept: KeptReceipt, known: str | None = None) -> list[Check]:
    """Follow one receipt through archive, warehouse, chain and published tables.

    Only for the holder of the writer lock. Raises NotReleased, DamagedManifest, duckdb.IOException.
    """
    chain, faults = read_chain(settings)
    latest, link = chain[max(chain)] if chain else read_manifest(settings.published / MANIFEST)
    first = first_naming(kept.submission_id, chain) or latest
    source = source_of(first, kept.submission_id)
    now = entry_in(latest, kept.submission_id) or source
    checks = [*faults, *check_chain(chain, settings), *_known(chain, known)]
    checks += [*check_published(settings, chain), *check_against_manifest(kept, source, first)]
    if settings.warehouse.exists():
        with read_warehouse(settings.warehouse, settings.time_zone) as warehouse:
            checks += check_against_home(now, settings, warehouse)
            if judged_alike(first, latest):
                checks += check_wording(kept, settings, warehouse)
    else:
        checks.append(lost_warehouse(settings))
    checks += [*check_latest_release(kept, chain), since_release(source, first, latest)]
    folder = settings.published.resolve()
    return [*checks, *check_release(folder, chain.get(link.sequence)), *standing(folder, now)]


def verify_folder(folder: Path, kept: KeptReceipt | None, known: str | None = None) -> list[Check]:
    """Check one release by itself, and a receipt against it; no home is needed.

    Raises DamagedManifest, NotReleased.
    """
    manifest, link = read_manifest(folder / MANIFEST)
    links = {last.sequence: (manifest, last) for last in (manifest.previous, link) if last is not None}
    checks = [sound("bản kê / manifest", f"số / number {link.sequence}, SHA-256 {link.sha256}")]
    checks += [*_known(links, known), *check_release(folder.resolve(), None)]
    if kept is None:
        return checks
    source = source_of(manifest, kept.submission_id)
    checks += check_against_manifest(kept, source, manifest)
    if _can_compare(kept.latest_release, links):
        checks += check_latest_release(kept, links)
    return [*checks, *standing(folder, source)]


def _known(chain: Chain, known: str | None) -> list[Check]:
    return [] if known is None else [check_known_head(chain, known)]


def _can_compare(named: Link | None, links: Chain) -> bool:
    # A single release knows only the one before it.
    return named is not None and named.sequence in links
