"""A mail server and a web listener on loopback: what was really handed over, read as a mail program does."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


@dataclass
class PostOffice:
    """`mails` in the order they came; `refused` addresses are turned away; `on_mail` is called after each."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    on_mail: Callable[[int], None] = lambda _number: None
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: object, session: object, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        self.on_mail(len(self.mails))
        return "250 OK"

    def subjects(self) -> list[tuple[str, str]]:
        """Recipient and subject of each mail since the last time, in order; they are then forgotten."""
        seen = [(str(mail["To"]), str(mail["Subject"])) for mail in self.mails]
        self.mails.clear()
        return seen


@contextmanager
def post_office(login: tuple[str, str] | None = None) -> Iterator[PostOffice]:
    """Run an SMTP server on a free port of loopback; with `login` it takes mail from nobody else."""
    office = PostOffice()
    office.port = _free_port()
    asked = (
        {"auth_required": True, "auth_require_tls": False, "authenticator": _asks_for(login)} if login else {}
    )
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **asked)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


@contextmanager
def web_listener() -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Run an HTTP server on a free port; give the port and the list of JSON bodies that are posted to it."""
    posted: list[dict[str, Any]] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port, posted
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _asks_for(login: tuple[str, str]) -> Callable[..., AuthResult]:
    expected = tuple(part.encode() for part in login)
    return lambda _server, _session, _envelope, _mechanism, given: AuthResult(
        success=(given.login, given.password) == expected, handled=False
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page_of(mail: EmailMessage) -> str:
    """The HTML part."""
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def text_of(mail: EmailMessage) -> str:
    """The plain part."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
