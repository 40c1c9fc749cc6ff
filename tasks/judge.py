"""Judging frames with great_expectations, and published tables with their own contracts."""

import warnings
from dataclasses import asdict
from typing import Any

import pandas as pd

from schemas.expectations import Expectation
from schemas.expectations.results import ExpectationResult
from tasks.import_later import left_for_later

_WORDS = ("name", "table", "severity", "vi", "en", "remedy_vi", "remedy_en")


def judge(frames: list[tuple[Expectation, pd.DataFrame]]) -> list[ExpectationResult]:
    """Judge each frame by its expectation; the results keep the order and every failing row.

    An expectation that cannot be computed fails, and says why. great_expectations is imported here and
    nowhere else: the import costs seconds.
    """
    batches = _batches()
    return [_judge_one(batches, expectation, frame) for expectation, frame in frames]


def not_judged(expectation: Expectation) -> ExpectationResult:
    """The result of an expectation that has nothing to compare with: there is no release yet."""
    observed = "chưa có bản phát hành để so / no release to compare with yet"
    return _result(expectation, success=True, observed=observed)


def judge_contract(expectation: Expectation, contract: Any, frame: pd.DataFrame) -> ExpectationResult:
    """Judge a published table by `contract`, its pandera schema; a row is shown once a broken check."""
    from pandera.errors import SchemaErrors

    try:
        contract.validate(frame, lazy=True)
    except SchemaErrors as broken:
        rows = _broken_rows(broken.failure_cases, frame)
        return _result(expectation, success=False, observed=_count(len(frame), len(rows)), rows=rows)
    return _result(expectation, success=True, observed=_count(len(frame), 0))


def _broken_rows(failures: pd.DataFrame, frame: pd.DataFrame) -> list[dict[str, Any]]:
    # A failure of the table as a whole (a column too few) has no row of its own.
    rows = _records(frame)
    return [
        {
            "broken_column": failure["column"],
            "broken_check": failure["check"],
            "failing_value": failure["failure_case"],
            **(rows[int(failure["index"])] if failure["index"] is not None else {}),
        }
        for failure in _records(failures)
    ]


def _batches() -> Any:
    # One definition for all: each batch brings its own frame, and a definition costs more than judging it.
    # For two kinds of expectation about distributions, of which we have none, it imports what takes longer
    # than all the rest of it.
    with left_for_later("scipy.stats", "altair"), warnings.catch_warnings():
        # Its file connectors import two modules of the standard library that Python has renamed.
        warnings.filterwarnings("ignore", r"module 'sre_(constants|parse)' is deprecated", DeprecationWarning)
        import great_expectations as gx
    from great_expectations.data_context.types import base

    config = base.DataContextConfig(
        analytics_enabled=False,
        progress_bars=base.ProgressBarsConfig(globally=False, metric_calculations=False),
        store_backend_defaults=base.InMemoryStoreBackendDefaults(),
    )
    source = gx.get_context(mode="ephemeral", project_config=config).data_sources.add_pandas("candidate")
    return source.add_dataframe_asset("frame").add_batch_definition_whole_dataframe("whole")


def _judge_one(batches: Any, expectation: Expectation, frame: pd.DataFrame) -> ExpectationResult:
    from great_expectations import expectations as kinds

    asked = getattr(kinds, expectation.kind)(**expectation.keywords)
    batch = batches.get_batch({"dataframe": frame})
    found = batch.validate(asked, result_format={"result_format": "COMPLETE"})
    failing = frame.iloc[found.result.get("unexpected_index_list") or []]
    return _result(
        expectation,
        success=bool(found.success),
        observed=_observed(found, len(frame)),
        rows=_records(failing),
        raw=found.to_json_dict(),
    )


def _result(expectation: Expectation, **found: Any) -> ExpectationResult:
    words = {name: value for name, value in asdict(expectation).items() if name in _WORDS}
    asked = ", ".join(f"{name}={value}" for name, value in expectation.keywords.items())
    return ExpectationResult(**words, expected=f"{expectation.kind}({asked})", **found)


def _observed(found: Any, judged: int) -> str:
    if "observed_value" in found.result:
        return str(found.result["observed_value"])
    if "unexpected_count" in found.result:
        return _count(judged, int(found.result["unexpected_count"]))
    # Nothing was computed: a column is missing or a value cannot be compared; said once a metric.
    said = {info["exception_message"] for info in found.exception_info.values() if isinstance(info, dict)}
    return "không tính được / could not be computed: " + "; ".join(sorted(said))


def _count(judged: int, failing: int) -> str:
    vi = f"xét {_dotted(judged)} dòng, {_dotted(failing)} dòng không đạt"
    return f"{vi} / {judged:,} rows judged, {failing:,} fail"


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    cells = frame.astype(object)
    return [
        {str(name): value for name, value in row.items()}
        for row in cells.where(cells.notna(), None).to_dict("records")
    ]
