"""Delivering: every waiting message is tried once a run; what is not taken waits for the next run."""

from contextlib import ExitStack
from datetime import datetime
from typing import Any

import duckdb

from schemas.alerts import BOARD, DISTRICT, ENGINEERS
from schemas.settings import Settings
from tasks.alert.channels import ChannelDownError, Channels, NotTakenError
from tasks.alert.condition import Sent
from tasks.alert.ledger import rows, statement
from tasks.alert.recipients import Recipients

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


def deliver(
    ledger: duckdb.DuckDBPyConnection, settings: Settings, moment: datetime, recipients: Recipients
) -> tuple[Sent, ...]:
    """Try every waiting message, the oldest first; return what became of each.

    Each is recorded before the next is tried: a process killed here sends at most one message again, under
    the same Message-ID. A channel that is down is not tried again in this run.
    """
    _follow_settings(ledger, moment, recipients)
    down: dict[str, str] = {}
    with ExitStack() as open_channels:
        channels = Channels(settings, moment, recipients, open_channels)
        return tuple(
            _tried(ledger, channels, down, message, moment) for message in rows(ledger, statement("waiting"))
        )


def _tried(
    ledger: duckdb.DuckDBPyConnection,
    channels: Channels,
    down: dict[str, str],
    message: dict[str, Any],
    moment: datetime,
) -> Sent:
    error = _sent(channels, down, message)
    ledger.execute(_TRIED, [error, None if error else moment, message["message_id"]])
    return Sent(message["message_id"], message["audience"], message["channel"], error)


def _sent(channels: Channels, down: dict[str, str], message: dict[str, Any]) -> str | None:
    """Send it, unless its channel is down; what went wrong, None when nothing did."""
    # All mail goes over one server, while each URL is a channel of its own.
    channel = message["channel"] if message["channel"] == "mail" else message["recipient"]
    if channel in down:
        return down[channel]
    try:
        channels.send(message)
    except NotTakenError as refused:
        return str(refused)
    except ChannelDownError as failed:
        down[channel] = str(failed)
        return str(failed)
    return None


def _follow_settings(ledger: duckdb.DuckDBPyConnection, moment: datetime, recipients: Recipients) -> None:
    """What waits goes to a district's new address, and after a week no more to a channel that was removed."""
    for district, addresses in recipients.contacts.by_district.items():
        new = {"audience": DISTRICT, "district": district, "addresses": addresses}
        ledger.execute(_READDRESS, new)
    for audience in (ENGINEERS, BOARD):
        configured = [recipient.address for recipient in recipients.of(audience, None)]
        ledger.execute(_WITHDRAW, {"audience": audience, "addresses": configured, "moment": moment})
