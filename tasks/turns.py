"""Turns: which arrivals are judged together, and of which form each is."""

from collections.abc import Iterator
from itertools import groupby

from schemas.form.form import RETURN, UNIT_CHANGES, Form
from tasks.receive import Arrival


def form_of(arrival: Arrival) -> Form:
    """Which form a file is of: the folder that it arrived in decides."""
    return UNIT_CHANGES if arrival.district_code == UNIT_CHANGES.folder else RETURN


def stretches(arrivals: list[Arrival]) -> Iterator[list[list[Arrival]]]:
    """Split arrivals, in the order received, in batches so that each sees what it builds on loaded.

    A district's later file sees its earlier one; a file after a unit change file sees the change. The batches
    of a stretch are of one form: none of them changes the names by which the others are recognised.
    """
    for form, of_form in groupby(arrivals, form_of):
        together = list(of_form)
        yield _turns(together) if form is RETURN else [[arrival] for arrival in together]


def _turns(arrivals: list[Arrival]) -> list[list[Arrival]]:
    turns: dict[str, int] = {}
    split: list[list[Arrival]] = []
    for arrival in arrivals:
        turn = turns.get(arrival.district_code, 0)
        turns[arrival.district_code] = turn + 1
        if turn == len(split):
            split.append([])
        split[turn].append(arrival)
    return split
