"""Who hears of an alert: mail addresses and apprise URLs of an audience, the addresses of a district."""

import hashlib
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from schemas.alerts import BOARD, DISTRICT, ENGINEERS
from schemas.settings import Settings
from tasks.alert.contacts import Contacts

MAIL = "mail"
SECRET_BLOCK = "secret://"  # noqa: S105 - how a setting names a block, not a secret
_MARK_DIGITS = 6


@dataclass(frozen=True)
class Recipient:
    """One place a message goes to. `channel` is `mail` or the service of an apprise URL.

    `address` is the mail address, else a mark of the URL: the URL itself is a secret and is never kept.
    """

    channel: str
    address: str


@dataclass(frozen=True)
class Recipients:
    """Everyone who can be told, as the settings and the districts' contacts say.

    Only Prefect can look into its Secret blocks. Outside it whom a `secret://` names is told nothing yet:
    what is owed stays owed, and what waits is kept for a run that can.
    """

    settings: Settings
    contacts: Contacts

    def is_unresolved(self, audience: str) -> bool:
        """Whether the addresses of `audience` are in a block that this run cannot look into."""
        return _is_block(self._secret(audience))

    def is_out_of_reach(self, message: dict[str, Any]) -> bool:
        """Whether what a message (a row of the ledger) needs is in such a block; mail holds its address."""
        if message["channel"] == MAIL:
            return _is_block(self.settings.smtp_url)
        return self.is_unresolved(message["audience"])

    def of(self, audience: str, district_code: str | None) -> list[Recipient]:
        """Who is told when `audience` is; none for an audience or a district nobody gave an address for."""
        if audience == DISTRICT:
            addresses = self.contacts.by_district.get(district_code or "", [])
            has_mail = self.settings.smtp_url is not None and not _is_block(self.settings.smtp_url)
            return [Recipient(MAIL, address) for address in addresses if has_mail]
        return [_recipient(target) for target in self._targets(audience)]

    @property
    def urls(self) -> dict[Recipient, str]:
        """The apprise URL behind each mark."""
        targets = [*self._targets(ENGINEERS), *self._targets(BOARD)]
        return {_recipient(target): target for target in targets if "://" in target}

    def _targets(self, audience: str) -> list[str]:
        secret = self._secret(audience)
        return secret.get_secret_value().split() if secret and not _is_block(secret) else []

    def _secret(self, audience: str) -> SecretStr | None:
        return {ENGINEERS: self.settings.engineers, BOARD: self.settings.board}.get(audience)


def _is_block(secret: SecretStr | None) -> bool:
    return secret is not None and secret.get_secret_value().startswith(SECRET_BLOCK)


def _recipient(target: str) -> Recipient:
    if "://" not in target:
        return Recipient(MAIL, target)
    service = target.partition("://")[0]
    mark = hashlib.sha256(target.encode()).hexdigest()[:_MARK_DIGITS]
    return Recipient(service, f"{service} {mark}")
