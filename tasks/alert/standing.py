"""How the ledger of alerts stands, for the doctor and the metrics: read only, and nobody is kept waiting."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from schemas.alerts import WATCH, evaluated_from
from schemas.settings import Settings
from tasks.alert.ledger import AlertsBusy, statement


@dataclass(frozen=True)
class Standing:
    """Messages unsent for over a day; when causes were last evaluated at all, and by the watchman."""

    waiting: int
    evaluated_at: datetime | None
    watched_at: datetime | None


def standing(settings: Settings, clock: datetime) -> Standing | None:
    """The ledger as it stands at `clock`; None where nothing was ever evaluated.

    Raises AlertsBusy while another process writes to it, duckdb.Error when it cannot be read.
    """
    if not settings.alerts.exists():
        return None
    try:
        with duckdb.connect(str(settings.alerts), read_only=True) as ledger:
            ledger.execute("SET VARIABLE moment = ?", [clock])
            ledger.execute("SET VARIABLE watched = ?", [list(evaluated_from(WATCH))])
            [(waiting, evaluated, watched)] = ledger.execute(statement("standing")).fetchall()
    except duckdb.IOException as refused:
        if "Conflicting lock" in str(refused):
            raise AlertsBusy(settings) from refused
        raise
    return Standing(waiting, _moment(settings, evaluated), _moment(settings, watched))


def _moment(settings: Settings, seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, settings.zone)
