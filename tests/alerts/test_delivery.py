"""Channels that fail, are killed in the middle or are not mail: nothing is lost, nothing floods."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from pydantic import SecretStr

from schemas.rows import rows_of
from schemas.settings import Settings
from tasks.alert.condition import Condition
from tasks.alert.contacts import Contacts
from tasks.alert.ledger import AlertsBusy, open_ledger
from tasks.alert.mail import MailServer, server_of
from tasks.alert.raise_alerts import raise_alerts
from tests.alerts.post_office import PostOffice, post_office, web_listener
from tests.alerts.test_raise_alerts import CLERKS, ENGINEER, at, rejected, stuck, tell

# Sends as many alerts as there are audiences, from a process that can be killed.
_PROGRAM = """
import sys
from pathlib import Path
from pydantic import SecretStr
from schemas.settings import Settings
from tests.alerts.test_raise_alerts import CLERKS, at, rejected, raise_alerts
home, smtp_url, engineers = Path(sys.argv[1]), SecretStr(sys.argv[2]), SecretStr("engineer@office.example")
sender = "de-an-21@office.example"
settings = Settings(_env_file=None, home=home, smtp_url=smtp_url, engineers=engineers, mail_from=sender)
found = [rejected(), rejected("004-a", "004", "Quận Long Biên")]
raise_alerts(settings, at("2021-04-05"), ["submission_rejected"], found, CLERKS)
"""


def waiting(settings: Settings) -> list[dict[str, object]]:
    with open_ledger(settings) as ledger:
        return rows_of(
            ledger,
            "SELECT channel, attempts, last_error, withdrawn_at FROM message "
            "WHERE sent_at IS NULL ORDER BY position",
        )


def test_a_dead_mail_server_loses_nothing_and_is_tried_once_a_run(
    settings: Settings, post: PostOffice
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        dead = settings.model_copy(
            update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{nobody.getsockname()[1]}")}
        )
        raised = tell(dead, "2021-04-05", rejected())
    assert [sent.error for sent in raised.sent] == [
        "ConnectionRefusedError: [Errno 111] Connection refused"
    ] * 2
    assert [row["attempts"] for row in waiting(settings)] == [1, 1]

    tell(settings, "2021-04-06", rejected())

    assert [to for to, _ in post.subjects()] == ["tay-ho@office.example", ENGINEER]
    assert waiting(settings) == []


def test_a_process_killed_between_sending_and_recording_sends_one_mail_again(
    settings: Settings, post: PostOffice
) -> None:
    command = [sys.executable, "-c", _PROGRAM, str(settings.home), post.url]
    sender = subprocess.Popen(command)
    post.on_mail = lambda number: os.kill(sender.pid, signal.SIGKILL) if number == 2 else None
    assert sender.wait(timeout=60) == -signal.SIGKILL
    before = [str(mail["Message-ID"]) for mail in post.mails]
    assert len(before) == 2
    post.on_mail = lambda _number: None

    tell(settings, "2021-04-05", rejected(), rejected("004-a", "004", "Quận Long Biên"))

    after = [str(mail["Message-ID"]) for mail in post.mails][2:]
    assert after[0] == before[1]
    assert len(after) == 2
    assert len({*before, *after}) == 3
    assert waiting(settings) == []


def test_an_address_that_is_refused_stops_nobody_else_and_the_engineers_hear_of_it(
    settings: Settings, post: PostOffice
) -> None:
    post.refused = {"tay-ho@office.example"}
    raised = tell(settings, "2021-04-05", rejected())
    assert [sent.error for sent in raised.sent] == ["SMTPRecipientsRefused 550", None]
    post.subjects()

    tell(settings, "2021-04-06", rejected())

    ((to, subject),) = post.subjects()
    assert (to, subject) == (ENGINEER, "Đề án 21: thông báo không gửi được qua 1 kênh")
    assert [row["attempts"] for row in waiting(settings)] == [2]

    # The office mends the address: what waits goes there, and the alert closes.
    mended = Contacts({"003": ["van-phong-tay-ho@office.example"]})
    raise_alerts(settings, at("2021-04-07"), ["submission_rejected"], [rejected()], mended)
    assert [(to, subject[:20]) for to, subject in post.subjects()] == [
        ("van-phong-tay-ho@office.example", "Đề án 21: Quận Tây H"),
        (ENGINEER, "Đề án 21: Đã xong: t"),
    ]


def test_the_returned_workbook_goes_with_the_mail_to_the_district_alone(
    settings: Settings, post: PostOffice, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Sửa ô này"
    (settings.home / "answers").mkdir(parents=True)
    book.save(settings.home / "answers" / "thang 3, đã đánh dấu.xlsx")
    found = Condition(**{**vars(rejected()), "attachments": ("answers/thang 3, đã đánh dấu.xlsx",)})

    tell(settings, "2021-04-05", found)

    (attached,) = post.mails[0].iter_attachments()
    assert attached.get_filename() == "thang 3, đã đánh dấu.xlsx"
    (tmp_path / "received.xlsx").write_bytes(attached.get_content())
    assert openpyxl.load_workbook(tmp_path / "received.xlsx").active["A1"].value == "Sửa ô này"
    assert list(post.mails[1].iter_attachments()) == []


def test_an_attachment_that_is_gone_is_said_and_the_mail_waits(settings: Settings, post: PostOffice) -> None:
    found = Condition(**{**vars(rejected()), "attachments": ("answers/003/gone.xlsx",)})
    raised = tell(settings, "2021-04-05", found)
    assert [sent.error for sent in raised.sent] == [
        "không còn tệp đính kèm / attachment gone: gone.xlsx",
        None,
    ]
    assert [to for to, _ in post.subjects()] == [ENGINEER]


def test_a_webhook_is_told_by_its_url_which_is_kept_nowhere(settings: Settings, post: PostOffice) -> None:
    with web_listener() as (port, posted):
        secret = f"json://user:secret-token@127.0.0.1:{port}/hook"
        both = settings.model_copy(update={"engineers": SecretStr(f"{secret} {ENGINEER}")})
        raise_alerts(both, at("2021-04-05"), ["cycle_stuck"], [stuck()], CLERKS)
        raise_alerts(both, at("2021-04-05"), ["cycle_stuck"], [stuck()], CLERKS)
    ((title, body),) = [(one["title"], one["message"]) for one in posted]
    assert title == "Đề án 21: chu kỳ chạy quá lâu"
    assert "Từ 01/04/2021 06:00: tiến trình 7" in body
    assert [to for to, _ in post.subjects()] == [ENGINEER]
    assert b"secret-token" not in settings.alerts.read_bytes()
    assert settings.alerts.stat().st_mode & 0o777 == 0o600


def test_a_channel_that_is_down_hinders_no_other_and_is_repeated_only_once_it_has_spoken(
    settings: Settings, post: PostOffice
) -> None:
    both = settings.model_copy(update={"engineers": SecretStr(f"json://127.0.0.1:9/ {ENGINEER}")})
    for day in ("2021-04-05", "2021-04-06"):
        raise_alerts(both, at(day), ["cycle_stuck"], [stuck()], CLERKS)
    told = [subject for _, subject in post.subjects() if "chu kỳ" in subject]
    assert told == ["Đề án 21: chu kỳ chạy quá lâu", "Đề án 21: Nhắc lại: chu kỳ chạy quá lâu"]
    stalled = [row for row in waiting(settings) if row["channel"] == "json"]
    assert [row["attempts"] for row in stalled][:1] == [2]


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize(
    ("password", "error"), [("p%40ss/w", None), ("wrong", "SMTPAuthenticationError 535")]
)
def test_it_logs_in_with_the_password_of_the_url(
    settings: Settings, password: str, error: str | None
) -> None:
    with post_office(("de-an-21", "p@ss/w")) as office:
        url = office.url.replace("smtp://", f"smtp://de-an-21:{password.replace('/', '%2F')}@")
        raised = tell(settings.model_copy(update={"smtp_url": SecretStr(url)}), "2021-04-05", rejected())
    assert [sent.error for sent in raised.sent] == [error, error]
    assert len(office.mails) == (0 if error else 2)


def test_a_ledger_that_another_program_holds_is_busy_and_nothing_is_sent(
    settings: Settings, post: PostOffice
) -> None:
    tell(settings, "2021-04-05", stuck(), cause="cycle_stuck")
    post.subjects()
    program = (
        "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(settings.alerts)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as looker:
        assert looker.stdout is not None
        assert looker.stdout.readline() == "held\n"
        with pytest.raises(AlertsBusy, match=r"alerts\.duckdb"):
            tell(settings, "2021-04-06", stuck(), cause="cycle_stuck")
        looker.communicate()
    assert post.mails == []
    tell(settings, "2021-04-06", stuck(), cause="cycle_stuck")
    assert len(post.mails) == 1


def test_a_url_nobody_understands_and_a_wrong_mail_server_are_said(settings: Settings) -> None:
    wrong = settings.model_copy(
        update={
            "engineers": SecretStr("teems://x"),
            "board": None,
            "smtp_url": SecretStr("mail.office.example"),
        }
    )
    raised = tell(wrong, "2021-04-05", rejected())
    assert [sent.error for sent in raised.sent] == [
        "SCHEME21_SMTP_URL: smtp://, smtp+starttls:// or smtps://[user:password@]host[:port]",
        "apprise không hiểu URL / apprise does not know this kind of URL",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "smtp://mail.office.example:25a",
        "smtp://mail.office.example:99999",
        "smtp://[mail.office.example",
        "smtp://mail..office.example",
        "smtp://de-an-21:m%E1%BA%ADt-kh%E1%BA%A9u@mail.office.example",
        "mailtos://de-an-21:secret@mail.office.example",
    ],
)
def test_a_mail_server_that_cannot_be_meant_is_said_and_the_message_waits(
    settings: Settings, url: str
) -> None:
    wrong = settings.model_copy(update={"smtp_url": SecretStr(url)})
    raised = tell(wrong, "2021-04-05", stuck(), cause="cycle_stuck")
    assert [sent.error for sent in raised.sent] == [
        "SCHEME21_SMTP_URL: smtp://, smtp+starttls:// or smtps://[user:password@]host[:port]"
    ]
    assert len(waiting(settings)) == 1


def test_the_url_of_a_mail_server_is_read() -> None:
    assert server_of("smtp+starttls://de-an-21:p%40ss@mail.office.example") == MailServer(
        "smtp+starttls", "mail.office.example", 587, "de-an-21", "p@ss"
    )
    assert server_of("smtp://127.0.0.1:2525") == MailServer("smtp", "127.0.0.1", 2525, "", "")


def test_what_only_prefect_can_look_up_stays_owed_and_what_waits_is_kept_untried(
    settings: Settings, post: PostOffice
) -> None:
    hidden = settings.model_copy(update={"engineers": SecretStr("secret://scheme21-engineers")})
    assert tell(hidden, "2021-04-05", stuck(), cause="cycle_stuck").sent == ()
    assert (waiting(settings), post.subjects()) == ([], [])
    down = settings.model_copy(update={"engineers": SecretStr("json://127.0.0.1:9/")})
    tell(down, "2021-04-05", stuck(), cause="cycle_stuck")
    tell(hidden, "2021-04-20", stuck(), cause="cycle_stuck")
    (kept,) = waiting(settings)
    assert (kept["attempts"], kept["withdrawn_at"]) == (1, None)


def test_mail_over_a_server_that_only_prefect_can_look_up_waits_untried(
    settings: Settings, post: PostOffice
) -> None:
    hidden = settings.model_copy(update={"smtp_url": SecretStr("secret://scheme21-mail")})
    assert tell(hidden, "2021-04-05", rejected()).sent == ()
    assert [row["attempts"] for row in waiting(settings)] == [0]
    tell(settings, "2021-04-06", rejected())
    assert [to for to, _ in post.subjects()] == [ENGINEER, "tay-ho@office.example"]
