"""Published tables about the whole: the countdown, progress by district, the forecast, completion."""

from typing import ClassVar

import pandas as pd
import pandera.pandas as pa

from schemas.published.table import column
from schemas.published.units import CARRIED

_UNREPORTED = (
    "Đơn vị chưa có dòng nào được nhận là «chưa có báo cáo»: không tính là còn lại, cũng không tính là xong.",
    "A unit without any accepted row is unreported: neither remaining nor done.",
)


class Countdown(pa.DataFrameModel):
    """The countdown to zero."""

    period: str = column("Kỳ", "reporting period")
    communes_remaining: pd.Int64Dtype = column(
        "Cấp xã còn lại", "communes not completed", vi="Số đơn vị cấp xã còn lại"
    )
    thon_remaining: pd.Int64Dtype = column("Thôn còn lại", "villages not completed", vi="Số thôn còn lại")
    tdp_remaining: pd.Int64Dtype = column(
        "TDP còn lại", "residential groups not completed", vi="Số tổ dân phố còn lại"
    )
    villages_remaining: pd.Int64Dtype = column("Thôn, TDP còn lại", "villages and groups not completed")
    completed_in_period: pd.Int64Dtype = column(
        "Hoàn thành trong kỳ", "units outstanding in the period before and completed in this one"
    )
    reopened_in_period: pd.Int64Dtype = column(
        "Phát sinh lại trong kỳ", "units completed in the period before and outstanding in this one"
    )
    first_reported_remaining: pd.Int64Dtype = column(
        "Chưa hoàn thành, báo cáo lần đầu", "units first reported in this period, and not completed"
    )
    entered_by_change: pd.Int64Dtype = column(
        "Chưa hoàn thành, nhận do thay đổi đơn vị", "outstanding units that came by a change of units"
    )
    left_by_change: pd.Int64Dtype = column(
        "Chưa hoàn thành, chuyển đi do thay đổi đơn vị",
        "outstanding units that went into others by a change of units",
    )
    communes_unreported: pd.Int64Dtype = column(
        "Cấp xã chưa có báo cáo", "communes without any accepted row so far"
    )
    villages_unreported: pd.Int64Dtype = column(
        "Thôn, TDP chưa có báo cáo",
        "villages and groups their commune counts, without any accepted row so far",
    )
    districts_reported: pd.Int64Dtype = column(
        "Số quận, huyện đã báo cáo", "districts with an accepted return of this period"
    )
    districts_due: pd.Int64Dtype = column(
        "Số quận, huyện đến hạn",
        "districts whose return of this period is due by now; exempt ones only when they reported",
    )
    districts_obliged: pd.Int64Dtype = column(
        "Số quận, huyện phải báo cáo",
        "districts that owe a return of this period, due or not; exempt ones only when they reported",
    )

    class Config:
        name = "countdown"
        title = "Đếm ngược đến khi không còn đơn vị nào"
        description = "The countdown to zero, by period"
        metadata: ClassVar = {
            "tab": "Đếm ngược",
            "grain": ("một kỳ", "a period"),
            "key": ("period",),
            "rules": (
                CARRIED,
                _UNREPORTED,
                (
                    "Còn lại kỳ này = còn lại kỳ trước − hoàn thành trong kỳ + phát sinh lại trong kỳ + "
                    "báo cáo lần đầu mà chưa hoàn thành + nhận do thay đổi đơn vị − chuyển đi do thay đổi "
                    "đơn vị (từng đơn vị ở bảng unit_changes). Không có kỳ nào sau kỳ hoàn thành.",
                    "Remaining now = remaining before − completed + reopened + first reported and not "
                    "completed + entered − left by changes of units (each in unit_changes). No period "
                    "follows the period of completion.",
                ),
            ),
            "example": "SELECT period, communes_remaining, thon_remaining, tdp_remaining\n"
            "FROM marts.countdown\nORDER BY period",
        }


