"""Writing messages into the ledger of alerts: each whole, before anything is sent."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import duckdb

from schemas.alerts import BOARD, DISTRICT, causes
from schemas.manifest import Link
from tasks.alert.ledger import due_notices
from tasks.alert.recipients import Recipient, Recipients
from tasks.chain import head

_ID_DIGITS = 32
_INSERT = """
    INSERT OR IGNORE INTO message BY NAME
    SELECT
        $message_id AS message_id, (SELECT coalesce(max(position), 0) + 1 FROM message) AS position,
        $cause AS cause, $audience AS audience, $stage AS stage, $alert_ids::VARCHAR[] AS alert_ids,
        $district_code AS district_code, $channel AS channel, $recipient AS recipient, $title AS title,
        $text AS text, $html AS html, $attachments::VARCHAR[] AS attachments, $is_simulated AS is_simulated,
        $written_at AS written_at, 0 AS attempts
"""
_WAITS_ALREADY = """
    SELECT count(*) FROM message
    WHERE sent_at IS NULL AND withdrawn_at IS NULL AND recipient = $recipient
        AND list_has_any(alert_ids, $alert_ids)
"""


def write_messages(
    ledger: duckdb.DuckDBPyConnection, moment: datetime, evaluated: list[str], recipients: Recipients
) -> None:
    """Write whatever is owed of the evaluated causes, one message to each recipient of each audience.

    Whom nobody gave an address for is told nothing, and is owed it still when there is one.
    """
    latest = head(recipients.settings)
    for alerts in _together(due_notices(ledger, moment, evaluated)):
        first = alerts[0]
        told = recipients.of(first["audience"], first["district_code"])
        if told:
            _write(ledger, moment, alerts, told, latest)
            _note(ledger, moment, alerts)


def _together(notices: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Notices that are one message: of a cause, audience and stage, and of a district where it is told."""
    for _, alerts in groupby(
        notices,
        lambda n: (n["cause"], n["audience"], n["stage"], n["audience"] == DISTRICT and n["district_code"]),
    ):
        yield list(alerts)


def _write(
    ledger: duckdb.DuckDBPyConnection,
    moment: datetime,
    alerts: list[dict[str, Any]],
    told: list[Recipient],
    latest: Link | None,
) -> None:
    first = alerts[0]
    origin: dict[str, Any] = {name: first[name] for name in ("cause", "audience", "stage")}
    origin["alert_ids"] = [alert["alert_id"] for alert in alerts]
    # A mail is kept elsewhere: the Board's is a witness of the release that it speaks of.
    said = _said(alerts, latest if first["audience"] == BOARD else None) | {"written_at": moment}
    for recipient in told:
        if first["stage"] == "repeated" and _waits_already(ledger, recipient, origin["alert_ids"]):
            continue
        sent_to = {"channel": recipient.channel, "recipient": recipient.address}
        message_id = _message_id(origin, moment, recipient)
        ledger.execute(_INSERT, origin | said | sent_to | {"message_id": message_id})


def _said(alerts: list[dict[str, Any]], latest: Link | None) -> dict[str, Any]:
    """What every recipient of one message reads."""
    # A cycle that tells nobody does not wait for the form and its words.
    from tasks.alert.wording import words_of

    first = alerts[0]
    attachments = _attachments(alerts)
    cause = causes()[first["cause"]]
    words = words_of(cause, first["audience"], first["stage"], alerts, attachments, latest)
    return {
        "district_code": first["district_code"] if first["audience"] == DISTRICT else None,
        "title": words.title,
        "text": words.text,
        "html": words.page,
        "attachments": attachments,
        "is_simulated": any(alert["is_simulated"] for alert in alerts),
    }


def _attachments(alerts: list[dict[str, Any]]) -> list[str]:
    first = alerts[0]
    if first["audience"] != DISTRICT or first["stage"] == "closed":
        return []
    return [name for alert in alerts for name in alert["attachments"]]


def _waits_already(ledger: duckdb.DuckDBPyConnection, recipient: Recipient, alert_ids: list[str]) -> bool:
    found = ledger.execute(
        _WAITS_ALREADY, {"recipient": recipient.address, "alert_ids": alert_ids}
    ).fetchone()
    return found is not None and found[0] > 0


def _note(ledger: duckdb.DuckDBPyConnection, moment: datetime, alerts: list[dict[str, Any]]) -> None:
    for alert in alerts:
        noted = [alert["alert_id"], alert["audience"], alert["stage"], moment, alert["news"]]
        ledger.execute("INSERT INTO notice VALUES (?, ?, ?, ?, ?)", noted)


def _message_id(origin: dict[str, Any], moment: datetime, recipient: Recipient) -> str:
    parts = [*(str(value) for value in origin.values()), moment.isoformat(), recipient.address]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_ID_DIGITS]
