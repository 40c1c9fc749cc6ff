"""The form, one class a sheet: the only place where its columns, types and row rules are written."""

from typing import ClassVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.form.row_rules import COMPLETED_WITHOUT_EVIDENCE, PETITION_BALANCE, POSTS_INCONSISTENT
from schemas.form.sheet import Reader, Sheet, column
from schemas.vocabularies import (
    ACTIVITY_KIND,
    AREA_FLAG,
    COMMUNE_CLASS,
    OBSTACLE,
    ORGANISER,
    PETITION_KIND,
    STATUS,
    UNIT_LEVEL,
    VILLAGE_KIND,
)

NOTHING_AROSE = "Không phát sinh"
SIMULATED_MARK = "SỐ LIỆU MÔ PHỎNG"


class InfoSheet(pa.DataFrameModel):
    """Sheet 00: who reports, for which period; label and value side by side."""

    district_code: str = column("Mã quận/huyện", "district code", Reader.CODE, digits=3)
    district_name: str = column("Tên quận/huyện/thị xã", "district name", nullable=True)
    period: str = column("Kỳ báo cáo", "reporting period, YYYY-MM", Reader.PERIOD)
    as_of_date: np.datetime64 = column("Số liệu tính đến ngày", "day the figures speak of", Reader.DATE)
    seq: pd.Int64Dtype = column("Lần nộp", "which return of the period this is, from 1", Reader.COUNT)
    doc_no: str = column("Số, ký hiệu văn bản", "number of the covering letter")
    prepared_by: str = column("Người lập biểu", "who prepared it", nullable=True)
    contact_email: str = column("Thư điện tử", "contact address", nullable=True)
    signed_by: str = column("Người ký", "who signed it", nullable=True)

    class Config:
        name = "00_ThongTin"
        title = "Thông tin chung"
        description = "General information"
        metadata: ClassVar = {"table": "info", "key": ("district_code",)}


class CommuneSheet(pa.DataFrameModel):
    """Sheet 01: one row a commune."""

    commune_code: str = column("Mã ĐVHC", "commune code", Reader.CODE, digits=5)
    commune_name: str = column("Tên xã, phường, thị trấn", "commune name")
    commune_class: str = column("Loại ĐVHC", "administrative class", Reader.TERM, vocabulary=COMMUNE_CLASS)
    people_before: pd.Int64Dtype = column(
        "Số người KCT cấp xã trước Đề án", "part-time people, commune level, before the scheme", Reader.COUNT
    )
    people_now: pd.Int64Dtype = column(
        "Số người KCT cấp xã hiện nay", "part-time people, commune level, now", Reader.COUNT
    )
    villages_before: pd.Int64Dtype = column(
        "Số thôn, TDP trước sắp xếp", "villages and groups before the rearrangement", Reader.COUNT
    )
    villages_now: pd.Int64Dtype = column("Số thôn, TDP hiện nay", "villages and groups now", Reader.COUNT)
    status: str = column("Tình trạng thực hiện", "state of the scheme", Reader.TERM, vocabulary=STATUS)
    completed_on: np.datetime64 = column("Ngày hoàn thành", "completion date", Reader.DATE, nullable=True)
    decision_no: str = column("Số quyết định", "number of the decision", nullable=True)
    note: str = column("Ghi chú", "note", nullable=True, optional=True)

    class Config:
        name = "01_CapXa"
        title = "Kết quả thực hiện tại cấp xã"
        description = "Results at commune level"
        metadata: ClassVar = {
            "table": "commune",
            "key": ("commune_code",),
            "rules": (COMPLETED_WITHOUT_EVIDENCE,),
        }


class VillageSheet(pa.DataFrameModel):
    """Sheet 02: one row a village or residential group."""

    village_id: str = column(
        "Mã thôn, TDP", "village id, given by the city's register", Reader.TEXT, nullable=True, optional=True
    )
    commune_code: str = column("Mã ĐVHC", "commune code", Reader.CODE, digits=5)
    village_kind: str = column("Loại", "village or residential group", Reader.TERM, vocabulary=VILLAGE_KIND)
    village_name: str = column("Tên thôn, tổ dân phố", "name of the village or group")
    predecessors: str = column(
        "Tên cũ trước sắp xếp", "names before the rearrangement, `;` list", nullable=True
    )
    households: pd.Int64Dtype = column("Số hộ", "households", Reader.COUNT)
    people_before: pd.Int64Dtype = column(
        "Số người KCT trước Đề án", "part-time people before the scheme", Reader.COUNT
    )
    people_now: pd.Int64Dtype = column("Số người KCT hiện nay", "part-time people now", Reader.COUNT)
    status: str = column("Tình trạng thực hiện", "state of the scheme", Reader.TERM, vocabulary=STATUS)
    completed_on: np.datetime64 = column("Ngày hoàn thành", "completion date", Reader.DATE, nullable=True)
    decision_no: str = column("Số quyết định", "number of the decision", nullable=True)

    class Config:
        name = "02_ThonTDP"
        title = "Kết quả thực hiện tại thôn, tổ dân phố"
        description = "Results in villages and residential groups"
        metadata: ClassVar = {
            "table": "village",
            "key": ("unit_id",),
            "rules": (COMPLETED_WITHOUT_EVIDENCE,),
        }


