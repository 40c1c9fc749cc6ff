"""The channels of one run: mail over one connection, everything else by its apprise URL."""

import smtplib
import warnings
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from schemas.settings import Settings
from tasks.alert.mail import Mail, MailSettingsError, email_of, mail_server
from tasks.alert.recipients import MAIL, Recipient, Recipients

# What a mail server says of one mail; the connection goes on.
_OF_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


class NotTakenError(RuntimeError):
    """A channel did not take this one message; the words hold no address."""


class ChannelDownError(RuntimeError):
    """Nothing can be sent over this channel now; the words hold no address."""


class Channels:
    """Sends messages (rows of the ledger); what is opened for it is closed with `open_channels`."""

    def __init__(
        self, settings: Settings, moment: datetime, recipients: Recipients, open_channels: ExitStack
    ) -> None:
        self._settings, self._moment, self._open_channels = settings, moment, open_channels
        self._urls = recipients.urls
        self._server: smtplib.SMTP | None = None

    def send(self, message: dict[str, Any]) -> None:
        """Send one message. Raises NotTakenError or ChannelDownError."""
        recipient = Recipient(message["channel"], message["recipient"])
        if recipient.channel == MAIL:
            self._mail(message)
        elif recipient in self._urls:
            _notify(self._urls[recipient], message)
        else:
            raise ChannelDownError("kênh không còn trong cấu hình / the channel is configured no more")

    def _mail(self, message: dict[str, Any]) -> None:
        try:
            email = email_of(self._as_mail(message), self._settings.mail_from, self._moment)
        except FileNotFoundError as gone:
            name = Path(gone.filename).name
            raise NotTakenError(f"không còn tệp đính kèm / attachment gone: {name}") from gone
        try:
            self._connected().send_message(email)
        except _OF_ONE_MAIL as refused:
            raise NotTakenError(_words(refused)) from refused
        except (OSError, smtplib.SMTPException, MailSettingsError) as down:
            raise ChannelDownError(_words(down)) from down

    def _as_mail(self, message: dict[str, Any]) -> Mail:
        return Mail(
            message_id=message["message_id"],
            recipient=message["recipient"],
            title=message["title"],
            text=message["text"],
            page=message["html"],
            attachments=tuple(self._settings.home / name for name in message["attachments"]),
        )

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            url = self._settings.smtp_url
            self._server = self._open_channels.enter_context(
                mail_server(url.get_secret_value() if url else "")
            )
        return self._server


def _notify(url: str, message: dict[str, Any]) -> None:
    # Imported only where something is sent: it costs most of a second.
    import apprise

    service = apprise.Apprise()
    with warnings.catch_warnings():
        # Adding the first URL loads every service; one of them looks for a module that Python gave up.
        warnings.filterwarnings("ignore", "'imghdr' is deprecated", DeprecationWarning)
        is_known = service.add(url)
    if not is_known:
        raise ChannelDownError("apprise không hiểu URL / apprise does not know this kind of URL")
    plain = apprise.NotifyFormat.TEXT
    if not service.notify(title=message["title"], body=message["text"], body_format=plain):
        raise ChannelDownError("dịch vụ không nhận / the service did not take it")


def _words(error: Exception) -> str:
    # The text of an SMTP error names the address; its kind and code do not.
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"{type(error).__name__} {', '.join(str(code) for code, _ in error.recipients.values())}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    return str(error) if isinstance(error, MailSettingsError) else f"{type(error).__name__}: {error}"
