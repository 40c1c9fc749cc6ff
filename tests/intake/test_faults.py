"""Every fault of the form's contract, put into a return without one: its name, its cell, the verdict."""

from pathlib import Path

import openpyxl
import pytest

from schemas.faults import faults_of
from schemas.settings import Settings
from tasks.bounded_reading import BoundedReader
from tasks.check_file import CheckedFile, check_file
from tests.gallery.reading import Answer, answers
from tests.intake.fault_cases import FAULTS, FAULTS_AGAINST_HISTORY, REJECTED, WARNED
from tests.intake.returns import DISTRICT, moment, spoil, whole_return


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    folder = tmp_path_factory.mktemp("faults")
    returns = {f"{n}": whole_return(folder / f"{n}.xlsx") for n in range(len(FAULTS))}
    return answers({n: spoil(path, FAULTS[int(n)][0]).read_bytes() for n, path in returns.items()})


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[str(fault)[:60] for fault in FAULTS])
def test_fault(answered: dict[str, Answer], number: int) -> None:
    _, findings, verdict = FAULTS[number]

    assert answered[f"{number}"].findings == sorted(findings)
    assert answered[f"{number}"].verdict == verdict


def test_a_return_without_a_fault_is_accepted(tmp_path: Path) -> None:
    checked = check(whole_return(tmp_path / "bao-cao.xlsx"))

    assert (checked.verdict, found(checked)) == ("accepted", [])


def test_a_unit_of_another_district_is_unknown_and_its_own_row_is_absent(tmp_path: Path) -> None:
    checked = check(spoil(whole_return(tmp_path / "r.xlsx"), {"05_DonThu!A3": "00001"}))

    assert found(checked) == [("05_DonThu!A3", "unknown_unit")]
    assert checked.findings["expected"].item().startswith("000")


def test_of_what_is_equally_near_the_first_by_code_is_offered(tmp_path: Path) -> None:
    checked = check(spoil(whole_return(tmp_path / "r.xlsx"), {"03_ChucDanh!B3": "B", "03_ChucDanh!C3": ""}))

    assert found(checked) == [("03_ChucDanh!B3", "unknown_unit")]
    assert checked.findings["expected"].item().startswith("T01 ")


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


def test_every_fault_of_the_catalogue_is_shown_here() -> None:
    by_cells = {fault for _, found, _ in (*FAULTS, *FAULTS_AGAINST_HISTORY) for _, fault in found}

    assert set(faults_of("return")) - by_cells == {
        *("unreadable_file", "missing_sheet", "missing_column"),  # above
        "unit_not_reported",  # against history
    }


def check(path: Path) -> CheckedFile:
    settings = Settings(_env_file=None)
    with BoundedReader(settings) as reader:
        return check_file(path, settings, moment("2021-04-03"), reader, DISTRICT)


def found(checked: CheckedFile) -> list[tuple[str, str]]:
    lines = checked.findings[["source_sheet", "cell", "fault"]].fillna("")
    places = lines["source_sheet"] + "!" + lines["cell"]
    return sorted(zip(places.where(lines["cell"] != "", ""), lines["fault"], strict=True))
