"""A Prefect server that is up and whose database is gone: what needs it is answered by 500."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def failing_server(*, ready: HTTPStatus = HTTPStatus.OK) -> Iterator[str]:
    """Give the URL of one on the loopback that answers `/api/ready` by `ready`."""
    answers = {"/api/health": HTTPStatus.OK, "/api/ready": ready, "/api/admin/version": HTTPStatus.OK}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(answers.get(self.path, HTTPStatus.INTERNAL_SERVER_ERROR))
            self.send_header("Content-Length", "7")
            self.end_headers()
            self.wfile.write(b'"3.8.8"')

        do_POST = do_GET  # noqa: N815 - as http.server names them

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the terminal is the test's."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()
