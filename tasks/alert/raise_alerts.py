"""Raising alerts: conditions in, decisions into the ledger, messages out."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime

from schemas.alerts import DELIVERY, evaluated_from
from schemas.settings import Settings
from tasks.alert.condition import Condition, Raised
from tasks.alert.contacts import Contacts
from tasks.alert.deliver import Delivery
from tasks.alert.ledger import (
    damaged,
    decide,
    forget,
    is_ahead,
    not_before,
    one_transaction,
    open_ledger,
    undelivered,
)
from tasks.alert.recipients import Recipients
from tasks.alert.write import write_messages


def raise_alerts(
    settings: Settings,
    moment: datetime,
    causes: Iterable[str],
    conditions: Iterable[Condition],
    contacts: Contacts | None = None,
    *,
    silent: bool = False,
) -> Raised:
    """Open, hold or close the alerts of `causes`, which were all evaluated, and send what is owed to anyone.

    A cause that holds for a subject is in `conditions`; an open alert without its condition is closed. Of
    causes evaluated for a later moment already nothing is changed, nor of any for a moment yet to come. What
    waits from earlier runs is tried again. `silent` records and tells nobody. Raises AlertsBusy.
    """
    asked, clock = tuple(causes), datetime.now(settings.zone)
    if is_ahead(moment, clock):
        return Raised(passed_over=asked)
    recipients = Recipients(settings, contacts or Contacts())
    with open_ledger(settings) as ledger, ExitStack() as open_channels:
        if silent:
            with one_transaction(ledger):
                return Raised(decide(ledger, moment, not_before(ledger, moment, clock, asked), conditions))
        delivery = Delivery(settings, moment, recipients, open_channels)
        # First what waits: a channel that works again is not complained of.
        delivery.deliver(ledger)
        evaluated = not_before(ledger, moment, clock, [*asked, *evaluated_from(DELIVERY)])
        with one_transaction(ledger):
            of_delivery = [*undelivered(ledger, moment), *damaged(settings)]
            changes = decide(ledger, moment, evaluated, [*conditions, *of_delivery])
            write_messages(ledger, moment, evaluated, recipients)
            forget(ledger, settings, moment)
        delivery.deliver(ledger)
        passed_over = tuple(name for name in asked if name not in evaluated)
        return Raised(changes, delivery.sent, passed_over)