class ProgressByDistrict(pa.DataFrameModel):
    """Progress of each district."""

    period: str = column("Kỳ", "reporting period")
    district_code: str = column("Mã quận, huyện", "district code")
    district_name: str = column("Quận, huyện, thị xã", "district name")
    communes_total: pd.Int64Dtype = column("Tổng số đơn vị cấp xã", "communes in the register")
    communes_remaining: pd.Int64Dtype = column("Cấp xã còn lại", "communes not completed", nullable=True)
    villages_total: pd.Int64Dtype = column("Tổng số thôn, TDP", "villages and groups reported", nullable=True)
    thon_remaining: pd.Int64Dtype = column("Thôn còn lại", "villages not completed", nullable=True)
    tdp_remaining: pd.Int64Dtype = column("TDP còn lại", "residential groups not completed", nullable=True)
    pct_completed: pd.Float64Dtype = column(
        "Tỷ lệ hoàn thành (%)", "completed units of all units, per cent, 2 decimals", nullable=True
    )
    change_from_previous: pd.Int64Dtype = column(
        "Thay đổi so với kỳ trước",
        "units remaining minus those of the period before; negative is progress",
        nullable=True,
        ge=None,
        vi="Số đơn vị còn lại trừ số còn lại kỳ trước; số âm là tiến bộ",
    )
    communes_unreported: pd.Int64Dtype = column(
        "Cấp xã chưa có báo cáo", "communes without any accepted row so far"
    )
    villages_unreported: pd.Int64Dtype = column(
        "Thôn, TDP chưa có báo cáo", "villages and groups without any accepted row so far", nullable=True
    )

    class Config:
        name = "progress_by_district"
        title = "Tiến độ theo quận, huyện, thị xã"
        description = "Progress by district"
        metadata: ClassVar = {
            "tab": "Tiến độ quận, huyện",
            "grain": ("một quận, huyện trong một kỳ", "a district in a period"),
            "key": ("period", "district_code"),
            "rules": (
                _UNREPORTED,
                (
                    "Quận, huyện chưa có báo cáo nào được nhận thì số còn lại và tỷ lệ để trống (chưa "
                    "biết), không ghi 0.",
                    "While nothing of a district has been accepted its remaining units and percentage are "
                    "empty (unknown), not 0.",
                ),
            ),
            "example": "SELECT district_name, pct_completed, change_from_previous\n"
            "FROM marts.progress_by_district\n"
            "WHERE period = (SELECT max(period) FROM marts.countdown)\nORDER BY pct_completed, district_code",
        }


class Completion(pa.DataFrameModel):
    """Whether it is over."""

    is_complete: pd.BooleanDtype = column("Đã hoàn thành", "every unit reported and none remaining")
    completed_period: str = column(
        "Kỳ hoàn thành", "period from which on nothing remains; empty before that", nullable=True
    )
    communes_remaining: pd.Int64Dtype = column("Cấp xã còn lại", "communes not completed", nullable=True)
    villages_remaining: pd.Int64Dtype = column(
        "Thôn, TDP còn lại", "villages and groups not completed", nullable=True
    )
    communes_unreported: pd.Int64Dtype = column(
        "Cấp xã chưa có báo cáo", "communes without any report", nullable=True
    )
    villages_unreported: pd.Int64Dtype = column(
        "Thôn, TDP chưa có báo cáo", "villages and groups without any report", nullable=True
    )
    latest_period: str = column("Kỳ mới nhất", "latest period tracked; empty before the first", nullable=True)

    class Config:
        name = "completion"
        title = "Đề án đã hoàn thành hay chưa"
        description = "Whether the scheme is completed"
        metadata: ClassVar = {
            "tab": "Hoàn thành Đề án",
            "grain": ("đúng một dòng", "exactly one row"),
            "key": (),
            "rules": (
                (
                    "Hoàn thành khi mọi xã và mọi thôn, tổ dân phố đã có báo cáo được nhận và không còn đơn"
                    " vị nào; phát sinh lại thì không còn là hoàn thành.",
                    "Complete when every commune and village has an accepted report and none remains; a "
                    "reopening undoes it.",
                ),
            ),
            "example": "SELECT is_complete, completed_period FROM marts.completion",
        }
