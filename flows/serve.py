"""A read-only look at the releases: each under its own address, so that page and tables belong together."""

from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from schemas.settings import Settings


def release_server(settings: Settings, port: int) -> ThreadingHTTPServer:
    """A server on loopback, not yet serving; `/` leads to the release published at that moment.

    Raises OSError when the port is taken. Below `/<run id>/` a release stays what it is while another one is
    published.
    """

    class _Release(_ReadOnly):
        def __init__(self, *args: Any) -> None:
            self.published = settings.published
            super().__init__(*args, directory=str(settings.releases))

    return ThreadingHTTPServer(("127.0.0.1", port), _Release)


class _ReadOnly(SimpleHTTPRequestHandler):
    """Files of releases only: no listing, nothing that was not released."""

    published: Path

    def send_head(self) -> Any:
        path = unquote(urlsplit(self.path).path)
        if path == "/":
            return self._lead_to(f"/{self.published.resolve().name}/index.html")
        if not self._is_released(path):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_words: Any) -> None:
        """Say nothing: the terminal belongs to whoever started the command."""

    def _is_released(self, path: str) -> bool:
        file = Path(self.translate_path(path))
        inside = file.relative_to(self.directory).parts
        # Its description is the last thing a release gets.
        return (
            len(inside) > 1 and file.is_file() and Path(self.directory, inside[0], "release.json").is_file()
        )

    def _lead_to(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()
