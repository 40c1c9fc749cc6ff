"""Published tables of figures: people, posts, petitions, activities, obstacles."""

from typing import ClassVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.published.table import column
from schemas.vocabularies import (
    ACTIVITY_KIND,
    AREA_FLAG,
    OBSTACLE,
    ORGANISER,
    PETITION_KIND,
    Term,
    Vocabulary,
)

_NOT_REPORTED = Term("not_reported", "chưa báo cáo", "not reported")
OBSTACLE_OR_NONE = Vocabulary("obstacle_or_none", (*OBSTACLE.terms, _NOT_REPORTED))
AREA_FLAG_OR_NONE = Vocabulary(
    "area_flag_or_none", (*AREA_FLAG.terms, Term("none", "không có đặc thù", "none"), _NOT_REPORTED)
)
POST_LEVEL = Vocabulary(
    "post_level", (Term("commune", "Cấp xã", "commune"), Term("village", "Thôn, TDP", "village or group"))
)


class _DistrictPeriod(pa.DataFrameModel):
    """A district in a period."""

    period: str = column("Kỳ", "reporting period")
    district_code: str = column("Mã quận, huyện", "district code")
    district_name: str = column("Quận, huyện, thị xã", "district name")


class Staffing(_DistrictPeriod):
    """Part-time people before and now."""

    people_before: pd.Int64Dtype = column(
        "Số người trước Đề án",
        "part-time people before, communes and villages together",
        nullable=True,
        vi="Số người hoạt động không chuyên trách trước Đề án, cấp xã và thôn, tổ dân phố",
    )
    people_now: pd.Int64Dtype = column(
        "Số người hiện nay",
        "part-time people now, communes and villages together",
        nullable=True,
        vi="Số người hoạt động không chuyên trách hiện nay, cấp xã và thôn, tổ dân phố",
    )
    reduction_pct: pd.Float64Dtype = column(
        "Tỷ lệ giảm (%)",
        "reduction of people, per cent, not rounded",
        nullable=True,
        ge=None,
        vi="Tỷ lệ giảm số người, phần trăm, chưa làm tròn",
    )
    units_unreported: pd.Int64Dtype = column(
        "Số đơn vị chưa có báo cáo", "communes and known villages without any accepted row: not in the sums"
    )

    class Config:
        name = "staffing"
        title = "Số người hoạt động không chuyên trách theo quận, huyện"
        description = "Part-time people by district"
        metadata: ClassVar = {
            "tab": "Số người",
            "grain": ("một quận, huyện trong một kỳ", "a district in a period"),
            "key": ("period", "district_code"),
            "rules": (
                (
                    "Cộng dòng được nhận gần nhất của từng đơn vị; để trống khi quận, huyện chưa có báo cáo"
                    " nào.",
                    "Sums of each unit's latest accepted row; empty while nothing of the district was "
                    "accepted.",
                ),
            ),
            "example": "SELECT period, sum(people_before) AS people_before, sum(people_now) AS people_now\n"
            "FROM marts.staffing\nGROUP BY period\nORDER BY period",
        }


class Posts(_DistrictPeriod):
    """Posts and how they are filled."""

    post_code: str = column("Mã chức danh", "post code")
    post_level: str = column("Cấp", "level of the post", vocabulary=POST_LEVEL)
    post_title: str = column("Chức danh", "post title, Vietnamese")
    posts_required: pd.Int64Dtype = column("Phải bố trí", "posts required")
    posts_filled: pd.Int64Dtype = column("Đã bố trí", "posts filled")
    posts_vacant: pd.Int64Dtype = column("Còn trống", "posts required and not filled")
    posts_combined: pd.Int64Dtype = column("Kiêm nhiệm", "posts whose holder is counted under another post")
    coef_before: pd.Float64Dtype = column(
        "Hệ số trước",
        "allowance coefficient before, mean over filled posts, 3 decimals",
        nullable=True,
        vi="Hệ số phụ cấp trước, bình quân theo số vị trí đã bố trí",
    )
    coef_now: pd.Float64Dtype = column(
        "Hệ số hiện nay",
        "allowance coefficient now, mean over filled posts, 3 decimals",
        nullable=True,
        vi="Hệ số phụ cấp hiện nay, bình quân theo số vị trí đã bố trí",
    )
    communes_reported: pd.Int64Dtype = column("Số đơn vị cấp xã có số liệu", "communes in the sums")

    class Config:
        name = "posts"
        title = "Bố trí các chức danh theo quận, huyện"
        description = "Posts by district"
        metadata: ClassVar = {
            "tab": "Chức danh",
            "grain": ("một chức danh của một quận, huyện trong một kỳ", "a post of a district in a period"),
            "key": ("period", "district_code", "post_code"),
            "rules": (
                (
                    "Mỗi xã và chức danh lấy dòng được nhận gần nhất đến kỳ đó. Hệ số trước và nay có cùng "
                    "trọng số (số đã bố trí) nên so sánh được.",
                    "Each commune and post takes its latest accepted row up to the period. Both "
                    "coefficients have the same weights (posts filled), so they compare.",
                ),
            ),
            "example": "SELECT post_title, sum(posts_vacant) AS vacant\nFROM marts.posts\n"
            "WHERE period = (SELECT max(period) FROM marts.countdown)\n"
            "GROUP BY post_title\nORDER BY vacant DESC, post_title",
        }


