"""What gives cause for alarm: literal rows of warehouse and release in, conditions out."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import duckdb
import pytest

from schemas.settings import Settings
from tasks.alert.condition import Condition
from tasks.alert.contacts import Contacts, contacts_of
from tasks.alert.evaluate import evaluate, to_evaluate
from tasks.obligations import open_obligations
from tests.alerts.literal_release import publish
from warehouse.connection import open_warehouse
from warehouse.known_register import know_districts, know_register

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2021, 6, 6, 7, tzinfo=HANOI)
NO_CODE = "Dòng 3: cột district_code không phải mã ba chữ số"
_SUBMISSION = "submission_id, district_code, received_at, verdict, period, seq, contact_email"


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(None, "Asia/Ho_Chi_Minh") as opened:
        yield opened


def found(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, cause: str, is_refused: bool = False
) -> list[Condition]:
    open_obligations(warehouse, settings, NOW)
    know_register(warehouse, NOW, settings)
    contacts = contacts_of(warehouse, settings)
    return evaluate(warehouse, settings, [cause], contacts, run_id="run-9", is_refused=is_refused)


def submit(warehouse: duckdb.DuckDBPyConnection, *rows: str) -> None:
    """Rows of ledger.submission, each the values of _SUBMISSION."""
    for row in rows:
        warehouse.execute(
            f"""
            INSERT INTO ledger.submission BY NAME
            SELECT *, received_at AS known_at, 'run-1' AS run_id, 'tep.xlsx' AS file_name,
                submission_id AS sha256, 9 AS size_bytes, true AS is_simulated,
                false AS has_declared_no_petitions
            FROM (VALUES {row}) AS t({_SUBMISSION})
            """
        )


def test_a_rejected_file_stands_until_something_acceptable_follows(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    submit(
        warehouse,
        "('1-a', '001', '2021-06-01 08:00', 'rejected', '2021-05', NULL, NULL)",
        "('1-b', '001', '2021-06-02 08:00', 'rejected', '2021-05', NULL, NULL)",
        "('2-a', '002', '2021-06-01 08:00', 'rejected', '2021-05', NULL, NULL)",
        "('2-b', '002', '2021-06-02 08:00', 'accepted', '2021-05', 1, NULL)",
        "('3-a', '003', '2021-06-01 08:00', 'rejected', NULL, NULL, NULL)",
        "('4-a', '004', '2021-06-01 08:00', 'accepted', '2021-05', 1, NULL)",
        "('4-b', '004', '2021-06-02 08:00', 'rejected', '2021-05', 2, NULL)",
        "('5-a', '005', '2021-06-07 08:00', 'rejected', '2021-05', NULL, NULL)",
    )
    warehouse.execute(
        "INSERT INTO ledger.finding BY NAME SELECT '1-b' AS submission_id, 1 AS finding_no, "
        "'00' AS source_sheet, 'B4' AS cell, 'bad_period' AS fault, 'fatal' AS severity, "
        "'Sửa.' AS remedy_vi, 'Mend.' AS remedy_en"
    )
    (settings.answers / "001").mkdir(parents=True)
    (settings.answers / "001" / "1-b.xlsx").touch()

    conditions = found(warehouse, settings, "submission_rejected")

    assert [(c.subject, c.news, c.attachments, c.is_simulated) for c in conditions] == [
        ("001/2021-05", "1-b", ("answers/001/1-b.xlsx",), True),
        ("003/?", "3-a", (), True),
        ("004/2021-05", "4-b", (), True),
    ]
    assert conditions[0].facts == {
        "district_code": "001",
        "district_name": "Quận Ba Đình",
        "submission_id": "1-b",
        "period": "2021-05",
        "file_name": "tep.xlsx",
        "received": "02/06/2021 08:00",
        "mends": [{"place": "00!B4", "fault": "bad_period", "vi": "Sửa.", "en": "Mend."}],
    }


def test_a_partial_return_stands_until_a_whole_or_a_later_one(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    submit(
        warehouse,
        "('1-a', '001', '2021-05-01 08:00', 'partially_accepted', '2021-04', 1, NULL)",
        "('2-a', '002', '2021-05-01 08:00', 'partially_accepted', '2021-04', 1, NULL)",
        "('2-b', '002', '2021-05-02 08:00', 'accepted', '2021-04', 2, NULL)",
        "('3-a', '003', '2021-05-01 08:00', 'partially_accepted', '2021-03', 1, NULL)",
        "('3-b', '003', '2021-05-01 09:00', 'accepted_with_warnings', '2021-04', 1, NULL)",
    )
    warehouse.execute(
        "INSERT INTO ledger.source_row VALUES ('1-a', 's', 3, 'quarantined', 'data'), "
        "('1-a', 's', 4, 'loaded', 'data')"
    )
    for number, fault in enumerate(("wrong_type", "missing_value", "wrong_type")):
        warehouse.execute(
            "INSERT INTO ledger.finding BY NAME SELECT '1-a' AS submission_id, ? AS finding_no, ? AS fault, "
            "'row' AS severity, 'Sửa.' AS remedy_vi, 'Mend.' AS remedy_en",
            [number, fault],
        )

    (condition,) = found(warehouse, settings, "submission_partial")

    assert (condition.subject, condition.news) == ("001/2021-04", "1-a")
    assert condition.facts["faults"] == [{"fault": "wrong_type", "n": 2}, {"fault": "missing_value", "n": 1}]
    assert (condition.facts["rows_quarantined"], condition.facts["findings"]) == (1, 3)


def test_a_refused_gate_names_what_failed_and_how_old_the_tables_are(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    publish(settings, release=[])
    warehouse.execute(
        "INSERT INTO ledger.expectation_result VALUES "
        """('run-9', 'rows_add_up', false, '{"is_blocking": true}'), """
        """('run-9', 'petitions_balance', false, '{"is_blocking": true}'), """
        """('run-9', 'only_a_warning', false, '{"is_blocking": false}'), """
        """('run-9', 'posts_add_up', true, '{"is_blocking": false}'), """
        """('run-8', 'x', false, '{"is_blocking": true}')"""
    )
    (condition,) = found(warehouse, settings, "gate_refused", is_refused=True)
    assert condition.facts["expectations"] == "petitions_balance, rows_add_up"
    assert condition.facts["published"] == "06/06/2021 07:00"
    assert found(warehouse, settings, "gate_refused") == []


def test_of_refused_tables_and_before_the_first_release_only_the_ledger_is_asked(settings: Settings) -> None:
    of_ledger = ["submission_rejected", "submission_partial", "gate_refused", "no_contact", "contacts_wrong"]
    assert to_evaluate(settings, is_refused=False, silent=False) == of_ledger
    assert to_evaluate(settings, is_refused=False, silent=True) == of_ledger[:3]
    publish(settings)
    assert to_evaluate(settings, is_refused=True, silent=False) == of_ledger
    assert "completion" in to_evaluate(settings, is_refused=False, silent=False)


def test_a_return_is_missing_when_it_is_due_and_again_when_the_period_locks(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    publish(
        settings,
        submission_compliance=[
            "('2021-04', '001', 'Quận Ba Đình', 'missing', TIMESTAMP '2021-05-05 23:59:59')",
            "('2021-04', '002', 'Quận Hoàn Kiếm', 'missing', TIMESTAMP '2021-05-05 23:59:59')",
            "('2021-05', '002', 'Quận Hoàn Kiếm', 'late', TIMESTAMP '2021-06-05 23:59:59')",
            "('2021-05', '003', 'Quận Tây Hồ', 'rejected', TIMESTAMP '2021-06-05 23:59:59')",
            "('2021-05', '004', 'Quận Long Biên', 'exempt', TIMESTAMP '2021-06-05 23:59:59')",
            "('2021-06', '005', 'Quận Cầu Giấy', 'rejected', TIMESTAMP '2021-07-05 23:59:59')",
        ],
    )
    missing = found(warehouse, settings, "return_missing")
    assert [(c.subject, c.facts["was_rejected"], c.facts["due"], c.facts["lock"]) for c in missing] == [
        ("003/2021-05", True, "05/06/2021 23:59", "20/06/2021 23:59"),
    ]
    assert [c.subject for c in found(warehouse, settings, "return_locked")] == ["001/2021-04"]


def test_a_unit_is_reopened_until_it_is_completed_again(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    publish(
        settings,
        unit_history=[
            "('00004', 'Phường Trúc Bạch', '001', '2021-03', 'reported', 'completed', 'in_progress')",
            "('00001', 'Phường Phúc Xá', '001', '2021-03', 'reported', 'completed', 'not_started')",
            "('00001', 'Phường Phúc Xá', '001', '2021-04', 'reported', 'not_started', 'in_progress')",
            "('00006', 'Phường Vĩnh Phúc', '001', '2021-03', 'reported', 'completed', 'in_progress')",
            "('00006', 'Phường Vĩnh Phúc', '001', '2021-04', 'reported', 'in_progress', 'completed')",
            "('00007', 'Phường Cống Vị', '001', '2021-03', 'reported', NULL, 'in_progress')",
            "('00008', 'Phường Liễu Giai', '001', '2021-03', 'reported', 'completed', 'in_progress')",
            "('00008', 'Phường Liễu Giai', '001', '2021-04', 'left', 'in_progress', NULL)",
            "('00010', 'Phường Điện Biên', '001', '2021-03', 'taken_over', 'completed', 'in_progress')",
        ],
    )
    assert [
        (c.subject, c.news, c.facts["unit_name"]) for c in found(warehouse, settings, "unit_reopened")
    ] == [
        ("00001", "2021-03", "Phường Phúc Xá"),
        ("00004", "2021-03", "Phường Trúc Bạch"),
    ]


def test_a_promise_that_passed_and_one_that_was_put_off(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    publish(
        settings,
        remaining_communes=[
            "('001', 'Quận Ba Đình', '00004', 'Phường Trúc Bạch', 'Thiếu người', DATE '2021-05-31', 2, true)",
            "('001', 'Quận Ba Đình', '00006', 'Phường Vĩnh Phúc', NULL, DATE '2021-12-31', 0, false)",
        ],
        remaining_villages=[
            "('001', 'Quận Ba Đình', 'Phường Trúc Bạch', '00004-001', 'Tổ 1', NULL, "
            "DATE '2021-12-31', 1, false)"
        ],
    )
    (passed,) = found(warehouse, settings, "due_passed")
    assert (passed.subject, passed.facts["due"], passed.facts["obstacle"]) == (
        "00004",
        "31/05/2021",
        "Thiếu người",
    )
    slipped = found(warehouse, settings, "due_slipped")
    assert [(c.subject, c.news, c.facts["unit_name"]) for c in slipped] == [
        ("00004", "2", "Phường Trúc Bạch"),
        ("00004-001", "1", "Tổ 1, Phường Trúc Bạch"),
    ]


@pytest.mark.parametrize(
    ("remaining", "expected"),
    [
        ((5, 5, 5, 5), (5, 5)),
        ((5, 6, 6, 6), (5, 6)),
        ((5, 5, 5), None),
        ((6, 5, 5, 5), None),
        ((0, 0, 0, 0), None),
    ],
)
def test_the_countdown_has_stalled_after_three_periods_without_progress(
    warehouse: duckdb.DuckDBPyConnection,
    settings: Settings,
    remaining: tuple[int, ...],
    expected: tuple[int, int] | None,
) -> None:
    rows = [f"('2021-{month:02d}', {n}, 0, 0, 30, 0, 0, 0)" for month, n in enumerate(remaining, 3)]
    publish(settings, countdown=[*rows, "('2021-09', 1, 0, 0, 0, 0, 0, 0)"])
    stalled = found(warehouse, settings, "countdown_stalled")
    facts = [(c.facts["remaining_then"], c.facts["remaining_now"]) for c in stalled]
    assert facts == ([expected] if expected else [])


def test_milestones_are_reached_by_what_was_reported_and_stay_reached(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    publish(
        settings,
        # period, communes, thôn, TDP, due, communes unreported, villages, villages unreported
        countdown=[
            "('2021-03', 4, 2, 0, 30, 0, 2, 0)",
            "('2021-04', 2, 0, 0, 30, 0, 0, 0)",
            "('2021-05', 0, 1, 0, 30, 1, 1, 0)",
        ],
        progress_by_district=[
            "('2021-03', '001', 'Quận Ba Đình', 1, 0, 0, 0, 0)",
            "('2021-04', '001', 'Quận Ba Đình', 0, 0, 0, 0, 0)",
            "('2021-05', '001', 'Quận Ba Đình', 0, 0, 0, 0, 0)",
            "('2021-03', '002', 'Quận Hoàn Kiếm', 0, 0, 0, 0, 0)",
            "('2021-03', '003', 'Quận Tây Hồ', 1, 0, 0, 0, 0)",
            "('2021-04', '003', 'Quận Tây Hồ', 0, 0, 0, 0, 0)",
            "('2021-05', '003', 'Quận Tây Hồ', 1, 0, 0, 0, 0)",
        ],
    )
    reached = found(warehouse, settings, "milestone")
    assert [(c.subject, c.facts["period"], c.facts["words_vi"]) for c in reached] == [
        ("district 001", "2021-04", "Quận Ba Đình không còn đơn vị nào chưa hoàn thành")
    ]


def test_half_and_the_end(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    rows = ["('2021-03', 4, 0, 0, 30, 0, 0, 0)", "('2021-04', 2, 0, 0, 30, 0, 0, 0)"]
    end = ["('2021-05', 0, 0, 0, 30, 0, 0, 0)"]
    publish(settings, countdown=rows + end, completion=["(true, '2021-05')"])
    reached = found(warehouse, settings, "milestone")
    assert [(c.subject, c.facts["period"]) for c in reached] == [("communes", "2021-05"), ("half", "2021-04")]
    (complete,) = found(warehouse, settings, "completion")
    assert complete.facts["period"] == "2021-05"


def test_the_offices_own_list_wins_and_what_is_wrong_in_it_is_told(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    submit(
        warehouse,
        "('1-a', '001', '2021-06-01 08:00', 'accepted', '2021-05', 1, 'old@ba-dinh.example')",
        "('1-b', '001', '2021-06-02 08:00', 'rejected', '2021-05', 1, 'new@ba-dinh.example')",
        "('2-a', '002', '2021-06-01 08:00', 'accepted', '2021-05', 1, 'hoan-kiem@office.example')",
        "('3-a', '003', '2021-06-01 08:00', 'rejected', '2021-05', 1, 'wrong@other.example')",
        "('4-a', '004', '2021-06-01 08:00', 'accepted', '2021-05', 1, 'k' || chr(10) || 'Bcc: x@y.example')",
    )
    warehouse.execute(
        "INSERT INTO ledger.finding BY NAME SELECT '3-a' AS submission_id, 1 AS finding_no, "
        "'wrong_district' AS fault, 'fatal' AS severity, '' AS remedy_vi, '' AS remedy_en"
    )
    settings.home.mkdir(exist_ok=True)
    settings.contacts.write_text(
        "district_code;email\n2;van-phong@hoan-kiem.example\n002;hai@hoan-kiem.example\n"
        "999;x@y.example\n005;không có\n",
        encoding="utf-8-sig",
    )
    know_districts(warehouse, NOW, settings)

    contacts = contacts_of(warehouse, settings)

    assert contacts.by_district == {
        "001": ["new@ba-dinh.example"],
        "002": ["van-phong@hoan-kiem.example", "hai@hoan-kiem.example"],
    }
    assert [c.facts["words_vi"] for c in found(warehouse, settings, "contacts_wrong")] == [
        "không có quận, huyện mã '999'",
        "địa chỉ của 005 không hợp lệ",
    ]
    unreachable = [c.subject for c in found(warehouse, settings, "no_contact")]
    assert (len(unreachable), unreachable[:3]) == (28, ["003", "004", "005"])
    no_mail = settings.model_copy(update={"smtp_url": None})
    assert len(found(warehouse, no_mail, "no_contact")) == 30


@pytest.mark.parametrize(
    ("content", "known", "wrong"),
    [
        ("district_code\temail\r\n001\ta@x.vn\r\n".encode("utf-16"), {"001": ["a@x.vn"]}, []),
        ("district_code\temail\r\n001\ta@x.vn\r\n".encode("utf-16")[:-1], {"001": ["a@x.vn"]}, [NO_CODE]),
        (
            "district_code,email,tên\n001,a@x.vn,Hà\n002,bà@x.vn,Hà\n".encode("cp1258"),
            {"001": ["a@x.vn"]},
            ["Dòng 3: địa chỉ của 002 không hợp lệ"],
        ),
        (b"district_code,email\n001,a@x.vn;b@y.vn\n", {"001": ["a@x.vn", "b@y.vn"]}, []),
        (b"district_code;email\n001;a@x.vn;b@y.vn;\n", {"001": ["a@x.vn", "b@y.vn"]}, []),
        (
            b"district_code,email\n001,a@x.vn.\n002,c@z.vn; d@z..vn\n",
            {"002": ["c@z.vn"]},
            ["Dòng 2: địa chỉ của 001 không hợp lệ", "Dòng 3: địa chỉ của 002 không hợp lệ"],
        ),
        (
            b"district_code,email\nchi-lan@x.vn,001\n0912345678,a@x.vn\n",
            {},
            [NO_CODE.replace("3", "2"), NO_CODE],
        ),
        ("district_code,email\n001,a@x.vn".encode("utf-16-le"), {}, [NO_CODE.replace("3", "2")]),
    ],
    ids=["utf16", "cut_short", "cp1258", "two", "two_cells", "no_address", "columns_swapped", "unmarked"],
)
def test_the_list_is_read_as_excel_saves_it_and_no_address_gets_into_words(
    warehouse: duckdb.DuckDBPyConnection,
    settings: Settings,
    content: bytes,
    known: dict[str, list[str]],
    wrong: list[str],
) -> None:
    settings.home.mkdir()
    settings.contacts.write_bytes(content)
    know_districts(warehouse, NOW, settings)
    assert contacts_of(warehouse, settings).by_district == known
    said = [
        f"Dòng {c.facts['line']}: {c.facts['words_vi']}" for c in found(warehouse, settings, "contacts_wrong")
    ]
    assert said == wrong


@pytest.mark.parametrize(
    ("given", "known"),
    [("a@x.vn;b@y.vn", ["a@x.vn", "b@y.vn"]), ("a@x.vn.", None), ("a..b@x.vn", None), ("<a@x.vn>", None)],
)
def test_the_address_of_a_return_is_parted_and_read_as_strictly(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings, given: str, known: list[str] | None
) -> None:
    submit(warehouse, f"('1-a', '001', '2021-06-01 08:00', 'accepted', '2021-05', 1, '{given}')")
    know_districts(warehouse, NOW, settings)
    assert contacts_of(warehouse, settings).by_district.get("001") == known


def test_without_any_list_there_are_no_contacts(
    warehouse: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    know_districts(warehouse, NOW, settings)
    assert contacts_of(warehouse, settings) == Contacts()
