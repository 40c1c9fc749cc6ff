"""The published table of what people excepted from the rules."""

from typing import ClassVar

import numpy as np
import pandera.pandas as pa

from schemas.published.table import column
from schemas.vocabularies import EXCEPTION_KIND, EXCEPTION_STATE


class Exceptions(pa.DataFrameModel):
    """Every exception that was granted, with who, why and until when."""

    exception_id: str = column("Mã ngoại lệ", "exception")
    kind: str = column("Loại ngoại lệ", "what is excepted", vocabulary=EXCEPTION_KIND)
    state: str = column("Hiệu lực", "whether it is in force now", vocabulary=EXCEPTION_STATE)
    district_code: str = column(
        "Mã quận, huyện", "district it is for; empty: a waiver for all", nullable=True
    )
    district_name: str = column("Quận, huyện, thị xã", "district name", nullable=True)
    period: str = column("Kỳ", "period it is for; empty for a waiver", nullable=True)
    expectation: str = column("Kỳ vọng được bỏ qua", "expectation of the gate that is waived", nullable=True)
    unit_id: str = column("Mã đơn vị", "unit a waiver is for; empty: all", nullable=True)
    reason: str = column("Lý do", "why")
    granted_by: str = column("Người quyết định", "who decided", vi="Cơ quan hoặc chức danh quyết định")
    granted_at: np.datetime64 = column("Có hiệu lực từ", "in force from, Hanoi time", is_moment=True)
    expires_at: np.datetime64 = column(
        "Đến hết", "in force through, Hanoi time: it ends by itself", is_moment=True
    )
    revoked_at: np.datetime64 = column("Thu hồi lúc", "revoked at, Hanoi time", is_moment=True, nullable=True)
    revoked_by: str = column("Người thu hồi", "who revoked it", nullable=True)
    revocation_reason: str = column("Lý do thu hồi", "why it was revoked", nullable=True)

    class Config:
        name = "exceptions"
        title = "Các ngoại lệ đã cho phép"
        description = "Exceptions granted, in force and past"
        metadata: ClassVar = {
            "tab": "Ngoại lệ",
            "grain": ("một ngoại lệ đã cho phép", "an exception that was granted"),
            "key": ("exception_id",),
            "rules": (
                (
                    "Ngoại lệ tự hết hiệu lực sau thời điểm «đến hết», hoặc khi có bản ghi thu hồi; không "
                    "bản ghi nào bị sửa hay xóa.",
                    "An exception ends by itself after its last moment, or by a record that revokes it; no "
                    "record is ever changed or removed.",
                ),
                (
                    "Miễn báo cáo không xóa báo cáo đã nhận. Hết hạn miễn mà chưa nộp thì nghĩa vụ trở lại "
                    "là chưa nộp.",
                    "An exemption takes no accepted return back. When it ends and nothing was sent, the "
                    "obligation is missing again.",
                ),
                (
                    "Nhận sau khi khóa kỳ tính theo thời điểm tệp đến. Kỳ vọng được bỏ qua vẫn ghi là không "
                    "đạt, kèm ngoại lệ cho phép.",
                    "A late return is judged by the arrival of its file. A waived expectation still counts "
                    "as not met, beside the exception that let it pass.",
                ),
            ),
            "example": "SELECT kind, district_name, period, expectation, reason, granted_by, expires_at\n"
            "FROM marts.exceptions\nWHERE state = 'in_force'",
        }
