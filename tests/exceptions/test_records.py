"""Exceptions as records of the archive: granted, refused, ended, listed, and equal after a rebuild."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.command_line import app
from flows.exits import Exit
from schemas.settings import Settings
from tasks.exceptions import listed_exceptions
from tests.intake.returns import Office, moment, spoil, whole_return

WHO = ("--reason", "Lũ lụt", "--by", "Ban Tổ chức Thành ủy")
NOW = ("--now", "2021-05-22T08:00")
JUNE = ("--until", "2021-06-30")


def invoke(home: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*arguments, "--home", str(home)], env={"COLUMNS": "400"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def granted(home: Path, *arguments: str) -> str:
    code, said = invoke(home, *arguments)
    assert code == Exit.OK, said
    return said.splitlines()[0].removeprefix("Đã ghi / recorded: ")


def states(home: Path, at: str) -> list[tuple[Any, ...]]:
    rows = listed_exceptions(Settings(home=home), moment(at))
    return [(row["kind"], row["state"]) for row in rows]


def test_a_record_says_what_who_why_and_until_when(tmp_path: Path) -> None:
    exempted = granted(tmp_path, "exempt", "250", "2021-04", *WHO, *JUNE, *NOW)

    (path,) = (tmp_path / "archive" / "exceptions").iterdir()
    assert path.name == f"{exempted}.json"
    assert json.loads(path.read_bytes()) == {
        "kind": "exempt",
        "district_code": "250",
        "period": "2021-04",
        "reason": "Lũ lụt",
        "granted_by": "Ban Tổ chức Thành ủy",
        "granted_at": "2021-05-22T08:00:00+07:00",
        "expires_at": "2021-06-30T23:59:59+07:00",
    }


def test_it_ends_by_itself_or_by_a_later_record(tmp_path: Path) -> None:
    exempted = granted(tmp_path, "exempt", "250", "2021-04", *WHO, *JUNE, *NOW)
    granted(tmp_path, "reopen-period", "003", "2021-04", *WHO, "--until", "2021-05-31", *NOW)
    granted(tmp_path, "waive", "coverage_of_units", "--district", "001", *WHO, *JUNE, *NOW)
    granted(tmp_path, "revoke", exempted, *WHO, "--now", "2021-05-25T12:00")

    assert states(tmp_path, "2021-05-22T07:59") == []
    assert set(states(tmp_path, "2021-05-25T11:59")) == {
        ("exempt", "in_force"),
        ("late_return", "in_force"),
        ("waiver", "in_force"),
    }
    assert set(states(tmp_path, "2021-05-31T23:59:59")) == {
        ("exempt", "revoked"),
        ("late_return", "in_force"),
        ("waiver", "in_force"),
    }
    assert set(states(tmp_path, "2021-07-01")) == {
        ("exempt", "revoked"),
        ("late_return", "expired"),
        ("waiver", "expired"),
    }


def test_exceptions_lists_those_in_force_and_past(tmp_path: Path) -> None:
    assert invoke(tmp_path, "exceptions") == (Exit.OK, "0 đang có hiệu lực / in force; 0 đã qua / past\n")
    granted(tmp_path, "exempt", "250", "2021-04", *WHO, *JUNE, *NOW)

    code, said = invoke(tmp_path, "exceptions", "--now", "2021-07-01")

    assert code == Exit.OK
    assert "0 đang có hiệu lực / in force; 1 đã qua / past" in said
    for part in (
        "Miễn báo cáo",
        "250 Huyện Mê Linh",
        "2021-04",
        "Lũ lụt",
        "Đã hết hạn / expired",
        "30/06/2021 23:59",
    ):
        assert part in said


REFUSED = [
    (("exempt", "999", "2021-04", *JUNE), "999: không có mã này trong danh mục"),
    (("exempt", "001", "2021-13", *JUNE), "'2021-13': kỳ viết dạng năm-tháng"),
    (("exempt", "001", "2021-02", *JUNE), "trước kỳ gốc / before the baseline 2021-03"),
    (("exempt", "001", "2021-04", "--until", "2021-05-21"), "--until 21/05/2021: đã qua"),
    (("exempt", "001", "2021-05", "--until", "2021-06-05"), "kỳ 2021-05 đến hạn 05/06/2021"),
    (("reopen-period", "001", "2021-05", "--until", "2021-06-20"), "kỳ 2021-05 khóa lúc 20/06/2021"),
    (("exempt", "001", "2021-04", "--until", "mai"), "'mai'"),
    (("waive", "no_such_thing", *JUNE), "no_such_thing: không có kỳ vọng này"),
    (("waive", "posts_add_up", "--unit", "99999", *JUNE), "99999: không có mã này trong danh mục"),
    (("waive", "posts_add_up", "--unit", "00004-x", *JUNE), "00004-x: mã viết như"),
    (("waive", "posts_add_up", "--unit", "00004", "--district", "001", *JUNE), "chỉ ghi một"),
    (("revoke", "exempt-00000000"), "exempt-00000000: không có ngoại lệ này"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED, ids=lambda value: " ".join(value)[:40])
def test_what_cannot_be_granted_is_refused_and_nothing_recorded(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, said = invoke(tmp_path, *arguments, *WHO, *NOW)

    assert code == Exit.USAGE
    assert words in " ".join(said.replace("│", " ").split())
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("empty", ["--reason", "--by"])
def test_who_and_why_must_be_said(tmp_path: Path, empty: str) -> None:
    said_so = [*WHO]
    said_so[said_so.index(empty) + 1] = "  "

    code, said = invoke(tmp_path, "exempt", "001", "2021-04", *said_so, *JUNE, *NOW)

    assert (code, f"{empty}: không được bỏ trống" in said) == (Exit.USAGE, True)


def test_what_has_ended_is_not_revoked_again(tmp_path: Path) -> None:
    exempted = granted(tmp_path, "exempt", "250", "2021-04", *WHO, *JUNE, *NOW)
    granted(tmp_path, "revoke", exempted, *WHO, "--now", "2021-05-25")

    code, said = invoke(tmp_path, "revoke", exempted, *WHO, "--now", "2021-05-26")

    assert (code, "has ended already (revoked)" in said) == (Exit.USAGE, True)


def test_a_record_that_was_changed_is_named(tmp_path: Path) -> None:
    exempted = granted(tmp_path, "exempt", "250", "2021-04", *WHO, *JUNE, *NOW)
    path = tmp_path / "archive" / "exceptions" / f"{exempted}.json"
    path.write_text(path.read_text(encoding="utf-8").replace("2021-06-30", "2031-06-30"), encoding="utf-8")

    code, said = invoke(tmp_path, "exceptions")

    assert code == Exit.UNREADABLE
    assert f"{exempted}.json; lấy lại từ bản sao lưu" in said


def test_a_reopened_period_takes_the_same_file_again_and_a_rebuild_judges_alike(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.send(whole_return(tmp_path / "march.xlsx"), moment("2021-04-03"))
    late = whole_return(tmp_path / "april.xlsx", with_ids=True, period="2021-04", as_of=date(2021, 4, 30))
    # Petitions carried over from March.
    spoil(late, {"05_DonThu!C3": 2, "05_DonThu!F3": 3})
    office.send(late, moment("2021-05-21"))
    office.take_in(moment("2021-05-22"))
    granted(office.settings.home, "reopen-period", "003", "2021-04", *WHO, "--until", "2021-05-24", *NOW)
    office.send(late, moment("2021-05-24T23:59:59"))
    office.take_in(moment("2021-05-25"))
    office.send(late, moment("2021-05-25T09:00"), name="quá hạn.xlsx")
    office.take_in(moment("2021-05-26"))
    judged = "SELECT received_at::DATE::VARCHAR, verdict FROM ledger.submission ORDER BY received_at"
    verdicts, kept = office.rows(judged), office.rows("FROM ledger.exception")

    assert verdicts == [
        ("2021-04-03", "accepted"),
        ("2021-05-21", "rejected"),
        ("2021-05-24", "accepted"),
        ("2021-05-25", "duplicate"),
    ]
    office.settings.warehouse.unlink()
    office.take_in(moment("2021-05-26"))
    assert office.rows(judged) == verdicts
    assert office.rows("FROM ledger.exception") == kept
