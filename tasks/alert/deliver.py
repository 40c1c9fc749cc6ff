"""Delivering: every waiting message is tried once a run; what is not taken waits for the next run."""

from contextlib import ExitStack
from datetime import datetime
from typing import Any

import duckdb

from schemas.alerts import BOARD, DISTRICT, ENGINEERS
from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.alert.channels import ChannelDownError, Channels, NotTakenError
from tasks.alert.condition import Sent
from tasks.alert.ledger import statement
from tasks.alert.recipients import MAIL, Recipients

_TRIED = "UPDATE message SET attempts = attempts + 1, last_error = ?, sent_at = ? WHERE message_id = ?"
# Another address for the district now: the one it had may have been the reason.
_READDRESS = """
    UPDATE message SET recipient = $addresses[1]
    WHERE sent_at IS NULL AND audience = $audience AND district_code = $district
        AND NOT list_contains($addresses, recipient)
"""
_WITHDRAW = """
    UPDATE message SET withdrawn_at = $moment
    WHERE sent_at IS NULL AND withdrawn_at IS NULL AND audience = $audience
        AND NOT list_contains($addresses, recipient) AND written_at <= $moment::TIMESTAMPTZ - INTERVAL 7 DAY
"""


class Delivery:
    """One run's deliveries: a message is tried once, a channel that is down is not tried again."""

    def __init__(
        self, settings: Settings, moment: datetime, recipients: Recipients, open_channels: ExitStack
    ) -> None:
        self._moment, self._recipients = moment, recipients
        self._channels = Channels(settings, moment, recipients, open_channels)
        self._down: dict[str, str] = {}
        self._tried: dict[str, Sent] = {}

    @property
    def sent(self) -> tuple[Sent, ...]:
        """What became of each message that was tried."""
        return tuple(self._tried.values())

    def deliver(self, ledger: duckdb.DuckDBPyConnection) -> None:
        """Try every waiting message that this run has not tried, the oldest first.

        Each is recorded before the next is tried: a process killed here sends at most one message again,
        under the same Message-ID.
        """
        self._follow_settings(ledger)
        for message in rows_of(ledger, statement("waiting")):
            if message["message_id"] not in self._tried and not self._recipients.is_out_of_reach(message):
                self._try(ledger, message)

    def _try(self, ledger: duckdb.DuckDBPyConnection, message: dict[str, Any]) -> None:
        error = self._error_of(message)
        ledger.execute(_TRIED, [error, None if error else self._moment, message["message_id"]])
        sent = Sent(message["message_id"], message["audience"], message["channel"], error)
        self._tried[sent.message_id] = sent

    def _error_of(self, message: dict[str, Any]) -> str | None:
        """Send it, unless its channel is down; what went wrong, None when nothing did."""
        # All mail goes over one server, while each URL is a channel of its own.
        channel = MAIL if message["channel"] == MAIL else message["recipient"]
        if channel in self._down:
            return self._down[channel]
        try:
            self._channels.send(message)
        except NotTakenError as refused:
            return str(refused)
        except ChannelDownError as down:
            self._down[channel] = str(down)
            return str(down)
        return None

    def _follow_settings(self, ledger: duckdb.DuckDBPyConnection) -> None:
        """What waits goes to a district's new address, and after a week no more to a channel now removed."""
        for district, addresses in self._recipients.contacts.by_district.items():
            new = {"audience": DISTRICT, "district": district, "addresses": addresses}
            ledger.execute(_READDRESS, new)
        for audience in (ENGINEERS, BOARD):
            if self._recipients.is_unresolved(audience):
                continue
            known = [recipient.address for recipient in self._recipients.of(audience, None)]
            ledger.execute(_WITHDRAW, {"audience": audience, "addresses": known, "moment": self._moment})
