"""What is left for later is imported when it is used, and is then the real module."""

import subprocess
import sys

_USED_LATER = """
import sys
from tasks.import_later import left_for_later

with left_for_later("statistics"):
    import statistics
assert "statistics" not in sys.modules
assert statistics.median([1, 5, 2]) == 2
assert sys.modules["statistics"] is not statistics
"""
_UNCOLLECTED = """
import gc
from tasks.import_later import uncollected

collected = []
gc.callbacks.append(lambda phase, _: collected.append(phase))
with uncollected():
    import pandas
gc.callbacks.clear()
print(len(collected), gc.isenabled(), gc.get_freeze_count() > 100_000)
"""
_JUDGED = """
import sys, warnings
import pandas as pd
from schemas.expectations import expectations
from tasks.judge import judge

asked = next(e for e in expectations() if e.kind == "ExpectColumnValuesToBeUnique")
frame = pd.DataFrame({column: ["a", "a"] for column in asked.keywords.values() if isinstance(column, str)})
(result,) = judge([(asked, frame)])
assert not result.success
print(sorted({"scipy.stats", "altair"} & set(sys.modules)))
"""
_HELD_AGAINST_ITS_CONTRACT = """
import importlib.util, sys
from schemas.form.sheets import COMMUNE
from tasks.repair import repair
import pandas as pd

empty = pd.DataFrame({column.name: [""] for column in COMMUNE.columns})
assert not COMMUNE.breaches(repair(COMMUNE, empty).rows).empty
unused = ("dask", "hypothesis")
assert all(map(importlib.util.find_spec, unused)), "installed, or this shows nothing"
print(sorted(set(unused) & set(sys.modules)))
"""


def said_by(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_module_left_for_later_is_imported_when_it_is_used() -> None:
    assert said_by(_USED_LATER) == ""


def test_judging_imports_neither_statistics_nor_charts() -> None:
    assert said_by(_JUDGED) == "[]"


def test_holding_rows_against_their_contract_imports_neither_dask_nor_hypothesis() -> None:
    assert said_by(_HELD_AGAINST_ITS_CONTRACT) == "[]"


def test_what_is_imported_uncollected_is_never_looked_at_again_and_the_rest_is() -> None:
    assert said_by(_UNCOLLECTED) == "0 True True"