class Petitions(_DistrictPeriod):
    """Petitions, with explicit zeros."""

    petition_kind: str = column("Loại đơn", "kind of petition", vocabulary=PETITION_KIND)
    opening: pd.Int64Dtype = column("Tồn kỳ trước", "open at the start", nullable=True)
    received: pd.Int64Dtype = column("Nhận trong kỳ", "received in the period", nullable=True)
    resolved: pd.Int64Dtype = column("Đã giải quyết", "resolved in the period", nullable=True)
    closing: pd.Int64Dtype = column("Còn lại", "open at the end", nullable=True)
    is_declared_zero: pd.BooleanDtype = column(
        "Báo cáo không phát sinh", "the district stated that none arose (Không phát sinh)"
    )
    rows_quarantined: pd.Int64Dtype = column(
        "Số dòng bị giữ lại", "rows of sheet 05 in that return that were not taken: the sums lack them"
    )

    class Config:
        name = "petitions"
        title = "Đơn thư khiếu nại, tố cáo, kiến nghị"
        description = "Complaints, denunciations and recommendations"
        metadata: ClassVar = {
            "tab": "Đơn thư",
            "grain": (
                "một loại đơn của một quận, huyện đã báo cáo kỳ đó",
                "a kind, in a district that reported",
            ),
            "key": ("period", "district_code", "petition_kind"),
            "rules": (
                (
                    "Chỉ có dòng khi báo cáo của kỳ được nhận; đủ ba loại. Số 0 là số 0 thật: biểu ghi "
                    "«Không phát sinh» hoặc có dòng của loại khác. Để trống (chưa biết) khi biểu trống hoặc"
                    " có dòng bị giữ lại.",
                    "Rows exist only for periods with an accepted return; always all three kinds. A 0 is a "
                    "true 0: the sheet said “Không phát sinh” or has rows of other kinds. Empty (unknown) "
                    "when the sheet is empty or rows of it were quarantined.",
                ),
            ),
            "example": "SELECT period, petition_kind, sum(received) AS received, sum(closing) AS closing\n"
            "FROM marts.petitions\nGROUP BY ALL\nORDER BY period, petition_kind",
        }


class Activities(_DistrictPeriod):
    """Training, inspection, information, grassroots democracy, election."""

    activity_kind: str = column("Loại hoạt động", "kind of activity", vocabulary=ACTIVITY_KIND)
    title: str = column("Nội dung", "what it was about")
    held_on: np.datetime64 = column("Ngày thực hiện", "day it was held")
    organiser: str = column("Đơn vị tổ chức", "who held it", vocabulary=ORGANISER)
    attend_commune: pd.Int64Dtype = column(
        "Người cấp xã dự", "people of the commune level present", nullable=True
    )
    attend_village: pd.Int64Dtype = column(
        "Người thôn, TDP dự", "people of the village level present", nullable=True
    )
    source_submission_id: str = column("Mã báo cáo nguồn", "submission that says so")
    source_cell: str = column("Ô nguồn", "sheet and cell that say so")

    class Config:
        name = "activities"
        title = "Các hoạt động tập huấn, kiểm tra, tuyên truyền, dân chủ cơ sở, bầu cử"
        description = "Training, inspection, information, grassroots democracy and election activities"
        metadata: ClassVar = {
            "tab": "Hoạt động",
            "grain": ("một hoạt động", "an activity"),
            "key": ("source_submission_id", "source_cell"),
            "rules": (
                (
                    "Lấy từ báo cáo có hiệu lực của mỗi kỳ (lần nộp cao nhất được nhận).",
                    "From the effective return of each period (the highest accepted sequence).",
                ),
            ),
            "example": "SELECT activity_kind, count(*) AS times, sum(attend_commune) AS attended\n"
            "FROM marts.activities\nGROUP BY activity_kind\nORDER BY activity_kind",
        }


class Obstacles(pa.DataFrameModel):
    """What holds the remaining units back, and where."""

    period: str = column("Kỳ", "reporting period")
    obstacle_code: str = column("Loại khó khăn", "obstacle", vocabulary=OBSTACLE_OR_NONE)
    area_flag: str = column("Đặc thù địa bàn", "what is special there", vocabulary=AREA_FLAG_OR_NONE)
    units: pd.Int64Dtype = column("Số đơn vị", "units not completed")
    districts: pd.Int64Dtype = column("Số quận, huyện", "districts they lie in")

    class Config:
        name = "obstacles"
        title = "Khó khăn của các đơn vị chưa hoàn thành"
        description = "What holds the remaining units back"
        metadata: ClassVar = {
            "tab": "Khó khăn",
            "grain": (
                "một khó khăn và một đặc thù địa bàn trong một kỳ",
                "an obstacle and an area flag in a period",
            ),
            "key": ("period", "obstacle_code", "area_flag"),
            "rules": (
                (
                    "Đơn vị có hai đặc thù được đếm ở cả hai, nên không cộng các đặc thù với nhau; không có"
                    " đặc thù nào thì là none; chưa có dòng biểu 04 thì là not_reported.",
                    "A unit with two flags counts under both, so flags do not add up; without a flag it is "
                    "none; without a row of sheet 04 it is not_reported.",
                ),
            ),
            "example": "SELECT obstacle_code, area_flag, units, districts\nFROM marts.obstacles\n"
            "WHERE period = (SELECT max(period) FROM marts.countdown)\n"
            "ORDER BY units DESC, obstacle_code, area_flag",
        }
