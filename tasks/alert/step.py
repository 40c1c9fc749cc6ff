"""The cycle's last step: whoever has to know is told."""

from datetime import datetime

import duckdb

from schemas.settings import Settings
from tasks.alert.condition import Raised
from tasks.alert.contacts import contacts_of
from tasks.alert.evaluate import evaluate, known_at, to_evaluate
from tasks.alert.raise_alerts import raise_alerts


def alert(
    warehouse: duckdb.DuckDBPyConnection,
    settings: Settings,
    now: datetime,
    run_id: str,
    *,
    is_refused: bool,
    silent: bool = False,
) -> Raised:
    """Find what has to be told as of `now` and tell it: districts, engineers, the Board.

    After a refusal only what does not rest on the tables is looked for. Raises AlertsBusy when another
    process is sending.
    """
    known_at(warehouse, now)
    contacts = contacts_of(warehouse, settings)
    causes = to_evaluate(settings, is_refused=is_refused, silent=silent)
    conditions = evaluate(warehouse, settings, causes, contacts, run_id=run_id, is_refused=is_refused)
    return raise_alerts(settings, now, causes, conditions, contacts, silent=silent)
