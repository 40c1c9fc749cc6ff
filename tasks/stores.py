"""Stores behind fsspec URLs: opened, and named in what their own clients raise."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import fsspec

from schemas.sharing import NotInstalled, StoreLost


def open_store(url: str) -> tuple[fsspec.AbstractFileSystem, str]:
    """The store of a URL, and the place in it. Raises NotInstalled without the store's driver."""
    try:
        store, root = fsspec.core.url_to_fs(url)
    except ImportError as missing:
        raise NotInstalled.of(missing) from missing
    return store, str(root)


@contextmanager
def named(url: str) -> Iterator[None]:
    """Raise StoreLost, which names the URL, for whatever a store's client raises of its own."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as lost:
        if lost.errno is not None:
            raise
        raise StoreLost.of(url, lost) from lost
    except _errors_of_clients() as lost:
        raise StoreLost.of(url, lost) from lost


def _errors_of_clients() -> tuple[type[Exception], ...]:
    # The S3 client's are no OSError; it is imported where an S3 store was opened, and only there.
    botocore = sys.modules.get("botocore.exceptions")
    return (botocore.BotoCoreError, botocore.ClientError) if botocore else ()
