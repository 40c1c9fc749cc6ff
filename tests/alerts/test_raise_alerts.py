"""One cause and subject is one alert: said once, again after its interval, escalated, closed with a word."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from schemas.alerts import BOARD, DISTRICT, causes
from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.alert.condition import Condition, Raised
from tasks.alert.contacts import Contacts
from tasks.alert.ledger import open_ledger, statement
from tasks.alert.raise_alerts import raise_alerts
from tests.alerts.post_office import PostOffice, page_of, text_of

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CLERKS = Contacts({"003": ["tay-ho@office.example"], "004": ["long-bien@office.example"]})
ENGINEER, BOARD_ADDRESS = "engineer@office.example", "board@office.example"


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=HANOI)


def rejected(submission: str = "003-a", district: str = "003", name: str = "Quận Tây Hồ") -> Condition:
    return Condition(
        cause="submission_rejected",
        subject=f"{district}/2021-03",
        district_code=district,
        news=submission,
        facts={
            "district_code": district,
            "district_name": name,
            "period": "2021-03",
            "file_name": "thang 3.xlsx",
            "submission_id": submission,
            "received": "04/04/2021 09:00",
            "mends": [{"place": "00_ThongTin!B4", "fault": "bad_period", "vi": "Sửa kỳ.", "en": "Mend it."}],
        },
    )


def stuck() -> Condition:
    facts = {"since": "01/04/2021 06:00", "detail_vi": "tiến trình 7", "detail_en": "process 7"}
    return Condition("cycle_stuck", "cycle", facts=facts)


def tell(settings: Settings, day: str, *found: Condition, cause: str = "submission_rejected") -> Raised:
    return raise_alerts(settings, at(day), [cause], found, CLERKS)


def changes(raised: Raised) -> list[tuple[str, str]]:
    return [(change.change, change.subject) for change in raised.changes]


def test_a_cause_that_holds_is_told_once(settings: Settings, post: PostOffice) -> None:
    assert changes(tell(settings, "2021-04-05", rejected())) == [("opened", "003/2021-03")]
    assert post.subjects() == [
        ("tay-ho@office.example", "Đề án 21: Quận Tây Hồ, kỳ 2021-03: tệp báo cáo bị trả lại"),
        (ENGINEER, "Đề án 21: 1 tệp báo cáo bị trả lại, kỳ 2021-03"),
    ]
    assert changes(tell(settings, "2021-04-06", rejected())) == [("held", "003/2021-03")]
    assert post.subjects() == []


def test_alerts_that_are_due_together_are_one_message_but_for_districts(
    settings: Settings, post: PostOffice
) -> None:
    tell(settings, "2021-04-05", rejected(), rejected("004-a", "004", "Quận Long Biên"))
    assert [to for to, _ in post.subjects()] == [
        "tay-ho@office.example",
        "long-bien@office.example",
        ENGINEER,
    ]


def test_it_is_repeated_after_its_interval_and_not_before(settings: Settings, post: PostOffice) -> None:
    tell(settings, "2021-04-05", stuck(), cause="cycle_stuck")
    tell(settings, "2021-04-05 23:59", stuck(), cause="cycle_stuck")
    assert [subject for _, subject in post.subjects()] == ["Đề án 21: chu kỳ chạy quá lâu"]
    tell(settings, "2021-04-06", stuck(), cause="cycle_stuck")
    assert post.subjects() == [(ENGINEER, "Đề án 21: Nhắc lại: chu kỳ chạy quá lâu")]


def test_news_of_the_same_subject_is_told_at_once(settings: Settings, post: PostOffice) -> None:
    tell(settings, "2021-04-05", rejected("003-a"))
    post.subjects()
    tell(settings, "2021-04-06", rejected("003-b"))
    assert [to for to, _ in post.subjects()] == ["tay-ho@office.example", ENGINEER]


def test_it_is_escalated_when_it_has_stood_too_long(settings: Settings, post: PostOffice) -> None:
    tell(settings, "2021-04-05", rejected())
    tell(settings, "2021-04-14 23:59", rejected())
    assert BOARD_ADDRESS not in [to for to, _ in post.subjects()]
    tell(settings, "2021-04-15", rejected())
    assert post.subjects() == [
        (BOARD_ADDRESS, "Đề án 21: Kéo dài: 1 đơn vị chưa gửi lại báo cáo bị trả lại, kỳ 2021-03")
    ]
    with open_ledger(settings) as ledger:
        (listed,) = rows_of(ledger, statement("listing"))
    assert listed["escalated_at"] == at("2021-04-15")


def test_it_closes_by_itself_with_a_word_to_those_who_were_told(settings: Settings, post: PostOffice) -> None:
    tell(settings, "2021-04-05", rejected())
    post.subjects()
    assert changes(tell(settings, "2021-04-06")) == [("closed", "003/2021-03")]
    assert "Đã có tệp gửi sau thay cho tệp bị trả lại này." in page_of(post.mails[0])
    assert post.subjects() == [
        ("tay-ho@office.example", "Đề án 21: Đã xong: Quận Tây Hồ, kỳ 2021-03: tệp báo cáo bị trả lại"),
        (ENGINEER, "Đề án 21: Đã xong: 1 tệp báo cáo bị trả lại, kỳ 2021-03"),
    ]
    assert changes(tell(settings, "2021-04-07")) == []
    assert post.subjects() == []
    assert changes(tell(settings, "2021-04-08", rejected())) == [("opened", "003/2021-03")]
    assert len(post.subjects()) == 2


def test_a_reminder_is_said_once_even_when_it_ceased_to_hold_in_between(
    settings: Settings, post: PostOffice
) -> None:
    facts = {
        "district_name": "Quận Tây Hồ",
        "period": "2021-04",
        "due": "d",
        "lock": "l",
        "was_rejected": False,
    }
    owed = Condition("reminder_before", "003/2021-04", "003", facts=facts)
    for day, found in (("2021-05-02", [owed]), ("2021-05-03", []), ("2021-05-04", [owed])):
        tell(settings, day, *found, cause="reminder_before")
    assert len(post.subjects()) == 1


def test_a_cause_that_was_not_evaluated_is_left_as_it_is(settings: Settings, post: PostOffice) -> None:
    tell(settings, "2021-04-05", rejected())
    assert changes(tell(settings, "2021-04-06", cause="cycle_stuck")) == []


def test_the_past_raises_no_alarm_and_closes_nothing(settings: Settings, post: PostOffice) -> None:
    tell(settings, "2021-04-05", rejected())
    post.subjects()
    assert changes(tell(settings, "2021-04-04")) == []
    assert changes(tell(settings, "2021-04-04", rejected("004-a", "004"))) == []
    assert post.subjects() == []


def owing(cause: str) -> Condition:
    facts = {
        "district_name": "Quận Tây Hồ",
        "period": "2021-04",
        "due": "d",
        "lock": "l",
        "was_rejected": False,
    }
    return Condition(cause, "003/2021-04", "003", facts=facts)


def test_a_return_that_locks_is_told_by_its_lock_alone(settings: Settings, post: PostOffice) -> None:
    both = ["return_missing", "return_locked"]

    def day(day: str, *found: Condition) -> list[str]:
        raise_alerts(settings, at(day), both, found, CLERKS)
        return [title for to, title in post.subjects() if to == "tay-ho@office.example"]

    assert day("2021-05-06", owing("return_missing")) == ["Đề án 21: Quận Tây Hồ: quá hạn báo cáo kỳ 2021-04"]
    locked = "Đề án 21: Quận Tây Hồ: kỳ 2021-04 đã khóa, chưa có báo cáo"
    assert day("2021-05-21", owing("return_locked")) == [locked]
    assert day("2021-05-22", owing("return_locked")) == []
    assert day("2021-05-23") == []


def test_a_return_owed_no_more_is_closed_in_words_true_of_an_exemption_too(
    settings: Settings, post: PostOffice
) -> None:
    tell(settings, "2021-05-06", owing("return_missing"), cause="return_missing")
    post.subjects()
    tell(settings, "2021-05-07", cause="return_missing")
    (mail,) = post.mails
    assert "Đơn vị không còn nợ báo cáo kỳ này" in page_of(mail)


def test_a_moment_yet_to_come_says_nothing_and_mutes_nothing(settings: Settings, post: PostOffice) -> None:
    for silent in (False, True):
        ahead = raise_alerts(
            settings, at("2999-04-05"), ["submission_rejected"], [rejected()], CLERKS, silent=silent
        )
        assert ahead == Raised(passed_over=("submission_rejected",))
    assert post.subjects() == []
    assert changes(tell(settings, "2021-04-05", rejected())) == [("opened", "003/2021-03")]


def test_a_clock_that_ran_ahead_mutes_nothing_once_it_is_put_back(settings: Settings) -> None:
    with open_ledger(settings) as ledger:
        ledger.execute("INSERT INTO evaluation VALUES ('submission_rejected', TIMESTAMPTZ '2999-01-01')")
    raised = tell(settings, "2021-04-05", rejected())
    assert (changes(raised), raised.passed_over) == ([("opened", "003/2021-03")], ())


def test_what_is_passed_over_is_said(settings: Settings) -> None:
    tell(settings, "2021-04-05", rejected())
    assert tell(settings, "2021-04-04", rejected()).passed_over == ("submission_rejected",)


def test_no_file_that_holds_addresses_is_for_others_to_read(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "before").touch()
    with open_ledger(settings) as ledger:
        ledger.execute("INSERT INTO evaluation VALUES ('submission_rejected', now())")
        modes = {path.name: path.stat().st_mode & 0o777 for path in settings.home.glob("alerts.duckdb*")}
    assert modes == {"alerts.duckdb": 0o600, "alerts.duckdb.wal": 0o600}
    (settings.home / "after").touch()
    assert (settings.home / "after").stat().st_mode == (settings.home / "before").stat().st_mode


def test_silence_records_and_whoever_is_told_later_hears_what_still_stands(
    settings: Settings, post: PostOffice
) -> None:
    quiet = raise_alerts(
        settings, at("2021-04-05"), ["submission_rejected"], [rejected()], CLERKS, silent=True
    )
    assert (changes(quiet), quiet.sent, post.subjects()) == ([("opened", "003/2021-03")], (), [])
    tell(settings, "2021-04-06", rejected())
    assert len(post.subjects()) == 2


def test_whom_nobody_gave_an_address_for_is_told_when_there_is_one(
    settings: Settings, post: PostOffice
) -> None:
    elsewhere = rejected("006-a", "006", "Quận Đống Đa")
    tell(settings, "2021-04-05", elsewhere)
    assert [to for to, _ in post.subjects()] == [ENGINEER]
    found = Contacts({"006": ["dong-da@office.example"]})
    raise_alerts(settings, at("2021-04-06"), ["submission_rejected"], [elsewhere], found)
    assert [to for to, _ in post.subjects()] == ["dong-da@office.example"]


def test_a_mail_says_in_both_languages_and_in_both_parts_what_to_mend(
    settings: Settings, post: PostOffice
) -> None:
    hostile = rejected(name="Quận <b>Tây Hồ</b>")
    tell(settings, "2021-04-05", Condition(**{**vars(hostile), "is_simulated": True}))
    mail = post.mails[0]
    for part in (text_of(mail), page_of(mail)):
        for words in (
            "SỐ LIỆU MÔ PHỎNG",
            "00_ThongTin!B4: Sửa kỳ.",
            "00_ThongTin!B4: Mend it.",
            "thang 3.xlsx",
        ):
            assert words in part
    assert "Quận &lt;b&gt;Tây Hồ&lt;/b&gt;" in page_of(mail)
    assert str(mail["Subject"]).startswith("[SỐ LIỆU MÔ PHỎNG] Đề án 21: ")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(mail["From"]) == "Đề án 21 <de-an-21@office.example>"
    # What is to be mended is the district's business; the engineers have the receipts.
    assert "Sửa kỳ." not in text_of(post.mails[1])


@pytest.mark.parametrize("name", list(causes()))
def test_every_cause_has_all_its_words(name: str) -> None:
    cause = causes()[name]
    assert cause.tellings
    assert len({telling.audience for telling in cause.tellings}) == len(cause.tellings)
    for telling in cause.tellings:
        assert telling.audience in {DISTRICT, BOARD, "engineers"}
        for kind in ("title", "line", "ask"):
            assert getattr(telling, f"{kind}_vi")
            assert getattr(telling, f"{kind}_en")
        assert bool(telling.closing_vi) == bool(telling.closing_en)


def test_what_was_sent_long_ago_names_nobody_any_more_and_is_still_counted(
    settings: Settings, post: PostOffice
) -> None:
    kept = settings.model_copy(update={"messages_kept_days": 30})
    tell(kept, "2021-04-05", rejected())
    sent = len(post.mails)
    tell(kept, "2021-05-05")
    with open_ledger(kept) as ledger:
        [(named,)] = ledger.execute("SELECT count(*) FROM message WHERE recipient LIKE '%@%'").fetchall()

    tell(kept, "2021-05-06")

    with open_ledger(kept) as ledger:
        told = rows_of(ledger, "SELECT recipient || title || text || html AS said, sent_at FROM message")
        listed = rows_of(ledger, statement("listing"))
    assert named == len(told) > sent
    assert [row["sent_at"].date().isoformat() for row in told if row["said"] == ""] == ["2021-04-05"] * sent
    assert listed[0]["times_sent"] == len(told)
