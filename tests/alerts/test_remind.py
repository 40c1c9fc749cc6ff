"""Reminders: who owes a return gets the form filled in, once before and once after the due date."""

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest

from schemas.exceptions import PeriodException
from schemas.settings import Settings
from tasks.exceptions import record_exception
from tasks.remind import Reminded, remind
from tests.alerts.literal_release import publish
from tests.alerts.post_office import PostOffice, text_of
from tests.intake.returns import Office, moment, whole_return
from warehouse.connection import open_warehouse

_OWING = ("003", "004", "005", "006")


class OwingOffice(Office):
    """Four districts owe April, the others are exempt.

    003 gave its address in March, 004 is in the office's own list, of 005 and 006 there is none.
    """

    def prepare(self, folder: Path) -> None:
        self.send(whole_return(folder / "003-2021-03.xlsx"), moment("2021-04-02"))
        self.take_in(moment("2021-05-01"))
        contacts = "district_code,email\n004,long-bien@office.example\n"
        self.settings.contacts.write_text(contacts, encoding="utf-8")
        found = self.rows("SELECT DISTINCT district_code FROM ledger.obligation")
        for code in {code for (code,) in found} - set(_OWING):
            record_exception(self.settings, exemption(code))

    def remind(self, day: str) -> Reminded:
        with open_warehouse(self.settings.warehouse, self.settings.time_zone) as warehouse:
            return remind(warehouse, self.settings, moment(day))


def exemption(code: str) -> PeriodException:
    return PeriodException(
        kind="exempt",
        district_code=code,
        period="2021-04",
        reason="thử",
        granted_by="thử",
        granted_at=moment("2021-03-01"),
        expires_at=moment("2022-01-01"),
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of such an office, made once."""
    folder = tmp_path_factory.mktemp("owing")
    OwingOffice(folder).prepare(folder)
    return folder / "home"


@pytest.fixture
def office(tmp_path: Path, settings: Settings, prepared: Path) -> OwingOffice:
    made = OwingOffice(tmp_path)
    made.settings = settings
    shutil.copytree(prepared, settings.home, dirs_exist_ok=True)
    return made


def unreported(reminded: Reminded) -> list[tuple[str, str | None]]:
    return [(row["district_code"], row["cause"]) for row in reminded.unreported]


def test_each_is_reminded_once_before_and_once_after_the_due_date(
    office: OwingOffice, post: PostOffice
) -> None:
    assert unreported(office.remind("2021-05-01 23:59")) == []
    first = office.remind("2021-05-02 00:00")
    assert unreported(first) == [(code, "reminder_before") for code in _OWING]
    before = post.subjects()
    assert [to for to, _ in before] == ["clerk@example.invalid", "long-bien@office.example"]
    assert before[1][1] == "Đề án 21: Quận Long Biên: báo cáo kỳ 2021-04 đến hạn 05/05/2021 23:59"
    assert unreported(office.remind("2021-05-06")) == [(code, None) for code in _OWING]
    office.remind("2021-05-05 22:00")
    assert post.subjects() == []
    office.remind("2021-05-08")
    office.remind("2021-05-09")
    after = post.subjects()
    assert [to for to, _ in after] == ["clerk@example.invalid", "long-bien@office.example"]
    assert after[1][1] == "Đề án 21: Quận Long Biên: báo cáo kỳ 2021-04 đã quá hạn, khóa lúc 20/05/2021 23:59"
    assert unreported(office.remind("2021-05-21")) == []


def test_the_form_that_goes_with_it_is_filled_in(
    office: OwingOffice, post: PostOffice, tmp_path: Path
) -> None:
    office.remind("2021-05-03")
    (attached,) = post.mails[0].iter_attachments()
    assert attached.get_filename() == "003-2021-04.xlsx"
    (tmp_path / "received.xlsx").write_bytes(attached.get_content())
    form = openpyxl.load_workbook(tmp_path / "received.xlsx")
    assert [form["00_ThongTin"][cell].value for cell in ("B2", "B4", "B6")] == ["003", "2021-04", 1]
    assert form["02_ThonTDP"]["A3"].value == "00091-001"
    assert "Kèm theo / attached: 003-2021-04.xlsx" in text_of(post.mails[0])


def test_who_has_sent_something_is_left_in_peace(office: OwingOffice, post: PostOffice) -> None:
    office.send(office.settings.home / "contacts.csv", moment("2021-05-02"), district="004")
    assert [code for code, _ in unreported(office.remind("2021-05-03"))] == ["003", "005", "006"]
    # It is no workbook: once that was found out, the district is told again.
    office.take_in(moment("2021-05-03"))
    assert [code for code, _ in unreported(office.remind("2021-05-04"))] == list(_OWING)
    assert [to for to, _ in post.subjects()] == ["clerk@example.invalid", "long-bien@office.example"]


def test_the_lists_are_for_a_clerk_without_mail_and_hold_no_address(office: OwingOffice) -> None:
    text, table = office.remind("2021-05-03").lists
    assert text.read_text(encoding="utf-8").splitlines() == [
        "Chưa có báo cáo kỳ 2021-04, đến 00:00 ngày 03/05/2021 / not reported: 4",
        "Hạn nộp 05/05/2021 23:59; khóa kỳ 20/05/2021 23:59",
        "",
        "003  Quận Tây Hồ: chưa nộp; nhắc trước hạn; địa chỉ thư: có",
        "004  Quận Long Biên: chưa nộp; nhắc trước hạn; địa chỉ thư: có",
        "005  Quận Cầu Giấy: chưa nộp; nhắc trước hạn; địa chỉ thư: không có: báo bằng cách khác",
        "006  Quận Đống Đa: chưa nộp; nhắc trước hạn; địa chỉ thư: không có: báo bằng cách khác",
    ]
    with table.open(encoding="utf-8-sig", newline="") as file:
        (first, *_) = csv.DictReader(file)
    assert list(first.values()) == [
        "2021-04",
        "003",
        "Quận Tây Hồ",
        "chưa nộp",
        "05/05/2021 23:59",
        "20/05/2021 23:59",
        "nhắc trước hạn",
        "có",
    ]
    assert sorted(path.name for path in (office.settings.reminders / "2021-04").iterdir()) == [
        f"{code}-2021-04.xlsx" for code in _OWING
    ]


def test_nobody_is_reminded_once_the_scheme_is_complete(office: OwingOffice, post: PostOffice) -> None:
    publish(office.settings, completion=["(true, '2021-03')"])
    assert unreported(office.remind("2021-05-03")) == []
    assert post.mails == []
