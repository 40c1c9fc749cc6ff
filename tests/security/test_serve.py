"""The served release on the wire: what a browser is told, and everything that is not answered."""

import http.client
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import flows.serve
from flows.serve import release_server
from schemas.settings import Settings

SECRET = b"tuyet-mat"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with one release, one that is half-built, and a warehouse beside them."""
    settings = Settings(home=tmp_path / "home")
    release = settings.releases / "run-1"
    (release / "csv").mkdir(parents=True)
    (release / "index.html").write_text("<title>bản tin</title>", encoding="utf-8")
    (release / "csv" / "posts.csv").write_bytes(b"a\n")
    (release / "manifest.json").write_bytes(b"{}")
    (release / ".hidden").write_bytes(SECRET)
    (release / "way-out").symlink_to(settings.warehouse)
    (release / "up").symlink_to(settings.home, target_is_directory=True)
    settings.warehouse.write_bytes(SECRET)
    shutil.copytree(release, settings.releases / "run-2", symlinks=True)
    (settings.releases / "run-2" / "manifest.json").unlink()
    settings.published.symlink_to(release, target_is_directory=True)
    return settings


@pytest.fixture
def port(settings: Settings) -> Iterator[int]:
    server = release_server(settings, port=0)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def said(port: int, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to these very bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(request)
        answer = http.client.HTTPResponse(wire, method=request.partition(b" ")[0].decode())
        answer.begin()
        return answer.status, dict(answer.getheaders()), answer.read()


def request(target: str, method: str = "GET", host: str = "127.0.0.1:8021") -> bytes:
    return f"{method} {target} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode("latin-1")


POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Server": "scheme21",
}


@pytest.mark.parametrize("target", ["/run-1/index.html", "/run-1/csv/posts.csv", "/", "/nothing", "/run-1/"])
def test_every_answer_tells_the_browser_what_it_may_do(port: int, target: str) -> None:
    _, headers, _ = said(port, request(target))

    assert {name: headers.get(name) for name in POLICY} == POLICY


def test_a_release_is_read_and_its_head_has_no_body(port: int) -> None:
    assert said(port, request("/run-1/index.html"))[::2] == (200, "<title>bản tin</title>".encode())
    assert said(port, request("/run-1/index.html", "HEAD"))[::2] == (200, b"")
    assert said(port, request("/"))[1]["Location"] == "/run-1/index.html"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "MOVE"])
def test_nothing_but_reading_is_allowed(port: int, method: str) -> None:
    status, headers, _ = said(port, request("/run-1/index.html", method))

    assert (status, headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "target",
    [
        "/../warehouse.duckdb",
        "/run-1/../../warehouse.duckdb",
        "/%2e%2e/warehouse.duckdb",
        "/run-1/%2e%2e%2f%2e%2e%2fwarehouse.duckdb",
        "/run-1/..%252f..%252fwarehouse.duckdb",
        "/run-1/%252e%252e/%252e%252e/warehouse.duckdb",
        "/run-1/..\\..\\warehouse.duckdb",
        "/run-1/%c0%ae%c0%ae/warehouse.duckdb",
        "/run-1/way-out",
        "/run-1/up/warehouse.duckdb",
        "/run-1/index.html%00.csv",
        "/run-1/.hidden",
        "/run-1/index.html/",
        "/run-1",
        "/run-1/",
        "/run-1/csv/",
        "/run-2/index.html",
        "//run-1//../warehouse.duckdb",
        "/warehouse.duckdb",
        "file:///etc/passwd",
        "http://elsewhere.example/run-1/../../warehouse.duckdb",
        "http://[/x",
        "//[/x",
        f"/run-1/{'x' * 300}",
        f"/{'x' * 300}/index.html",
        "/run-1/index%252ehtml",
    ],
)
def test_nothing_else_is_served_nor_listed(port: int, target: str) -> None:
    status, _, body = said(port, request(target))

    assert (status, SECRET in body, b"posts.csv" in body) == (404, False, False)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(("localhost:8021", 200), ("127.0.0.1", 200), ("[::1]:8021", 200)),
        *(("rebound.example:8021", 421), ("127.0.0.1.rebound.example", 421), ("", 421), ("[::1", 421)),
    ],
)
def test_a_page_elsewhere_that_calls_this_machine_by_its_own_name_is_refused(
    port: int, host: str, status: int
) -> None:
    assert said(port, request("/run-1/index.html", host=host))[0] == status


def _served_in_the_end(port: int) -> int:
    # A busy machine may take a moment to notice that the places are free again.
    for _ in range(50):
        with suppress(http.client.RemoteDisconnected, ConnectionResetError):
            return said(port, request("/run-1/index.html"))[0]
        time.sleep(0.1)
    raise AssertionError("nobody is served any more")


def test_a_reader_that_says_nothing_is_dropped_and_others_are_served(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flows.serve, "_MOST_CONNECTIONS", 2)
    monkeypatch.setattr(flows.serve._ReadOnly, "timeout", 0.3)
    server = release_server(settings, port=0)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    address = ("127.0.0.1", server.server_port)
    silent = [socket.create_connection(address, timeout=20) for _ in range(2)]
    one_too_many = socket.create_connection(address, timeout=20)
    try:
        assert one_too_many.recv(1) == b""
        assert [wire.recv(1) for wire in silent] == [b"", b""]
        assert _served_in_the_end(server.server_port) == 200
    finally:
        for wire in (*silent, one_too_many):
            wire.close()
        server.shutdown()
        server.server_close()


def test_the_name_that_is_looked_at_is_the_one_that_is_served(settings: Settings, port: int) -> None:
    (settings.releases / "run-1" / "a%23b.csv").write_bytes(b"literal")
    (settings.releases / "run-1" / "a#b.csv").write_bytes(b"hash")

    assert said(port, request("/run-1/a%2523b.csv"))[::2] == (200, b"literal")
    assert said(port, request("/run-1/a%23b.csv"))[::2] == (200, b"hash")


def test_a_question_after_the_slash_still_leads_to_the_published_release(port: int) -> None:
    assert said(port, request("/?from=mail"))[1]["Location"] == "/run-1/index.html"
