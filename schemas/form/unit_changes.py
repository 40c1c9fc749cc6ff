"""The unit change file: units renamed, merged, split, dissolved, established, and by which decision."""

from typing import ClassVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.change_terms import CHANGE_KIND, CHANGED_LEVEL, CHANGED_SHARE, UNIT_KIND
from schemas.form.change_rules import CHANGE_WITHOUT_NEW_UNIT, CHANGE_WITHOUT_OLD_UNIT, WRONG_SHARE
from schemas.form.sheet import Reader, Sheet, column


class UnitChangeInfoSheet(pa.DataFrameModel):
    """Sheet 00 of a unit change file: which document this is; label and value side by side."""

    doc_no: str = column("Số, ký hiệu phiếu", "number of this change document")
    seq: pd.Int64Dtype = column("Lần nộp", "which version of the document this is, from 1", Reader.COUNT)
    as_of_date: np.datetime64 = column("Ngày lập phiếu", "day the document was drawn up", Reader.DATE)
    agency: str = column("Cơ quan lập phiếu", "office that drew it up")
    prepared_by: str = column("Người lập biểu", "who prepared it", nullable=True)
    contact_email: str = column("Thư điện tử", "contact address", nullable=True)
    signed_by: str = column("Người ký", "who signed it", nullable=True)

    class Config:
        name = "00_PhieuThayDoi"
        title = "Phiếu thay đổi đơn vị hành chính"
        description = "Unit change document"
        metadata: ClassVar = {"table": "change_document", "key": ("doc_no",)}


class UnitChangeSheet(pa.DataFrameModel):
    """Sheet 01 of a unit change file: one row an old unit and the unit it goes into."""

    change_kind: str = column("Loại thay đổi", "kind of change", Reader.TERM, vocabulary=CHANGE_KIND)
    unit_level: str = column("Cấp", "district, commune, village", Reader.TERM, vocabulary=CHANGED_LEVEL)
    old_code: str = column("Mã đơn vị cũ", "code or village id of the unit before", nullable=True)
    old_name: str = column("Tên đơn vị cũ", "its name before, with the kind", nullable=True)
    new_code: str = column("Mã đơn vị mới", "code or village id of the unit after", nullable=True)
    new_name: str = column("Tên đơn vị mới", "its name after, with the kind", nullable=True)
    new_kind: str = column(
        "Loại đơn vị mới", "its kind after", Reader.TERM, nullable=True, vocabulary=UNIT_KIND
    )
    parent_code: str = column(
        "Mã đơn vị quản lý", "of a commune its district, of a village its commune, after", nullable=True
    )
    share: str = column(
        "Phần chuyển",
        "how much of the old unit goes there",
        Reader.TERM,
        nullable=True,
        vocabulary=CHANGED_SHARE,
    )
    decision_no: str = column("Số quyết định", "number of the decision")
    decided_on: np.datetime64 = column("Ngày quyết định", "day of the decision", Reader.DATE)
    effective_on: np.datetime64 = column("Ngày hiệu lực", "first day of the new unit", Reader.DATE)
    note: str = column("Ghi chú", "note", nullable=True, optional=True)

    class Config:
        name = "01_ThayDoi"
        title = "Các thay đổi"
        description = "Changes"
        metadata: ClassVar = {
            "table": "unit_change",
            "key": ("unit_level", "old_code", "new_code", "effective_on"),
            "rules": (CHANGE_WITHOUT_OLD_UNIT, CHANGE_WITHOUT_NEW_UNIT, WRONG_SHARE),
        }


UNIT_CHANGE_INFO = Sheet(UnitChangeInfoSheet)
UNIT_CHANGE = Sheet(UnitChangeSheet)
