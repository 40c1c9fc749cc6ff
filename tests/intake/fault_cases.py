"""Returns with a fault: the cells overwritten, the findings (sheet!cell, fault), the verdict."""

from datetime import date
from typing import Any

REJECTED, PARTIAL, WARNED = "rejected", "partially_accepted", "accepted_with_warnings"

# fault, the cells overwritten, the findings (sheet!cell, fault), the verdict
FAULTS: list[tuple[dict[str, Any], list[tuple[str, str]], str]] = [
    ({"00_ThongTin!B2": "002"}, [("00_ThongTin!B2", "wrong_district")], REJECTED),
    ({"00_ThongTin!B2": None}, [("00_ThongTin!B2", "wrong_district")], REJECTED),
    ({"00_ThongTin!B4": "2021-13"}, [("00_ThongTin!B4", "bad_period")], REJECTED),
    ({"00_ThongTin!B4": "2021-02"}, [("00_ThongTin!B4", "bad_period")], REJECTED),
    (
        {"00_ThongTin!B5": date(2021, 5, 1)},
        [("00_ThongTin!B5", "bad_period")],
        REJECTED,
    ),
    ({"00_ThongTin!B6": 0}, [("00_ThongTin!B6", "stale_sequence")], REJECTED),
    ({"00_ThongTin!B7": None}, [("00_ThongTin!B7", "missing_value")], PARTIAL),
    ({"01_CapXa!E11": 999}, [("01_CapXa!E11", "control_total_mismatch")], REJECTED),
    ({"02_ThonTDP!F3": None}, [("02_ThonTDP!F3", "missing_value")], PARTIAL),
    ({"02_ThonTDP!F3": "nhiều"}, [("02_ThonTDP!F3", "wrong_type")], PARTIAL),
    ({"01_CapXa!I3": "31/02/2020"}, [("01_CapXa!I3", "wrong_type")], PARTIAL),
    ({"04_ChuaHoanThanh!E3": "KHONG_BIET"}, [("04_ChuaHoanThanh!E3", "not_in_list")], PARTIAL),
    ({"04_ChuaHoanThanh!D3": "đông dân; sao Hỏa"}, [("04_ChuaHoanThanh!D3", "not_in_list")], PARTIAL),
    ({"06_HoatDong!E3": -1}, [("06_HoatDong!E3", "negative_value")], PARTIAL),
    ({"03_ChucDanh!B3": "Y09"}, [("03_ChucDanh!B3", "unknown_unit")], PARTIAL),
    (
        {"04_ChuaHoanThanh!B4": "00109-009"},
        [("04_ChuaHoanThanh!B4", "unknown_unit"), ("02_ThonTDP!I16", "backlog_missing")],
        PARTIAL,
    ),
    ({"02_ThonTDP!A3": "00091-044"}, [("02_ThonTDP!A3", "unknown_unit")], PARTIAL),
    ({"01_CapXa!B3": "Phường Nhật Tân"}, [("01_CapXa!B3", "name_code_mismatch")], PARTIAL),
    ({"04_ChuaHoanThanh!C3": "Phường Bưởi"}, [("04_ChuaHoanThanh!C3", "name_code_mismatch")], PARTIAL),
    (
        {"02_ThonTDP!D4": "Tổ dân phố 1"},
        [("02_ThonTDP!D3", "duplicate_unit"), ("02_ThonTDP!D4", "duplicate_unit")],
        PARTIAL,
    ),
    ({"01_CapXa!J3": None}, [("01_CapXa!J3", "completed_without_evidence")], PARTIAL),
    ({"02_ThonTDP!J3": None}, [("02_ThonTDP!J3", "completed_without_evidence")], PARTIAL),
    ({"01_CapXa!I3": date(2021, 3, 25)}, [("01_CapXa!I3", "completion_date_out_of_range")], PARTIAL),
    ({"02_ThonTDP!J3": date(2019, 4, 30)}, [("02_ThonTDP!J3", "completion_date_out_of_range")], PARTIAL),
    (
        {"01_CapXa!E3": 15, "03_ChucDanh!D3": 17, "03_ChucDanh!E3": 17},
        [("01_CapXa!E3", "over_cap")],
        PARTIAL,
    ),
    (
        {"02_ThonTDP!H3": 4, "03_ChucDanh!D5": 5, "03_ChucDanh!E5": 5},
        [("02_ThonTDP!H3", "over_cap")],
        PARTIAL,
    ),
    ({"03_ChucDanh!D3": 9}, [("03_ChucDanh!E3", "posts_inconsistent")], PARTIAL),
    ({"05_DonThu!F3": 3}, [("05_DonThu!F3", "petition_balance")], PARTIAL),
    (
        {"01_CapXa!H10": "Hoàn thành", "01_CapXa!I10": date(2021, 3, 1), "01_CapXa!J10": "9/QĐ"},
        [("04_ChuaHoanThanh!B3", "backlog_mismatch")],
        PARTIAL,
    ),
    (
        {"01_CapXa!H3": "Đang thực hiện", "01_CapXa!I3": None, "01_CapXa!J3": None},
        [("01_CapXa!H3", "backlog_missing")],
        PARTIAL,
    ),
    ({"01_CapXa!G3": 3}, [("01_CapXa!G3", "village_count_mismatch")], PARTIAL),
    ({"01_CapXa!E3": 9}, [("01_CapXa!E3", "people_mismatch")], PARTIAL),
    (
        {"03_ChucDanh!C3": "Phó Chủ tịch Hội Nông dân"},
        [("03_ChucDanh!C3", "name_code_mismatch")],
        PARTIAL,
    ),
    ({"04_ChuaHoanThanh!B4": "00109 Tổ dân phố 2", "04_ChuaHoanThanh!C4": None}, [], "accepted"),
    ({"01_CapXa!H10": "Hoàn thành"}, [("01_CapXa!J10", "completed_without_evidence")], PARTIAL),
    ({"02_ThonTDP!C3": "Thôn"}, [("02_ThonTDP!C3", "unusual_kind")], WARNED),
    ({"03_ChucDanh!H3": 0.5}, [("03_ChucDanh!H3", "coefficient_fell")], WARNED),
    ({"01_CapXa!B3": "P. Phú Thượng"}, [("01_CapXa!B3", "name_variant")], WARNED),
    ({"01_CapXa!L2": "Điện thoại"}, [("01_CapXa!L2", "extra_column")], WARNED),
    (
        {"05_DonThu!A3": None, **dict.fromkeys(f"05_DonThu!{c}3" for c in "BCDEF")},
        [("05_DonThu!B2", "missing_value")],
        PARTIAL,
    ),
]

