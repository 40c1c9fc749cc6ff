"""Published tables that others refer to: the districts, and the returns behind every figure."""

from typing import ClassVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.published.table import column
from schemas.vocabularies import DISTRICT_KIND, VERDICT


class Districts(pa.DataFrameModel):
    """Every district there was from the baseline day on."""

    district_code: str = column("Mã quận, huyện", "district code")
    district_name: str = column("Quận, huyện, thị xã", "district name")
    short_name: str = column("Tên ngắn", "name without its kind, as charts print it")
    district_kind: str = column("Loại cấp huyện", "kind of district", vocabulary=DISTRICT_KIND)
    tile_row: pd.Int64Dtype = column(
        "Hàng trên sơ đồ",
        "row of its tile on the map of equal tiles, 0 is the northernmost; empty for one established since",
        nullable=True,
    )
    tile_col: pd.Int64Dtype = column(
        "Cột trên sơ đồ",
        "column of its tile on the map of equal tiles, 0 is the westernmost; empty for one established since",
        nullable=True,
    )

    class Config:
        name = "districts"
        title = "Các quận, huyện, thị xã"
        description = "The districts"
        metadata: ClassVar = {
            "tab": "Danh mục quận, huyện",
            "grain": ("một quận, huyện, thị xã", "a district"),
            "key": ("district_code",),
            "rules": (
                (
                    "Mọi quận, huyện có trong danh mục từ ngày của số liệu gốc, kể cả nơi đã giải thể. "
                    "Sơ đồ ô vuông bằng nhau, gần đúng vị trí, để huyện rộng không lấn át.",
                    "Every district of the register since the day of the baseline figures, also one "
                    "dissolved since. Tiles are equal and lie roughly as on the map, so that wide rural "
                    "districts do not dominate.",
                ),
            ),
            "example": "SELECT short_name, sum(people_now) AS people_now\n"
            "FROM marts.staffing\nJOIN marts.districts USING (district_code)\n"
            "WHERE period = (SELECT max(period) FROM marts.countdown)\n"
            "GROUP BY short_name\nORDER BY people_now DESC",
        }


class Submissions(pa.DataFrameModel):
    """The files that arrived, so that a figure can be followed to the bytes it came from."""

    submission_id: str = column("Mã báo cáo", "submission")
    district_code: str = column("Mã quận, huyện", "district whose folder the file came in")
    period: str = column("Kỳ", "period the file names; empty when it could not be read", nullable=True)
    seq: pd.Int64Dtype = column("Lần nộp", "sequence number the file gives", nullable=True)
    received_at: np.datetime64 = column("Thời điểm nhận", "arrival, Hanoi time", is_moment=True)
    verdict: str = column("Kết luận", "verdict on the file", vocabulary=VERDICT)
    is_effective: pd.BooleanDtype = column(
        "Đang có hiệu lực", "the return that counts for its district and period: highest accepted sequence"
    )
    sha256: str = column("Mã băm SHA-256", "SHA-256 of the file, its name in the archive")
    size_bytes: pd.Int64Dtype = column("Dung lượng (byte)", "size of the file")

    class Config:
        name = "submissions"
        title = "Các tệp báo cáo đã nhận"
        description = "Files received"
        metadata: ClassVar = {
            "tab": "Tệp báo cáo",
            "grain": (
                "một tệp đã nhận, trừ tệp trùng từng byte",
                "a file received, the same bytes sent again left out",
            ),
            "key": ("submission_id",),
            "rules": (
                (
                    "Tệp gốc nằm trong kho lưu trữ dưới tên là mã băm SHA-256; ai cũng tính lại được.",
                    "The file itself lies in the archive under its SHA-256, which anyone can compute again.",
                ),
            ),
            "example": "SELECT unit_name, history.period, sheet, cell, sha256\n"
            "FROM marts.unit_history AS history\nJOIN marts.submissions USING (submission_id)\n"
            "WHERE unit_id = '00004'\nORDER BY history.period",
        }
