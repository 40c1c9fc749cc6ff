"""Metrics: the last release and the last cycle in the Prometheus text format.

For the textfile collector of a node exporter. The figures are those of the published tables, read as any
reader reads them.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from schemas.access import READERS_FILE, make_home
from schemas.published.snapshot import reading
from schemas.rows import rows_of
from schemas.run_outcomes import CRASHED, OUTCOMES
from schemas.settings import Settings
from tasks.alert.ledger import AlertsBusy
from tasks.alert.standing import standing
from tasks.heartbeat import Heartbeat, sound_heartbeat
from warehouse.connection import metric

_READABLE = "1 when the ledger of alerts can be read"


@dataclass(frozen=True)
class _Figure:
    select: str
    text: str

    @property
    def name(self) -> str:
        return f"scheme21_{self.select}"


_FIGURES = (
    _Figure("units_remaining", "Units with the scheme unfinished in the latest period, by level"),
    _Figure("obligations", "Returns owed, all periods, by state"),
    _Figure("submissions", "Returns shown, one a district and period, by verdict"),
    _Figure("findings", "Findings that no later return has settled, by fault"),
)


def write_metrics(settings: Settings, clock: datetime, *, has_crashed: bool = False) -> Path:
    """Write every metric anew and swap the file in whole; return its path.

    `has_crashed` says that the cycle of the heartbeat was killed. Without a release or a sound heartbeat
    their metrics are left out, never zero.
    """
    registry = CollectorRegistry()
    _gauge(
        registry, "scheme21_metrics_timestamp_seconds", "When these metrics were written", clock.timestamp()
    )
    if settings.snapshot.exists():
        with reading(settings.snapshot) as reader:
            _add_release(registry, reader, settings)
            for figure in _FIGURES:
                _add_figure(registry, reader, figure)
    _add_alerts(registry, settings, clock)
    heartbeat = sound_heartbeat(settings)
    if heartbeat is not None:
        _add_cycle(registry, heartbeat, CRASHED if has_crashed else heartbeat.outcome)
    make_home(settings)
    write_to_textfile(str(settings.metrics), registry)
    settings.metrics.chmod(READERS_FILE)
    return settings.metrics


def _add_release(registry: CollectorRegistry, reader: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    (row,) = rows_of(reader, metric("release"))
    for column, text in (
        ("released_at", "When the published release was made"),
        ("as_known_at", "Up to when what was received is in the published release"),
    ):
        name = f"scheme21_release_{column.removesuffix('_at')}_timestamp_seconds"
        _gauge(registry, name, text, row[column].replace(tzinfo=settings.zone).timestamp())
    _gauge(
        registry,
        "scheme21_release_is_simulated",
        "1 when the figures are simulated",
        float(row["is_simulated"]),
    )


def _add_figure(registry: CollectorRegistry, reader: duckdb.DuckDBPyConnection, figure: _Figure) -> None:
    rows = rows_of(reader, metric(figure.select))
    if not rows:
        return
    *labels, value = rows[0]
    gauge = Gauge(figure.name, figure.text, labels, registry=registry)
    for row in rows:
        gauge.labels(*(row[label] for label in labels)).set(row[value])


def _add_alerts(registry: CollectorRegistry, settings: Settings, clock: datetime) -> None:
    try:
        found = standing(settings, clock)
    except AlertsBusy:
        return  # whoever writes to it ends with metrics of its own
    except duckdb.Error:
        _gauge(registry, "scheme21_alerts_readable", _READABLE, 0)
        return
    if found is None:
        return
    _gauge(registry, "scheme21_alerts_readable", _READABLE, 1)
    text = "Messages not sent for over a day"
    _gauge(registry, "scheme21_alert_messages_waiting", text, found.waiting)
    if found.evaluated_at is not None:
        name, text = "scheme21_alerts_evaluated_timestamp_seconds", "When causes were last looked at"
        _gauge(registry, name, text, found.evaluated_at.timestamp())


def _add_cycle(registry: CollectorRegistry, heartbeat: Heartbeat, outcome: str | None) -> None:
    moments = {
        "started": (heartbeat.started_at, "When the last cycle began"),
        "finished": (heartbeat.last_finished_at, "When a cycle last ended by itself"),
        "next_due": (heartbeat.next_due, "When a schedule starts the next cycle"),
    }
    for name, (moment, text) in moments.items():
        if moment is not None:
            _gauge(registry, f"scheme21_cycle_{name}_timestamp_seconds", text, moment.timestamp())
    if heartbeat.finished_at is not None:
        seconds = (heartbeat.finished_at - heartbeat.started_at).total_seconds()
        _gauge(registry, "scheme21_cycle_duration_seconds", "How long the last cycle took", seconds)
    state = Gauge("scheme21_cycle_outcome", "1 for how the last cycle ended", ["outcome"], registry=registry)
    # Every outcome is always there: an alerting rule need not know that a label was never seen.
    for known in OUTCOMES:
        state.labels(known).set(known == outcome)


def _gauge(registry: CollectorRegistry, name: str, text: str, value: float) -> None:
    Gauge(name, text, registry=registry).set(value)
