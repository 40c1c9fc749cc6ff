"""Rules over several columns of one row of a sheet."""

import numpy as np
import pandas as pd

from schemas.form.sheet import RowRule


def _has_no_evidence(rows: pd.DataFrame) -> pd.Series:
    return (rows["status"] == "completed") & (rows["completed_on"].isna() | rows["decision_no"].isna())


def _missing_evidence(rows: pd.DataFrame) -> pd.Series:
    has_no_decision, has_no_date = rows["decision_no"].isna(), rows["completed_on"].isna()
    words = np.select(
        [has_no_decision & has_no_date, has_no_decision],
        ["Ngày hoàn thành và Số quyết định", "Số quyết định"],
        "Ngày hoàn thành",
    )
    return pd.Series(words, index=rows.index)


COMPLETED_WITHOUT_EVIDENCE = RowRule(
    fault="completed_without_evidence",
    broken=_has_no_evidence,
    marks=lambda rows: pd.Series(
        np.where(rows["decision_no"].isna(), "decision_no", "completed_on"), index=rows.index
    ),
    expected=_missing_evidence,
)


def _fills_too_many(rows: pd.DataFrame) -> pd.Series:
    return (rows["posts_filled"] > rows["posts_required"]).fillna(False)


def _possible_posts(rows: pd.DataFrame) -> pd.Series:
    words = np.where(
        _fills_too_many(rows),
        "đã bố trí không quá phải bố trí (" + rows["posts_required"].astype(str) + ")",
        "kiêm nhiệm không quá đã bố trí (" + rows["posts_filled"].astype(str) + ")",
    )
    return pd.Series(words, index=rows.index)


POSTS_INCONSISTENT = RowRule(
    fault="posts_inconsistent",
    broken=lambda rows: _fills_too_many(rows) | (rows["posts_combined"] > rows["posts_filled"]),
    marks=lambda rows: pd.Series(
        np.where(_fills_too_many(rows), "posts_filled", "posts_combined"), index=rows.index
    ),
    expected=_possible_posts,
)


def _balance(rows: pd.DataFrame) -> pd.Series:
    return rows["opening"] + rows["received"] - rows["resolved"]


PETITION_BALANCE = RowRule(
    fault="petition_balance",
    broken=lambda rows: rows["closing"] != _balance(rows),
    marks=lambda rows: pd.Series("closing", index=rows.index),
    expected=lambda rows: _balance(rows).astype(str),
)
