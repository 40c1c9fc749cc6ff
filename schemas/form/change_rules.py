"""Rules over several columns of one row of a unit change file."""

import numpy as np
import pandas as pd

from schemas.form.sheet import RowRule

_OLD = ["old_code", "old_name"]
_NEW = ["new_code", "new_name", "new_kind"]
_HEADERS = {
    **{"old_code": "Mã đơn vị cũ", "old_name": "Tên đơn vị cũ", "new_code": "Mã đơn vị mới"},
    **{"new_name": "Tên đơn vị mới", "new_kind": "Loại đơn vị mới"},
}


def _first_empty(rows: pd.DataFrame, columns: list[str]) -> pd.Series:
    return rows[columns].isna().idxmax(axis=1)


def _needs_old(rows: pd.DataFrame) -> pd.Series:
    is_established = rows["change_kind"] == "established"
    has_all, has_any = rows[_OLD].notna().all(axis=1), rows[_OLD].notna().any(axis=1)
    return (is_established & has_any) | (~is_established & ~has_all)


CHANGE_WITHOUT_OLD_UNIT = RowRule(
    fault="change_without_old_unit",
    broken=_needs_old,
    marks=lambda rows: pd.Series(
        np.where(rows["change_kind"] == "established", "old_code", _first_empty(rows, _OLD)), index=rows.index
    ),
    expected=lambda rows: pd.Series(
        np.where(
            rows["change_kind"] == "established",
            "để trống: đơn vị thành lập mới không có đơn vị cũ",
            _first_empty(rows, _OLD).map(_HEADERS),
        ),
        index=rows.index,
    ),
)
CHANGE_WITHOUT_NEW_UNIT = RowRule(
    fault="change_without_new_unit",
    # A district may be dissolved without a successor: the city then leads its communes itself.
    broken=lambda rows: (
        rows[_NEW].isna().any(axis=1)
        & ~((rows["change_kind"] == "dissolved") & (rows["unit_level"] == "district"))
    ),
    marks=lambda rows: _first_empty(rows, _NEW),
    expected=lambda rows: _first_empty(rows, _NEW).map(_HEADERS),
)


def _shares(rows: pd.DataFrame) -> pd.Series:
    is_split = rows["change_kind"] == "split"
    return pd.Series(np.where(is_split, "phần lớn / một phần", "toàn bộ"), index=rows.index)


WRONG_SHARE = RowRule(
    fault="wrong_share",
    broken=lambda rows: (
        (rows["change_kind"] == "split") & ~rows["share"].isin(["main", "part"])
        | ~rows["change_kind"].isin(["split", "dissolved"]) & rows["share"].isin(["main", "part"])
    ),
    marks=lambda rows: pd.Series("share", index=rows.index),
    expected=_shares,
)