# The same against an accepted return of March: what April's says otherwise.
FAULTS_AGAINST_HISTORY: list[tuple[dict[str, Any], list[tuple[str, str]], str]] = [
    ({}, [], "accepted"),
    ({"02_ThonTDP!A3": None}, [], "accepted"),
    ({"01_CapXa!D3": 16}, [("01_CapXa!D3", "baseline_changed")], PARTIAL),
    ({"01_CapXa!F3": 5}, [("01_CapXa!F3", "baseline_changed")], PARTIAL),
    ({"02_ThonTDP!G3": 6}, [("02_ThonTDP!G3", "baseline_changed")], PARTIAL),
    ({"05_DonThu!C3": 1, "05_DonThu!F3": 2}, [("05_DonThu!C3", "petition_carry_mismatch")], PARTIAL),
    (
        {
            "01_CapXa!H3": "Chưa thực hiện",
            "01_CapXa!I3": None,
            "01_CapXa!J3": None,
            "04_ChuaHoanThanh!A5": "Xã",
            "04_ChuaHoanThanh!B5": "00091",
            "04_ChuaHoanThanh!E5": "KHAC",
            "04_ChuaHoanThanh!I5": date(2021, 9, 1),
        },
        [("01_CapXa!H3", "reopened")],
        WARNED,
    ),
    (
        {"04_ChuaHoanThanh!I3": date(2021, 10, 1)},
        [("04_ChuaHoanThanh!I3", "due_date_slipped")],
        WARNED,
    ),
    (
        {"01_CapXa!E3": 3, "03_ChucDanh!E3": 5},
        [("01_CapXa!E3", "unusual_change")],
        WARNED,
    ),
    (
        {"02_ThonTDP!D3": "Tổ dân phố 2", "02_ThonTDP!D4": "Tổ dân phố 1"},
        [("02_ThonTDP!D3", "name_code_mismatch"), ("02_ThonTDP!D4", "name_code_mismatch")],
        PARTIAL,
    ),
]
