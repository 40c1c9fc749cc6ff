"""Mail: a text, the same as a page, and the workbooks that go with it, over the office's own mail server."""

import mimetypes
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TIMEOUT_SECONDS = 20
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _WholeSubject(EmailPolicy):
    """Encodes a subject as a whole: Python 3.11 loses blanks between the words it encodes one by one."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name != "Subject":
            return super().fold_binary(name, value)
        encoded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {encoded}{self.linesep}".encode("ascii")


_POLICY = _WholeSubject(linesep=SMTP.linesep)


@dataclass(frozen=True)
class Mail:
    """One mail to one address; `message_id` is the same however often it is tried."""

    message_id: str
    recipient: str
    title: str
    text: str
    page: str
    attachments: tuple[Path, ...]


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in, and as whom; an empty `user` does not log in."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)


class MailSettingsError(ValueError):
    """SCHEME21_SMTP_URL is not the URL of a mail server."""

    def __init__(self) -> None:
        super().__init__(
            "SCHEME21_SMTP_URL: smtp://, smtp+starttls:// or smtps://[user:password@]host[:port]"
        )


@contextmanager
def mail_server(url: str) -> Iterator[smtplib.SMTP]:
    """Connect and log in. Raises MailSettingsError, OSError or smtplib.SMTPException."""
    where = server_of(url)
    with _connected(where) as server:
        if where.user:
            server.login(where.user, where.password)
        yield server


def server_of(url: str) -> MailServer:
    """The mail server that SCHEME21_SMTP_URL names. Raises MailSettingsError; nothing is connected to."""
    try:
        where = urlsplit(url)
        port = where.port
        user, password = (unquote(part or "") for part in (where.username, where.password))
        # Neither a host name nor what smtplib logs in with goes over the wire but as ASCII.
        host = (where.hostname or "").encode("idna").decode()
        (user + password).encode("ascii")
    except ValueError:
        # Without its cause: the words of that may hold a part of the password.
        raise MailSettingsError from None
    if where.scheme not in _PORTS or not host:
        raise MailSettingsError
    return MailServer(where.scheme, host, port or _PORTS[where.scheme], user, password)


def email_of(mail: Mail, sender: str, moment: datetime) -> EmailMessage:
    """The mail as it goes over the wire. Raises FileNotFoundError when an attachment is gone."""
    _, address = parseaddr(sender)
    email = EmailMessage(policy=_POLICY)
    email["From"] = sender
    email["To"] = mail.recipient
    email["Subject"] = mail.title
    email["Date"] = moment
    email["Message-ID"] = f"<{mail.message_id}@{address.rpartition('@')[2] or 'localhost'}>"
    # So that no office's automatic reply answers it.
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(mail.text)
    email.add_alternative(mail.page, subtype="html")
    for path in mail.attachments:
        main, _, sub = (mimetypes.guess_type(path.name)[0] or _WORKBOOK).partition("/")
        email.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=path.name)
    return email


def _connected(where: MailServer) -> smtplib.SMTP:
    if where.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(where.host, where.port, timeout=_TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(where.host, where.port, timeout=_TIMEOUT_SECONDS)
    if where.scheme == "smtp+starttls":
        server.starttls(context=ssl.create_default_context())
    return server
