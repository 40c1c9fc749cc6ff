"""Published tables about single units: what remains, and how each unit's status changed."""

from typing import ClassVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.change_terms import HISTORY_STEP
from schemas.published.table import column
from schemas.vocabularies import COMMUNE_KIND, OBSTACLE, STATUS, UNIT_LEVEL, VILLAGE_KIND

CARRIED = (
    "Trạng thái của một đơn vị trong một kỳ là dòng được nhận gần nhất của kỳ đó hoặc kỳ trước đó; đơn vị "
    "chỉ ra khỏi bảng khi có dòng hoàn thành được nhận, không bao giờ vì vắng mặt.",
    "A unit's state in a period is its latest accepted row for a period up to it; a unit leaves the table "
    "only by an accepted completed row, never by absence.",
)
_SPELL = (
    "months_outstanding đếm từ kỳ gốc (kỳ gốc là 1); sau khi phát sinh lại thì đếm từ kỳ phát sinh lại. "
    "Khó khăn, giải pháp và thời hạn cam kết là của dòng biểu 04 gần nhất trong lần tồn đọng hiện tại.",
    "months_outstanding counts from the baseline (1 there); after a reopening from the period of the "
    "reopening. Obstacle, action and promise are those of the latest row of sheet 04 in the present spell.",
)


class _Commune(pa.DataFrameModel):
    """Where a unit lies."""

    district_code: str = column("Mã quận, huyện", "district code")
    district_name: str = column("Quận, huyện, thị xã", "district name")
    commune_code: str = column(
        "Mã ĐVHC", "commune code of the statistics office", vi="Mã đơn vị hành chính cấp xã"
    )
    commune_name: str = column("Xã, phường, thị trấn", "commune name in the register")
    commune_kind: str = column("Loại cấp xã", "kind of commune", vocabulary=COMMUNE_KIND)


class _Village(_Commune):
    """Which village or residential group."""

    village_id: str = column("Mã thôn, TDP", "village id, given by the city's register")
    village_kind: str = column("Loại thôn, TDP", "village or residential group", vocabulary=VILLAGE_KIND)
    village_name: str = column("Thôn, tổ dân phố", "name of the village or residential group")


class _Backlog(pa.DataFrameModel):
    """Why a unit remains, who answers for it, and where the figure comes from."""

    status: str = column("Tình trạng", "state of the scheme there", vocabulary=STATUS)
    months_outstanding: pd.Int64Dtype = column(
        "Số tháng tồn đọng",
        "months outstanding up to the end of the latest period, 1 in the first",
        vi="Số tháng tồn đọng tính đến hết kỳ mới nhất, kỳ đầu là 1",
    )
    area_flags: str = column(
        "Đặc thù địa bàn",
        "what is special there, codes with `;` between",
        nullable=True,
        vi="Đặc thù địa bàn, các mã cách nhau bằng dấu chấm phẩy",
    )
    obstacle_code: str = column("Loại khó khăn", "obstacle", nullable=True, vocabulary=OBSTACLE)
    obstacle_text: str = column("Nội dung khó khăn", "the obstacle in words", nullable=True)
    action: str = column("Giải pháp", "what is being done", nullable=True)
    owner_role: str = column("Chức vụ người phụ trách", "office of the person in charge", nullable=True)
    due_on: np.datetime64 = column(
        "Thời hạn cam kết",
        "promised completion date; empty when none was reported",
        nullable=True,
        vi="Ngày đơn vị cam kết hoàn thành, theo biểu 04; trống khi chưa báo cáo",
    )
    times_due_slipped: pd.Int64Dtype = column(
        "Số lần lùi hạn",
        "times the promised date moved later, from period to period",
        vi="Số lần thời hạn cam kết bị lùi từ kỳ này sang kỳ sau",
    )
    is_overdue: pd.BooleanDtype = column(
        "Đã quá hạn",
        "the promised date has passed; empty without a promise",
        nullable=True,
        vi="Đã quá thời hạn cam kết; trống khi chưa có thời hạn",
    )
    last_reported_period: str = column(
        "Kỳ báo cáo gần nhất", "period of the row that says the state", vi="Kỳ của dòng cho biết trạng thái"
    )
    is_carried_forward: pd.BooleanDtype = column(
        "Giữ từ lần trước",
        "not from the effective return of the latest period",
        vi="Số liệu giữ lại, không phải từ báo cáo có hiệu lực của kỳ mới nhất",
    )
    source_submission_id: str = column("Mã báo cáo nguồn", "submission that says the state")
    source_cell: str = column("Ô nguồn", "sheet and cell that say the state", vi="Biểu và ô ghi trạng thái")


