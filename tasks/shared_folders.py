"""Folders that machines share, on any fsspec URL, and the archive in one: the home keeps a copy of that."""

from pathlib import Path

from schemas.access import make_home, owners_files
from schemas.settings import Settings
from schemas.sharing import ChainForked
from tasks.receive import content_name
from tasks.stores import named, open_store
from tasks.whole_file import write_whole


class SharedFolder:
    """One folder of a store; names are relative to it, `/` between.

    Raises NotInstalled without the store's driver, and from every method StoreLost.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._store, self._root = open_store(self._url)

    def below(self, name: str) -> "SharedFolder":
        """The folder of that name in it."""
        return SharedFolder(f"{self._url}/{name}")

    def names(self) -> set[str]:
        """Every file in it."""
        # Another machine may have written since this one last looked.
        self._store.invalidate_cache()
        with named(self._url):
            found = self._store.find(self._root, detail=True) if self._store.exists(self._root) else {}
        # Some stores name an emptied folder itself.
        files = (path for path, entry in found.items() if entry["type"] == "file")
        names = {path.removeprefix(self._root).lstrip("/") for path in files}
        return {name for name in names if _is_whole(name)}

    def has(self, name: str) -> bool:
        """Whether that file is in it."""
        self._store.invalidate_cache()
        with named(self._url):
            return bool(self._store.exists(f"{self._root}/{name}"))

    def remove(self, name: str) -> None:
        """Remove a file."""
        with named(self._url):
            self._store.rm_file(f"{self._root}/{name}")

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        with named(self._url):
            return bytes(self._store.cat_file(f"{self._root}/{name}"))

    def write(self, name: str, content: bytes) -> None:
        """Write a file, which others see whole or not at all."""
        path = f"{self._root}/{name}"
        folder, _, last = path.rpartition("/")
        with named(self._url):
            self._store.makedirs(folder, exist_ok=True)
            self._store.pipe_file(f"{folder}/.{last}", content)
            self._store.mv(f"{folder}/.{last}", path)


def bring_content(settings: Settings, sha256: str) -> None:
    """Take over the bytes received under that hash, where only the shared archive has them."""
    name = content_name(sha256)
    if settings.archive_url is not None and not (settings.archive / name).exists():
        write_whole(settings.archive / name, SharedFolder(settings.archive_url).read(name))


def bring_archive(settings: Settings) -> None:
    """Take over what other machines archived, where SCHEME21_ARCHIVE names a shared one.

    Raises ChainForked, OSError.
    """
    if settings.archive_url is None:
        return
    shared = SharedFolder(settings.archive_url)
    here, there = file_names(settings.archive), shared.names()
    _assert_one_chain(settings, shared, here & there)
    make_home(settings)
    with owners_files():
        for name in _bytes_first(there - here):
            write_whole(settings.archive / name, shared.read(name))


def give_archive(settings: Settings) -> None:
    """Give what this machine archived to the shared archive, if there is one. Raises OSError."""
    if settings.archive_url is None:
        return
    shared = SharedFolder(settings.archive_url)
    for name in _bytes_first(file_names(settings.archive) - shared.names()):
        shared.write(name, (settings.archive / name).read_bytes())


def file_names(folder: Path) -> set[str]:
    """Every file in a folder of this machine, named as in a shared one."""
    files = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix() for path in files}
    return {name for name in names if _is_whole(name)}


def _assert_one_chain(settings: Settings, shared: SharedFolder, names: set[str]) -> None:
    # Each manifest names the one before it: where the last that both have is the same, all before it are.
    last = max((name for name in names if name.startswith(f"{settings.manifests.name}/")), default=None)
    if last is not None and shared.read(last) != (settings.archive / last).read_bytes():
        raise ChainForked(settings.home, last)


def _is_whole(name: str) -> bool:
    # What is half-written bears its own name once it is whole; and no name leads out of a folder by `..`.
    return not any(part.startswith(".") for part in name.split("/"))


def _bytes_first(names: set[str]) -> list[str]:
    # arrivals/ and exceptions/ speak of files/: whoever finds a record finds what it speaks of.
    return sorted(names, reverse=True)
