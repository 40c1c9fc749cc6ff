"""Who hears of an alert: mail addresses and apprise URLs of an audience, the addresses of a district."""

import hashlib
from dataclasses import dataclass

from pydantic import SecretStr

from schemas.alerts import BOARD, DISTRICT, ENGINEERS
from schemas.settings import Settings
from tasks.alert.contacts import Contacts

MAIL = "mail"
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
    """Everyone who can be told, as the settings and the districts' contacts say."""

    settings: Settings
    contacts: Contacts

    def of(self, audience: str, district_code: str | None) -> list[Recipient]:
        """Who is told when `audience` is; none for an audience or a district nobody gave an address for."""
        if audience == DISTRICT:
            addresses = self.contacts.by_district.get(district_code or "", [])
            return [Recipient(MAIL, address) for address in addresses if self.settings.smtp_url]
        return [_recipient(target) for target in self._targets(audience)]

    @property
    def urls(self) -> dict[Recipient, str]:
        """The apprise URL behind each mark."""
        targets = [*self._targets(ENGINEERS), *self._targets(BOARD)]
        return {_recipient(target): target for target in targets if "://" in target}

    def _targets(self, audience: str) -> list[str]:
        given: dict[str, SecretStr | None] = {ENGINEERS: self.settings.engineers, BOARD: self.settings.board}
        secret = given[audience]
        return secret.get_secret_value().split() if secret else []


def _recipient(target: str) -> Recipient:
    if "://" not in target:
        return Recipient(MAIL, target)
    service = target.partition("://")[0]
    mark = hashlib.sha256(target.encode()).hexdigest()[:_MARK_DIGITS]
    return Recipient(service, f"{service} {mark}")