class RemainingCommunes(_Backlog, _Commune):
    """Communes not yet completed."""

    class Config:
        name = "remaining_communes"
        title = "Các xã, phường, thị trấn chưa hoàn thành Đề án"
        description = "Communes that have not completed the scheme"
        metadata: ClassVar = {
            "tab": "Xã, phường, thị trấn còn lại",
            "grain": (
                "một xã, phường, thị trấn chưa hoàn thành, hiện nay",
                "a commune not yet completed, now",
            ),
            "key": ("commune_code",),
            "rules": (CARRIED, _SPELL),
            "example": "SELECT district_name, commune_name, months_outstanding, due_on\n"
            "FROM marts.remaining_communes\nORDER BY months_outstanding DESC, due_on",
        }


class RemainingVillages(_Backlog, _Village):
    """Villages and residential groups not yet completed."""

    class Config:
        name = "remaining_villages"
        title = "Các thôn, tổ dân phố chưa hoàn thành Đề án"
        description = "Villages and residential groups that have not completed the scheme"
        metadata: ClassVar = {
            "tab": "Thôn, tổ dân phố còn lại",
            "grain": (
                "một thôn, tổ dân phố chưa hoàn thành, hiện nay",
                "a village or group not yet completed, now",
            ),
            "key": ("village_id",),
            "rules": (CARRIED, _SPELL),
            "example": "SELECT district_name, village_kind, count(*) AS villages\n"
            "FROM marts.remaining_villages\nGROUP BY ALL\nORDER BY villages DESC, district_name",
        }


class UnitHistory(pa.DataFrameModel):
    """Every change of a unit's status."""

    unit_id: str = column("Mã đơn vị", "commune code or village id")
    unit_level: str = column("Cấp", "commune, village or residential group", vocabulary=UNIT_LEVEL)
    unit_name: str = column("Tên đơn vị", "name of the unit")
    district_code: str = column("Mã quận, huyện", "district code")
    period: str = column("Kỳ", "period of the change")
    step: str = column(
        "Do đâu", "by what it changed: a report, or a change of units", vocabulary=HISTORY_STEP
    )
    status_from: str = column(
        "Từ trạng thái",
        "status before; empty at the first report",
        nullable=True,
        vocabulary=STATUS,
        vi="Trạng thái trước; trống ở lần báo cáo đầu",
    )
    status_to: str = column(
        "Sang trạng thái",
        "status from this period on; empty when the unit goes on in another",
        nullable=True,
        vocabulary=STATUS,
        vi="Trạng thái từ kỳ này; trống khi đơn vị chuyển sang đơn vị mới",
    )
    completed_on: np.datetime64 = column("Ngày hoàn thành", "completion date", nullable=True)
    decision_no: str = column("Số quyết định", "number of the decision", nullable=True)
    submission_id: str = column("Mã báo cáo", "submission that says so")
    sheet: str = column("Biểu", "sheet of that file")
    row: pd.Int64Dtype = column("Dòng", "row of that sheet, 1 is the first")
    cell: str = column("Ô", "cell that says the status, or the change of units")
    other_unit_ids: str = column(
        "Đơn vị liên quan", "units taken over, or gone into; codes with `;` between", nullable=True
    )

    class Config:
        name = "unit_history"
        title = "Lịch sử thay đổi trạng thái của từng đơn vị"
        description = "The history of every unit's status"
        metadata: ClassVar = {
            "tab": "Lịch sử từng đơn vị",
            "grain": ("một lần thay đổi trạng thái của một đơn vị", "a status change of a unit"),
            "key": ("unit_id", "period", "step"),
            "rules": (
                CARRIED,
                (
                    "Dòng đầu tiên của mỗi đơn vị là trạng thái được báo cáo lần đầu; completed sang trạng "
                    "thái khác là phát sinh lại.",
                    "A unit's first row is the status first reported; from completed to another status is a"
                    " reopening.",
                ),
            ),
            "example": "SELECT unit_name, period, status_from, status_to, decision_no\n"
            "FROM marts.unit_history\nWHERE status_from = 'completed'\nORDER BY period, unit_id",
        }
