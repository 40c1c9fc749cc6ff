"""The cycle's last step: whoever has to know is told."""

from collections.abc import Sequence
from datetime import datetime

import duckdb

from schemas.alerts import CYCLE, evaluated_from
from schemas.settings import Settings
from tasks.alert.condition import Raised
from tasks.alert.contacts import contacts_of
from tasks.alert.evaluate import evaluate, to_evaluate
from tasks.alert.raise_alerts import raise_alerts
from tasks.alert.seen import seen_in_landing_place
from tasks.landing import NotTaken
from warehouse.known_register import know_register


def alert(
    warehouse: duckdb.DuckDBPyConnection,
    settings: Settings,
    now: datetime,
    run_id: str,
    *,
    is_refused: bool,
    silent: bool = False,
    not_taken: Sequence[NotTaken] = (),
) -> Raised:
    """Find what has to be told as of `now` and tell it: districts, engineers, the Board.

    `not_taken` is what the cycle left in the landing place. After a refusal only what does not rest on the
    tables is looked for. Raises AlertsBusy when another process is sending.
    """
    know_register(warehouse, now, settings)
    contacts = contacts_of(warehouse, settings)
    causes = to_evaluate(settings, is_refused=is_refused, silent=silent)
    conditions = evaluate(warehouse, settings, causes, contacts, run_id=run_id, is_refused=is_refused)
    conditions += seen_in_landing_place(not_taken)
    causes += evaluated_from(CYCLE)
    return raise_alerts(settings, now, causes, conditions, contacts, silent=silent)
