"""Any history of the small city: what hypothesis draws. Returns come in any order and speak of any period."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st
from literal_city import City, moment

UNITS = {
    "001": ("00001", "00004", "00001-001", "00004-001", "00004-002"),
    "280": ("10282", "10282-001", "10282-002", "10282-003"),
}
POSTS = ("X01", "X02")
_STATUSES = ("completed", "completed", "in_progress", "not_started")
_BEGINNING = moment("2021-04-02T09:00")

Event = Callable[[City, datetime], None]


@dataclass(frozen=True)
class Step:
    """What comes in after so many days, and whether the tables are drawn as known some days before."""

    days: int
    events: tuple[Event, ...]
    days_back: int = 0


def histories(steps: int) -> st.SearchStrategy[list[Step]]:
    """Histories of `steps` steps; the first is a return of each district for the baseline period."""
    step = st.builds(
        Step,
        days=st.integers(0, 25),
        events=st.lists(_events(), min_size=1, max_size=3).map(tuple),
        days_back=st.sampled_from([0, 0, 0, 0, 0, 20]),
    )
    first = st.builds(lambda *events: Step(0, events), _returns("001", 0), _returns("280", 0))
    return st.builds(lambda one, more: [one, *more], first, st.lists(step, min_size=steps, max_size=steps))


def moments(history: list[Step]) -> list[datetime]:
    """When each step comes in; the calendar of the city ends with September 2021."""
    days = [sum(step.days for step in history[: n + 1]) for n in range(len(history))]
    return [_BEGINNING + timedelta(days=min(day, 150), minutes=n) for n, day in enumerate(days)]


def merge(city: City, now: datetime, effective_on: str | None) -> None:
    """The next version of one document: commune 00004 goes into 00001 on that day; or, by none, does not."""
    submission_id = city.returns("don-vi", None, _text(now))
    city.warehouse.execute(
        "INSERT INTO core.unit_change_document "
        "SELECT ?, '07', count(*) + 1, ? FROM core.unit_change_document",
        [submission_id, now],
    )
    city.warehouse.execute(
        "INSERT INTO core.unit_change SELECT $1, $2, '01_ThayDoi', 3, 'A3', 'merged', 'commune', '00004', "
        "'Phường Trúc Bạch', '00001', 'Phường Phúc Xá', 'phường', '001', 'whole', '895/NQ', $3, $3, NULL "
        "WHERE $3 IS NOT NULL",
        [submission_id, now, effective_on],
    )


def _events() -> st.SearchStrategy[Event]:
    returns = st.one_of([_returns(district) for district in UNITS])
    return st.one_of(*[returns] * 6, _exemptions(), _changes(), _ends(), _strays())


@st.composite
def _returns(draw: st.DrawFn, district: str, position: int | None = None) -> Event:
    period = f"2021-{3 + (draw(st.integers(0, 5)) if position is None else position):02d}"
    verdict = draw(st.sampled_from(["accepted", "accepted", "partially_accepted", "rejected"]))
    seq = draw(st.integers(1, 3))
    is_silent = draw(st.booleans())
    units = draw(st.dictionaries(st.sampled_from(UNITS[district]), st.sampled_from(_STATUSES)))
    people = draw(st.integers(1, 9))
    promised = draw(st.dictionaries(st.sampled_from(UNITS[district]), st.integers(1, 120), max_size=3))
    communes = [unit for unit in UNITS[district] if "-" not in unit]
    post = st.tuples(st.sampled_from(communes), st.sampled_from(POSTS))
    posts = draw(st.dictionaries(post, st.integers(0, 4), max_size=3))
    petitions = draw(st.dictionaries(st.sampled_from(communes), st.integers(0, 5), max_size=1))
    held_back = draw(st.integers(0, 2))

    def arrives(city: City, now: datetime) -> None:
        submission_id = city.returns(
            district, period, _text(now), seq=seq, verdict=verdict, declares_no_petitions=is_silent
        )
        city.source_rows(
            submission_id, "05_DonThu", *["loaded"] * len(petitions), *["quarantined"] * held_back
        )
        city.finding(submission_id, 1, "unknown_unit")
        if verdict == "rejected":
            return
        for unit, status in units.items():
            say = city.village if "-" in unit else city.commune
            say(submission_id, unit, status, people=(20, people))
        for unit, days in promised.items():
            due_on = f"{now + timedelta(days=days):%Y-%m-%d}"
            city.promise(submission_id, unit, due_on, flags="religious" if days % 2 else None)
        for (commune, code), filled in posts.items():
            city.post(submission_id, commune, code, (5, filled, 0), 1.0 + filled / 10)
        for commune, closing in petitions.items():
            city.petition(submission_id, commune, "complaint", (0, closing, 0, closing))

    return arrives


@st.composite
def _exemptions(draw: st.DrawFn) -> Event:
    district, month = draw(st.sampled_from(sorted(UNITS))), draw(st.integers(4, 8))

    def is_granted(city: City, now: datetime) -> None:
        city.warehouse.execute("DELETE FROM ledger.exception")
        city.exempts(district, f"2021-{month:02d}", _text(now), "2021-12-31T00:00")

    return is_granted


@st.composite
def _changes(draw: st.DrawFn) -> Event:
    """A merger within a district, or a later version of its document that withdraws it."""
    is_withdrawn = draw(st.booleans())
    effective_on = draw(st.sampled_from(["2021-04-20", "2021-06-01"]))

    def is_known(city: City, now: datetime) -> None:
        merge(city, now, None if is_withdrawn else effective_on)

    return is_known


@st.composite
def _ends(draw: st.DrawFn) -> Event:
    """The reference data say that a commune ends, with nothing in its place."""
    last_day = draw(st.sampled_from(["2021-05-31", "2021-06-15", "2025-06-30"]))

    def is_known(city: City, _: datetime) -> None:
        city.warehouse.execute(
            "UPDATE reference.commune SET valid_to = ? WHERE commune_code = '00004'", [last_day]
        )

    return is_known


@st.composite
def _strays(draw: st.DrawFn) -> Event:
    """A return with a row on a commune of the other district, which no check of ours would let in."""
    period, status = f"2021-{draw(st.integers(3, 8)):02d}", draw(st.sampled_from(_STATUSES))

    def arrives(city: City, now: datetime) -> None:
        submission_id = city.returns("280", period, _text(now))
        city.commune(submission_id, "00001", status)

    return arrives


def _text(moment_: datetime) -> str:
    return f"{moment_:%Y-%m-%dT%H:%M:%S}"
