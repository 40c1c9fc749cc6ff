"""The published forecast: when each level may be finished, by which reckoning, and how it did so far."""

from typing import ClassVar

import pandas as pd
import pandera.pandas as pa

from schemas.published.table import column
from schemas.vocabularies import Term, Vocabulary

FORECAST_LEVEL = Vocabulary(
    "forecast_level",
    (Term("commune", "Cấp xã", "communes"), Term("village", "Thôn, TDP", "villages and groups")),
)
SCENARIO = Vocabulary(
    "scenario",
    (
        Term("recent_pace", "Nhịp độ ba kỳ gần nhất", "pace of the last three periods"),
        Term("average_pace", "Nhịp độ bình quân từ kỳ gốc", "average pace since the baseline"),
        Term("promised_dates", "Theo thời hạn cam kết", "promised completion dates"),
    ),
)
FORECAST_OUTCOME = Vocabulary(
    "forecast_outcome",
    (
        Term("completed", "Đã hoàn thành", "completed"),
        Term("forecast", "Có dự báo", "forecast"),
        Term("unknown", "Chưa dự báo được", "cannot be forecast"),
    ),
)


class Forecast(pa.DataFrameModel):
    """When nothing will remain, honestly."""

    unit_level: str = column("Cấp", "communes, or villages and residential groups", vocabulary=FORECAST_LEVEL)
    scenario: str = column("Kịch bản", "how it is reckoned", vocabulary=SCENARIO)
    outcome: str = column(
        "Kết quả", "completed, forecast, or cannot be forecast", vocabulary=FORECAST_OUTCOME
    )
    units_remaining: pd.Int64Dtype = column("Số đơn vị còn lại", "units not completed now", nullable=True)
    pace: pd.Float64Dtype = column(
        "Nhịp độ mỗi kỳ",
        "units fewer a period; empty for promised dates and below three periods",
        nullable=True,
        ge=None,
        vi="Số đơn vị giảm mỗi kỳ; trống với kịch bản thời hạn cam kết và khi chưa đủ ba kỳ",
    )
    expected_period: str = column(
        "Kỳ dự kiến hoàn thành", "period in which nothing should remain", nullable=True
    )
    earliest_period: str = column("Sớm nhất", "early end of the interval", nullable=True)
    latest_period: str = column(
        "Muộn nhất",
        "late end of the interval; empty when it is open",
        nullable=True,
        vi="Cuối khoảng dự báo; trống khi không có giới hạn",
    )
    expected_before_period: str = column(
        "Kỳ trước dự kiến",
        "what the same reckoning expected one period earlier; paces only",
        nullable=True,
        vi="Kỳ dự kiến hoàn thành mà cùng cách tính cho ở kỳ liền trước; chỉ với nhịp độ",
    )
    method: str = column("Phương pháp", "method, in Vietnamese", vi="Phương pháp, tiếng Việt")
    method_en: str = column("Phương pháp (tiếng Anh)", "method, in English")
    reason: str = column(
        "Ghi chú",
        "why it is empty or open, in Vietnamese",
        nullable=True,
        vi="Vì sao trống hoặc không có giới hạn, tiếng Việt",
    )
    reason_en: str = column("Ghi chú (tiếng Anh)", "why it is empty or open, in English", nullable=True)
    backtest: str = column(
        "Kiểm nghiệm ngược", "back-test in words, in Vietnamese", vi="Kiểm nghiệm ngược bằng lời"
    )
    backtest_en: str = column("Kiểm nghiệm ngược (tiếng Anh)", "back-test in words, in English")
    backtest_error_1: pd.Float64Dtype = column(
        "Sai số trước 1 kỳ",
        "mean absolute error one period ahead, units",
        nullable=True,
        vi="Sai số tuyệt đối trung bình khi dự báo trước một kỳ, đơn vị",
    )
    backtest_error_3: pd.Float64Dtype = column(
        "Sai số trước 3 kỳ",
        "mean absolute error three periods ahead, units",
        nullable=True,
        vi="Sai số tuyệt đối trung bình khi dự báo trước ba kỳ, đơn vị",
    )
    backtest_origins: pd.Int64Dtype = column(
        "Số lần kiểm nghiệm",
        "past periods from which one period ahead was forecast and compared",
        vi="Số kỳ đã qua mà từ đó dự báo trước một kỳ rồi so với thực tế",
    )

    class Config:
        name = "forecast"
        title = "Dự báo kỳ hoàn thành"
        description = "When the scheme may be completed"
        metadata: ClassVar = {
            "tab": "Dự báo",
            "grain": ("một cấp đơn vị theo một kịch bản", "a unit level under a scenario"),
            "key": ("unit_level", "scenario"),
            "rules": (
                (
                    "Theo nhịp độ: số kỳ còn lại = số đơn vị còn lại / nhịp độ, làm tròn lên; khoảng dự báo"
                    " lấy nhịp nhanh nhất và chậm nhất mà chính cách tính đó từng cho ở các kỳ đã qua. Chưa"
                    " đủ ba kỳ, nhịp độ không dương hoặc còn đơn vị chưa báo cáo thì không dự báo.",
                    "By pace: periods left = units remaining / pace, rounded up; the interval takes the "
                    "fastest and the slowest pace the same reckoning gave at past periods. Below three "
                    "periods, at a pace of zero or less, or with unreported units there is no forecast.",
                ),
                (
                    "Theo thời hạn cam kết: kỳ của thời hạn muộn nhất còn hiệu lực; muộn nhất là cộng thêm "
                    "số ngày lùi hạn nhiều nhất từng thấy ở cấp đó. Có đơn vị chưa có hoặc đã quá thời hạn "
                    "thì không có giới hạn trên.",
                    "By promise: the period of the last promise still open; the late end adds the longest "
                    "slip seen at that level. With units that promised nothing or broke their promise the "
                    "late end is open.",
                ),
                (
                    "Kiểm nghiệm ngược: tại mỗi kỳ đã qua, cùng cách tính dự báo số đơn vị còn lại một và "
                    "ba kỳ sau, rồi so với số thực.",
                    "Back-test: at every past period the same reckoning forecasts the units remaining one "
                    "and three periods later, compared with what came.",
                ),
            ),
            "example": "SELECT unit_level, scenario, expected_period, earliest_period, latest_period\n"
            "FROM marts.forecast\nORDER BY unit_level, scenario",
        }
