"""Any return in any style reads back equal or is refused: never a wrong value, never a row lost."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas.form.sheets import TABLE_SHEETS
from tests.gallery.any_return import AnyReturn, any_return
from tests.gallery.reading import Answer, Table, answers

# A batch costs nearly the same whether it holds one file or eight.
_BATCHES, _FILES = 10, 8


# Threads that Prefect started for other tests draw random numbers meanwhile; no strategy here does.
@pytest.mark.long
@pytest.mark.filterwarnings(
    "ignore:Do not use the `random` module:hypothesis.errors.HypothesisDeprecationWarning"
)
@settings(
    max_examples=_BATCHES,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # shrinking a batch of real files would take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(any_return(), min_size=_FILES, max_size=_FILES))
def test_any_return_reads_back_equal_or_is_refused(returns: list[AnyReturn]) -> None:
    files = {f"{n}": one.content() for n, one in enumerate(returns)}
    answered = answers(files, {f"{n}": one.district for n, one in enumerate(returns)})

    for n, one in enumerate(returns):
        assert wrong_rows(one, answered[f"{n}"]) == {}, one
        assert answered[f"{n}"].is_accounted
        assert data_rows(answered[f"{n}"]) == 9 + sum(map(len, one.rows.values())), one


def wrong_rows(sent: AnyReturn, answer: Answer) -> dict[str, Table]:
    """Table → loaded rows that the return does not say."""
    wrong = {}
    for sheet in TABLE_SHEETS:
        names = [column.name for column in sheet.columns]
        said = Counter(tuple(row.get(name) for name in names) for row in sent.rows[sheet.table])
        loaded = Counter(map(_with_zeros, answer.loaded[sheet.table])) - Counter(
            map(_with_zeros, said.elements())
        )
        if loaded:
            wrong[sheet.table] = list(loaded.elements())
    return wrong


def _with_zeros(row: tuple[object, ...]) -> tuple[object, ...]:
    # In sheet 04 a commune's code is a reference: it is stored as written and resolved with its zeros.
    return (row[0], str(row[1]).zfill(5), *row[2:]) if row[0] == "commune" else row


def data_rows(answer: Answer) -> int:
    """How many rows of all sheets were taken for data, those of sheet 00 among them."""
    return sum(1 for _, detail in answer.states.values() if detail == "data")
