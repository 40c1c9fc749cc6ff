"""The releases that machines share at SCHEME21_PUBLISHED: each is laid there whole, and taken over whole."""

import html
import json
from pathlib import PurePosixPath

from schemas.access import READERS_FOLDER, make_folder, show_to_readers
from schemas.manifest import MANIFEST, DamagedManifest
from schemas.settings import Settings
from tasks.chain import kept_paths, read_manifest
from tasks.release import show
from tasks.shared_folders import SharedFolder, file_names
from tasks.whole_file import write_whole

# What leads readers there to the latest release.
_CURRENT, _PAGE_NAME = "current.json", "index.html"
_PAGE = """<!DOCTYPE html>
<meta charset="utf-8"><meta http-equiv="refresh" content="0; url={0}">
<title>Đề án 21</title><a href="{0}">{0}</a>
"""


def give_release(settings: Settings) -> None:
    """Lay the published release at SCHEME21_PUBLISHED, if that is set, beside earlier ones. Raises OSError.

    `<url>/releases/<folder>/…` first, then `<url>/current.json` and `<url>/index.html`, which lead to it: a
    reader is led to one whole release or to the one before.
    """
    if settings.published_url is None or not settings.snapshot.exists():
        return
    folder = settings.published.resolve()
    shared = SharedFolder(settings.published_url)
    if _current(shared) == folder.name:
        return
    for name in _manifest_last(file_names(folder)):
        shared.write(f"releases/{folder.name}/{name}", (folder / name).read_bytes())
    shared.write(_CURRENT, json.dumps({"release": f"releases/{folder.name}"}).encode())
    page = html.escape(f"releases/{folder.name}/{_PAGE_NAME}")
    shared.write(_PAGE_NAME, _PAGE.format(page).encode())


def bring_releases(settings: Settings) -> None:
    """Take over what other machines released after this one's last release, and show the latest.

    A machine without a release takes over the latest alone. Which came after is told by the shared archive:
    without it, each machine's releases are its own. Raises OSError, DamagedManifest.
    """
    if settings.published_url is None or settings.archive_url is None:
        return
    shared = SharedFolder(settings.published_url)
    current, last = _current(shared), _own_last(settings)
    later = {read_manifest(path)[0].run_id for path in kept_paths(settings) if int(path.stem) > last}
    if current is None or not _is_of(current, later):
        return
    wanted = _folders(shared) if last else {current}
    for folder in sorted(name for name in wanted if _is_of(name, later)):
        _bring(settings, shared, folder)
    show(settings.releases / current, settings)


def _current(shared: SharedFolder) -> str | None:
    if not shared.has(_CURRENT):
        return None
    return PurePosixPath(json.loads(shared.read(_CURRENT))["release"]).name


def _own_last(settings: Settings) -> int:
    try:
        return read_manifest(settings.published / MANIFEST)[1].sequence
    except DamagedManifest:
        return 0  # there is none, or one that is better taken over anew


def _is_of(folder: str, runs: set[str]) -> bool:
    # A bulletin written anew lies beside: run-1 is followed by run-1.2.
    return folder in runs or PurePosixPath(folder).stem in runs


def _folders(shared: SharedFolder) -> set[str]:
    whole = (PurePosixPath(name) for name in shared.names() if name.endswith(f"/{MANIFEST}"))
    return {path.parent.name for path in whole}


def _bring(settings: Settings, shared: SharedFolder, folder: str) -> None:
    there = shared.below(f"releases/{folder}")
    make_folder(settings.releases / folder, READERS_FOLDER)
    for name in _manifest_last(there.names()):
        write_whole(settings.releases / folder / name, there.read(name))
    show_to_readers(settings.releases / folder)


def _manifest_last(names: set[str]) -> list[str]:
    # It is the mark of a whole release.
    return sorted(names, key=lambda name: (name == MANIFEST, name))
