"""The published table of changes of units: renamed, merged, split, dissolved, established."""

from typing import ClassVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.change_terms import CHANGE_KIND, CHANGED_LEVEL, CHANGED_SHARE
from schemas.published.table import column
from schemas.vocabularies import STATUS


class UnitChanges(pa.DataFrameModel):
    """Every change of a unit, with what was handed over."""

    doc_no: str = column("Số, ký hiệu phiếu", "number of the unit change document")
    effective_on: np.datetime64 = column("Ngày hiệu lực", "first day of the new unit")
    period: str = column(
        "Kỳ", "period in which the change takes effect; empty while it lies ahead", nullable=True
    )
    change_kind: str = column("Loại thay đổi", "kind of change", vocabulary=CHANGE_KIND)
    unit_level: str = column("Cấp", "district, commune, village", vocabulary=CHANGED_LEVEL)
    predecessor_id: str = column("Mã đơn vị cũ", "unit before; empty when established", nullable=True)
    predecessor_name: str = column("Tên đơn vị cũ", "its name before", nullable=True)
    successor_id: str = column("Mã đơn vị mới", "unit after", nullable=True)
    successor_name: str = column("Tên đơn vị mới", "its name after", nullable=True)
    share: str = column("Phần chuyển", "how much of the old unit goes there", vocabulary=CHANGED_SHARE)
    decision_no: str = column("Số quyết định", "number of the decision")
    decided_on: np.datetime64 = column("Ngày quyết định", "day of the decision")
    predecessor_district_code: str = column("Mã quận, huyện cũ", "district code before", nullable=True)
    successor_district_code: str = column("Mã quận, huyện mới", "district code after", nullable=True)
    predecessor_status: str = column(
        "Tình trạng đơn vị cũ", "status with which the old unit left", nullable=True, vocabulary=STATUS
    )
    successor_status: str = column(
        "Tình trạng chuyển sang", "status that the new unit took over", nullable=True, vocabulary=STATUS
    )
    predecessor_people_before: pd.Int64Dtype = column(
        "Người KCT trước Đề án, đơn vị cũ", "part-time people before the scheme, old unit", nullable=True
    )
    predecessor_people_now: pd.Int64Dtype = column(
        "Người KCT hiện nay, đơn vị cũ", "part-time people now, old unit", nullable=True
    )
    people_before_handed_over: pd.Int64Dtype = column(
        "Người KCT trước Đề án, chuyển sang", "of them counted at the new unit", nullable=True
    )
    people_now_handed_over: pd.Int64Dtype = column(
        "Người KCT hiện nay, chuyển sang", "of them counted at the new unit", nullable=True
    )
    submission_id: str = column("Mã tiếp nhận", "unit change file that says so")
    sheet: str = column("Biểu", "sheet of that file")
    row: pd.Int64Dtype = column("Dòng", "row of that sheet, 1 is the first")
    cell: str = column("Ô", "cell that says the kind of change")

    class Config:
        name = "unit_changes"
        title = "Thay đổi đơn vị hành chính"
        description = "Changes of units"
        metadata: ClassVar = {
            "tab": "Thay đổi đơn vị",
            "grain": (
                "một đơn vị cũ và đơn vị mà nó chuyển sang",
                "an old unit and the unit that it goes into",
            ),
            "key": ("submission_id", "sheet", "row"),
            "rules": (
                (
                    "Đơn vị nhận là chưa hoàn thành nếu một đơn vị chuyển sang chưa hoàn thành, tồn đọng từ "
                    "kỳ sớm nhất của chúng; chưa có báo cáo nếu một đơn vị chưa có báo cáo; hoàn thành khi "
                    "tất cả đã hoàn thành. Chia thì mỗi phần mang tình trạng của đơn vị cũ. Người không mất "
                    "đi: chia thì toàn bộ số người ở phần lớn cho đến khi các phần tự báo cáo.",
                    "A successor is outstanding if one of its predecessors was, since the earliest of them; "
                    "unreported if one was; completed only if all were. Each part of a split has the status "
                    "of the whole. Nobody vanishes: of a split all people stay with the main part until the "
                    "parts report.",
                ),
            ),
            "example": "SELECT effective_on, predecessor_name, successor_name, decision_no\n"
            "FROM marts.unit_changes\nORDER BY effective_on, predecessor_name",
        }
