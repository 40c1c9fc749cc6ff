"""Expectation suites of the form, a sheet each, judged file by file."""

import warnings
from typing import Any

import pandas as pd

from schemas.form.sheet import Reader, Sheet
from schemas.form.sheets import TABLE_SHEETS

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import great_expectations as gx
    from great_expectations import expectations

# Its names are given out by a loop.
kinds: Any = expectations


class Suites:
    """One ephemeral context for all files: a suite and a batch definition a sheet."""

    def __init__(self) -> None:
        context: Any = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False, "metric_calculations": False}
        source = context.data_sources.add_pandas("returns")
        self._batches = {
            s.table: source.add_dataframe_asset(s.table).add_batch_definition_whole_dataframe("whole")
            for s in TABLE_SHEETS
        }
        self._suites = {
            s.table: gx.ExpectationSuite(s.table, expectations=_expectations(s)) for s in TABLE_SHEETS
        }

    def judge(self, tables: dict[str, pd.DataFrame]) -> dict[str, bool]:
        """Sheet's table → whether its suite passed."""
        return {
            table: bool(self._batches[table].get_batch({"dataframe": tables[table]}).validate(suite).success)
            for table, suite in self._suites.items()
        }


def _expectations(sheet: Sheet) -> list[Any]:
    asked = []
    for column in sheet.columns:
        if not column.nullable:
            asked.append(kinds.ExpectColumnValuesToNotBeNull(column=column.name))
        if column.vocabulary is not None and column.reader is Reader.TERM:
            asked.append(
                kinds.ExpectColumnValuesToBeInSet(column=column.name, value_set=column.vocabulary.codes)
            )
        if column.reader in (Reader.COUNT, Reader.DECIMAL):
            asked.append(kinds.ExpectColumnValuesToBeBetween(column=column.name, min_value=0))
    if len(sheet.key) > 1:
        asked.append(kinds.ExpectCompoundColumnsToBeUnique(column_list=[*sheet.key]))
    return asked