class PostSheet(pa.DataFrameModel):
    """Sheet 03: one row a commune and post."""

    commune_code: str = column("Mã ĐVHC", "commune code", Reader.CODE, digits=5)
    post_code: str = column("Mã chức danh", "post code")
    post_title: str = column("Tên chức danh", "post title", nullable=True)
    posts_required: pd.Int64Dtype = column("Số vị trí phải bố trí", "posts required", Reader.COUNT)
    posts_filled: pd.Int64Dtype = column("Số vị trí đã bố trí", "posts filled", Reader.COUNT)
    posts_combined: pd.Int64Dtype = column(
        "Trong đó kiêm nhiệm", "posts whose holder is counted under another post", Reader.COUNT
    )
    coef_before: pd.Float64Dtype = column(
        "Hệ số phụ cấp trước", "allowance coefficient before", Reader.DECIMAL
    )
    coef_now: pd.Float64Dtype = column("Hệ số phụ cấp hiện nay", "allowance coefficient now", Reader.DECIMAL)

    class Config:
        name = "03_ChucDanh"
        title = "Bố trí các chức danh"
        description = "Posts and how they are filled"
        metadata: ClassVar = {
            "table": "post",
            "key": ("commune_code", "post_code"),
            "rules": (POSTS_INCONSISTENT,),
        }


class OutstandingSheet(pa.DataFrameModel):
    """Sheet 04: one row an outstanding unit."""

    unit_level: str = column("Cấp", "commune, village or group", Reader.TERM, vocabulary=UNIT_LEVEL)
    unit_ref: str = column("Mã đơn vị", "commune code, or village id, or commune code with the name")
    unit_name: str = column("Tên đơn vị", "name of the unit", nullable=True)
    area_flags: str = column(
        "Đặc thù địa bàn",
        "what is special there, `;` list",
        Reader.TERMS,
        nullable=True,
        vocabulary=AREA_FLAG,
    )
    obstacle_code: str = column("Mã khó khăn", "obstacle", Reader.TERM, vocabulary=OBSTACLE)
    obstacle_text: str = column("Nội dung khó khăn", "the obstacle in words", nullable=True)
    action: str = column("Giải pháp", "what is being done", nullable=True)
    owner_role: str = column("Chức vụ người phụ trách", "office of the person in charge", nullable=True)
    due_on: np.datetime64 = column("Dự kiến hoàn thành", "promised completion date", Reader.DATE)

    class Config:
        name = "04_ChuaHoanThanh"
        title = "Đơn vị chưa hoàn thành"
        description = "Outstanding units"
        metadata: ClassVar = {"table": "outstanding", "key": ("unit_id",)}


class PetitionSheet(pa.DataFrameModel):
    """Sheet 05: one row a commune and kind of petition, or the statement that none arose."""

    commune_code: str = column("Mã ĐVHC", "commune code", Reader.CODE, digits=5)
    petition_kind: str = column("Loại đơn", "kind of petition", Reader.TERM, vocabulary=PETITION_KIND)
    opening: pd.Int64Dtype = column("Tồn kỳ trước", "open at the start", Reader.COUNT)
    received: pd.Int64Dtype = column("Nhận trong kỳ", "received in the period", Reader.COUNT)
    resolved: pd.Int64Dtype = column("Đã giải quyết", "resolved in the period", Reader.COUNT)
    closing: pd.Int64Dtype = column("Còn lại", "open at the end", Reader.COUNT)

    class Config:
        name = "05_DonThu"
        title = "Đơn thư khiếu nại, tố cáo, kiến nghị"
        description = "Complaints, denunciations and recommendations"
        metadata: ClassVar = {
            "table": "petition",
            "key": ("commune_code", "petition_kind"),
            "rules": (PETITION_BALANCE,),
        }


class ActivitySheet(pa.DataFrameModel):
    """Sheet 06: one row an activity."""

    activity_kind: str = column("Loại hoạt động", "kind of activity", Reader.TERM, vocabulary=ACTIVITY_KIND)
    title: str = column("Nội dung", "what it was about")
    held_on: np.datetime64 = column("Ngày thực hiện", "day it was held", Reader.DATE)
    organiser: str = column("Đơn vị tổ chức", "who held it", Reader.TERM, vocabulary=ORGANISER)
    attend_commune: pd.Int64Dtype = column(
        "Số người cấp xã tham dự", "people of the commune level who attended", Reader.COUNT, nullable=True
    )
    attend_village: pd.Int64Dtype = column(
        "Số người thôn, TDP tham dự", "people of the village level who attended", Reader.COUNT, nullable=True
    )

    class Config:
        name = "06_HoatDong"
        title = "Tập huấn, kiểm tra, tuyên truyền, dân chủ cơ sở, bầu cử"
        description = "Training, inspection, information, grassroots democracy, election"
        metadata: ClassVar = {"table": "activity", "key": ()}


INFO = Sheet(InfoSheet)
COMMUNE = Sheet(CommuneSheet)
VILLAGE = Sheet(VillageSheet)
POST = Sheet(PostSheet)
OUTSTANDING = Sheet(OutstandingSheet)
PETITION = Sheet(PetitionSheet)
ACTIVITY = Sheet(ActivitySheet)
TABLE_SHEETS = (COMMUNE, VILLAGE, POST, OUTSTANDING, PETITION, ACTIVITY)
SHEETS = (INFO, *TABLE_SHEETS)
