"""Which district makes which fault when, and which habits each has."""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from tasks.sample.arrivals import Arrivals, Delivery, arrival_on
from tasks.sample.chance import stream
from tasks.sample.mess.draft import Draft
from tasks.sample.mess.faults import FAULTS, PlannedFault
from tasks.sample.mess.layouts import HABITS
from tasks.sample.returns import Returns

_DISTRICTS_WITH_MANY_HABITS = 3
_MANY = 4


@dataclass(frozen=True)
class Mess:
    """The faults by (district_code, index) of the return they are planted in; habits by district_code."""

    faults: dict[tuple[str, int], PlannedFault]
    habits: dict[str, list[str]]


def plan_mess(seed: int, arrivals: Arrivals, returns: Returns) -> Mess:
    """Plant each fault of the list once, where there is a return that it fits; give habits to districts."""
    free = [(d.district_code, d.index) for d in arrivals.deliveries if d.occasion == "on_time"]
    chance = stream(seed, "mess")
    faults: dict[tuple[str, int], PlannedFault] = {}
    for fault in FAULTS:
        order = [free[n] for n in chance.permutation(len(free))]
        at = next((one for one in order if one not in faults and _fits(seed, fault, one, returns)), None)
        if at is not None:
            faults[at] = fault
    return Mess(faults, _share_habits(chance, sorted(returns.names)))


def _fits(seed: int, fault: PlannedFault, at: tuple[str, int], returns: Returns) -> bool:
    if fault.needs_history and at[1] == 0:
        return False
    return fault.plant(Draft.of(returns.contents(*at, seq=1)), fault_stream(seed, fault))


def fault_stream(seed: int, fault: PlannedFault) -> np.random.Generator:
    """The random stream that chooses the row a fault is planted in."""
    return stream(seed, f"{fault.name} {fault.what}")


def _share_habits(chance: np.random.Generator, codes: list[str]) -> dict[str, list[str]]:
    """One habit each for as many districts as there are habits, several for a few more, none for the rest."""
    order = [codes[n] for n in chance.permutation(len(codes))]
    habits = {code: [name] for code, name in zip(order, HABITS, strict=False)}
    for code in order[len(HABITS) : len(HABITS) + _DISTRICTS_WITH_MANY_HABITS]:
        drawn = set(chance.choice(list(HABITS), _MANY, replace=False))
        habits[code] = [name for name in HABITS if name in drawn]
    return habits


def add_corrections(seed: int, arrivals: Arrivals, mess: Mess, returns: Returns) -> Arrivals:
    """Let every faulty return come early and a corrected one some days after it, before the period locks."""
    chance = stream(seed, "corrections")
    deliveries: list[Delivery] = []
    for delivery in arrivals.deliveries:
        fault = mess.faults.get((delivery.district_code, delivery.index))
        deliveries += [delivery] if fault is None else _corrected(chance, delivery, fault, returns)
    return replace(arrivals, deliveries=sorted(deliveries, key=lambda d: (d.received_at, d.district_code)))


def _corrected(
    chance: np.random.Generator, delivery: Delivery, fault: PlannedFault, returns: Returns
) -> list[Delivery]:
    first = arrival_on(chance, returns.span, delivery.index, 1, 3)
    faulty = replace(delivery, received_at=first, occasion="faulty")
    days = int(chance.integers(3, 8))
    correction = replace(delivery, seq=2, received_at=first + timedelta(days=days), occasion="correction")
    if fault.name != "stale_sequence":
        return [faulty, correction]
    # The first return was good; a second one under its number is the fault.
    again = replace(faulty, received_at=first + timedelta(days=1))
    return [replace(delivery, received_at=first), again, correction]
