"""The chain of releases: each manifest names the one before it by its hash; the archive keeps them all.

The head is the last manifest that was shown. A release that was killed before it was shown is no part of the
chain: its number is given again.
"""

import hashlib
from pathlib import Path

from pydantic import ValidationError

from schemas.manifest import MANIFEST, DamagedManifest, Link, Manifest
from schemas.settings import Settings
from tasks.whole_file import write_whole


def read_manifest(path: Path) -> tuple[Manifest, Link]:
    """The manifest in that file and its place in the chain. Raises DamagedManifest."""
    try:
        content = path.read_bytes()
        manifest = Manifest.model_validate_json(content)
    except (FileNotFoundError, ValidationError) as wrong:
        raise DamagedManifest(path, str(wrong)) from wrong
    return manifest, Link(sequence=manifest.sequence, sha256=hashlib.sha256(content).hexdigest())


def kept_path(settings: Settings, sequence: int) -> Path:
    """Where the archive keeps the manifest of that number."""
    return settings.manifests / f"{sequence:06d}.json"


def kept_paths(settings: Settings) -> list[Path]:
    """Every kept manifest, the first one first."""
    return sorted(settings.manifests.glob("[0-9]*.json"))


def head(settings: Settings) -> Link | None:
    """The last manifest that was shown, None before the first release. Raises DamagedManifest."""
    shown = settings.published / MANIFEST
    last = [*kept_paths(settings)[-1:], *([shown] if shown.exists() else [])]
    # A link that leads back to an earlier release does not make the chain shorter.
    return max((read_manifest(path)[1] for path in last), key=lambda link: link.sequence, default=None)


def keep_shown(settings: Settings) -> None:
    """Bring the manifest that readers see into the archive, unless it is there. Raises DamagedManifest.

    Whoever shows a release does it afterwards, and before the next one again: a killed process may not have.
    """
    shown = settings.published / MANIFEST
    if not shown.exists():
        return
    manifest, _ = read_manifest(shown)
    kept = kept_path(settings, manifest.sequence)
    if not kept.exists():
        write_whole(kept, shown.read_bytes())


def was_never_shown(settings: Settings, folder: Path) -> bool:
    """Whether the whole release in `folder` was killed before it was shown: it has the next one's number."""
    last = head(settings)
    manifest, _ = read_manifest(folder / MANIFEST)
    return manifest.sequence == (last.sequence + 1 if last else 1)
