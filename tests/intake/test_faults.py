"""Every fault of the form's contract, put into a return without one: its name, its cell, the verdict."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from schemas.faults import catalogue
from schemas.settings import Settings
from tasks.check_file import CheckedFile, check_file
from tests.intake.returns import DISTRICT, Office, moment, spoil, whole_return

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
    ({"04_ChuaHoanThanh!B4": "00109-009"}, None, PARTIAL),
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


@pytest.mark.parametrize(("cells", "findings", "verdict"), FAULTS, ids=lambda v: str(v)[:60])
def test_fault(tmp_path: Path, cells: dict[str, Any], findings: Any, verdict: str) -> None:
    checked = check(spoil(whole_return(tmp_path / "bao-cao.xlsx"), cells))

    if findings is None:
        findings = [
            ("04_ChuaHoanThanh!B4", "unknown_unit"),
            ("02_ThonTDP!I16", "backlog_missing"),
        ]
    assert found(checked) == sorted(findings)
    assert checked.verdict == verdict


def test_a_return_without_a_fault_is_accepted(tmp_path: Path) -> None:
    checked = check(whole_return(tmp_path / "bao-cao.xlsx"))

    assert (checked.verdict, found(checked)) == ("accepted", [])


def test_a_unit_of_another_district_is_unknown_and_its_own_row_is_absent(tmp_path: Path) -> None:
    checked = check(spoil(whole_return(tmp_path / "r.xlsx"), {"05_DonThu!A3": "00001"}))

    assert found(checked) == [("05_DonThu!A3", "unknown_unit")]
    assert checked.findings["expected"].item().startswith("000")


def test_a_code_that_lost_its_zeros_is_restored_and_recorded(tmp_path: Path) -> None:
    checked = check(spoil(whole_return(tmp_path / "r.xlsx"), {"01_CapXa!A3": 91}))

    assert checked.verdict == "accepted"
    assert checked.repairs.to_dict("records") == [
        {
            "submission_id": checked.repairs["submission_id"].item(),
            "source_sheet": "01_CapXa",
            "cell": "A3",
            "method": "leading_zeros",
            "original": "91.0",
            "result": "00091",
        }
    ]


def test_a_missing_sheet_is_named_once_and_echoes_nowhere(tmp_path: Path) -> None:
    path = whole_return(tmp_path / "r.xlsx")
    workbook = openpyxl.load_workbook(path)
    del workbook["02_ThonTDP"]
    workbook.save(path)

    checked = check(path)

    assert found(checked) == [("", "missing_sheet")]
    assert checked.findings["expected"].item() == "02_ThonTDP"
    assert checked.verdict == REJECTED


def test_a_second_sheet_00_is_outside_the_form(tmp_path: Path) -> None:
    path = whole_return(tmp_path / "r.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.copy_worksheet(workbook["00_ThongTin"]).title = "00 (2)"
    workbook.save(path)

    checked = check(path)

    assert found(checked) == [("00 (2)!A1", "extra_column")]
    assert checked.verdict == WARNED


def test_a_missing_column_is_named_with_the_nearest_header(tmp_path: Path) -> None:
    checked = check(spoil(whole_return(tmp_path / "r.xlsx"), {"01_CapXa!J2": "Số quyêt đinh HT"}))

    assert [f for f in found(checked) if f[1] == "missing_column"] == [("01_CapXa!A2", "missing_column")]
    missing = checked.findings[checked.findings["fault"] == "missing_column"]
    assert (missing["expected"].item(), missing["value"].item()) == ("Số quyết định", "Số quyêt đinh HT")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "rỗng"),
        (b"PK\x03\x04 cut short", "hỏng"),
        (b"\x89PNG\r\n\x1a\n a picture", "không phải tệp bảng tính"),
    ],
)
def test_an_unreadable_file_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "bao-cao.xlsx"
    path.write_bytes(content)

    checked = check(path)

    assert [fault for _, fault in found(checked)] == ["unreadable_file"]
    assert reason in checked.findings["remedy_vi"].item()
    assert checked.verdict == REJECTED


def test_a_truncated_workbook_is_unreadable(tmp_path: Path) -> None:
    path = whole_return(tmp_path / "bao-cao.xlsx")
    path.write_bytes(path.read_bytes()[:6000])

    assert [fault for _, fault in found(check(path))] == ["unreadable_file"]


class TestAgainstHistory:
    """Faults that only show against what was accepted before."""

    @pytest.fixture
    def office(self, tmp_path: Path) -> Office:
        office = Office(tmp_path)
        office.send(whole_return(tmp_path / "2021-03.xlsx"), moment("2021-04-02"))
        assert [o.verdict for o in office.take_in(moment("2021-04-06"))] == ["accepted"]
        return office

    def april(self, tmp_path: Path, cells: dict[str, Any]) -> Path:
        path = whole_return(
            tmp_path / "2021-04.xlsx", with_ids=True, period="2021-04", as_of=date(2021, 4, 30)
        )
        carried = {"05_DonThu!C3": 2, "05_DonThu!F3": 3}
        return spoil(path, carried | cells)

    @pytest.mark.parametrize(
        ("cells", "findings", "verdict"),
        [
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
        ],
        ids=lambda v: str(v)[:60],
    )
    def test_fault(
        self, office: Office, tmp_path: Path, cells: dict[str, Any], findings: Any, verdict: str
    ) -> None:
        office.send(self.april(tmp_path, cells), moment("2021-05-03"))

        (outcome,) = office.take_in(moment("2021-05-06"))

        said = office.rows(
            f"SELECT source_sheet || '!' || cell, fault FROM ledger.finding "
            f"WHERE submission_id = '{outcome.submission_id}' ORDER BY ALL"
        )
        assert said == sorted(findings)
        assert outcome.verdict == verdict

    def test_an_absent_village_keeps_its_status_and_is_named(self, office: Office, tmp_path: Path) -> None:
        path = self.april(tmp_path, {"02_ThonTDP!B4": "99999"})
        office.send(path, moment("2021-05-03"))

        (outcome,) = office.take_in(moment("2021-05-06"))

        faults = office.rows(
            "SELECT fault, expected FROM ledger.finding "
            f"WHERE submission_id = '{outcome.submission_id}' ORDER BY ALL"
        )
        assert ("unit_not_reported", "00091-002 Tổ dân phố 2") in faults
        assert "unknown_unit" in {fault for fault, _ in faults}

    def test_a_sequence_must_rise(self, office: Office, tmp_path: Path) -> None:
        same_seq = spoil(whole_return(tmp_path / "again.xlsx"), {"01_CapXa!K3": "đã rà soát"})
        office.send(same_seq, moment("2021-04-07"))

        (outcome,) = office.take_in(moment("2021-04-08"))

        assert outcome.verdict == REJECTED
        assert office.rows(
            "SELECT fault, cell, expected FROM ledger.finding "
            f"WHERE submission_id = '{outcome.submission_id}'"
        ) == [("stale_sequence", "B6", "từ 2 trở lên")]

    def test_a_locked_period_needs_an_exception(self, office: Office, tmp_path: Path) -> None:
        late = self.april(tmp_path, {})
        office.send(late, moment("2021-05-21"))
        assert [o.verdict for o in office.take_in(moment("2021-05-22"))] == [REJECTED]

        office.rows(
            "INSERT INTO ledger.exception VALUES ('003', '2021-04', 'late_return', 'lũ lụt', 'Ban Tổ chức', "
            "'2021-05-22 00:00:00+07', '2021-05-31 00:00:00+07') RETURNING district_code"
        )
        office.send(late, moment("2021-05-23"))

        assert [o.verdict for o in office.take_in(moment("2021-05-24"))] == ["accepted"]


def test_every_fault_of_the_catalogue_is_shown_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")

    assert [name for name in catalogue() if f'"{name}"' not in source] == []


def check(path: Path) -> CheckedFile:
    return check_file(path, Settings(_env_file=None), moment("2021-04-03"), DISTRICT)


def found(checked: CheckedFile) -> list[tuple[str, str]]:
    lines = checked.findings[["source_sheet", "cell", "fault"]].fillna("")
    places = lines["source_sheet"] + "!" + lines["cell"]
    return sorted(zip(places.where(lines["cell"] != "", ""), lines["fault"], strict=True))
