"""A read-only look at the releases: each under its own address, so that page and tables belong together."""

import sys
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlsplit

from schemas.manifest import MANIFEST
from schemas.page_policy import RESPONSE_HEADERS
from schemas.settings import Settings

_MOST_CONNECTIONS = 64
_SILENT_SECONDS = 10.0
_METHODS = ("GET", "HEAD")
# The names of this machine for itself. By any other name a page elsewhere has led the browser here.
_OWN_NAMES = ("127.0.0.1", "localhost", "::1")


def release_server(settings: Settings, port: int) -> ThreadingHTTPServer:
    """A server on loopback, not yet serving; `/` leads to the release published at that moment.

    Raises OSError when the port is taken. Below `/<run id>/` a release stays what it is while another one is
    published.
    """

    class _Release(_ReadOnly):
        def __init__(self, *args: Any) -> None:
            self.published = settings.published
            super().__init__(*args, directory=str(settings.releases))

    return _FewAtATime(("127.0.0.1", port), _Release)


class _FewAtATime(ThreadingHTTPServer):
    """Each connection has a thread; one too many is closed at once, so that slow readers use up nothing."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._free = BoundedSemaphore(_MOST_CONNECTIONS)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a reader that went away in the middle; anything else is an error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _ReadOnly(SimpleHTTPRequestHandler):
    """Files of releases only: no listing, nothing that was not released, nobody kept waiting for."""

    published: Path
    timeout = _SILENT_SECONDS

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        if self.command not in _METHODS:
            self._answer(HTTPStatus.METHOD_NOT_ALLOWED, Allow=", ".join(_METHODS))
            return False
        if _host_of(self.headers.get("Host", "")) not in _OWN_NAMES:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return False
        return True

    def send_head(self) -> Any:
        if self.path.partition("?")[0] == "/":
            address = f"/{self.published.resolve().name}/index.html"
            return self._answer(HTTPStatus.FOUND, Location=address)
        if not self._is_released():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        for name, value in RESPONSE_HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def version_string(self) -> str:
        """Name no versions."""
        return "scheme21"

    def log_message(self, *_words: Any) -> None:
        """Say nothing: the terminal belongs to whoever started the command."""

    def _is_released(self) -> bool:
        releases, file = Path(self.directory).resolve(), Path(self.translate_path(self.path))
        inside = file.relative_to(self.directory).parts
        if len(inside) < 2 or any(part.startswith(".") for part in inside) or not _is_file(file):
            return False
        # Its manifest is the last thing a release gets; a link in it may lead nowhere else.
        release = releases / inside[0]
        return (release / MANIFEST).is_file() and file.resolve().is_relative_to(release)

    def _answer(self, status: HTTPStatus, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()


def _host_of(header: str) -> str | None:
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:  # half an IPv6 address
        return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any the disk knows
        return False
