"""What a cycle itself saw in the landing place and has to tell the engineers."""

from collections.abc import Iterable

from schemas.text import visible
from tasks.alert.condition import Condition
from tasks.landing import NotTaken


def seen_in_landing_place(not_taken: Iterable[NotTaken]) -> list[Condition]:
    """A condition for each thing there that stays until someone mends it."""
    return [_condition(left) for left in not_taken if left.is_lasting]


def _condition(left: NotTaken) -> Condition:
    facts = {"name": visible(left.name), "why_vi": left.vi, "why_en": left.en}
    return Condition("not_taken", facts["name"], facts=facts)
