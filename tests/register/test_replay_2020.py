"""The changes of 2020, replayed: from 584 communes to 579, by a unit change file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from schemas.settings import Settings
from tasks.ingest import ingest
from tasks.materialize import materialize
from tasks.obligations import open_obligations
from tasks.receive import receive
from tests.intake.returns import moment, stamp
from tests.register.change_file import FOLDER, change, change_file
from warehouse.connection import open_warehouse
from warehouse.known_register import know_register

XUAN_DINH, SEN_PHUONG, NAM_TIEN = "09727 Xã Xuân Đình", "09733 Xã Sen Phương", "10282 Xã Nam Tiến"
HAI_BA_TRUNG, PHUC_THO, PHU_XUYEN = {"parent_code": "007"}, {"parent_code": "272"}, {"parent_code": "280"}
RESOLUTION = {
    "decision_no": "895/NQ-UBTVQH14",
    "decided_on": date(2020, 2, 11),
    "effective_on": date(2020, 3, 1),
}
NGUYEN_DU, PHAM_DINH_HO = "00241 Phường Nguyễn Du", "00247 Phường Phạm Đình Hổ"
CHANGES_2020 = [
    change("dissolved", "00250 Phường Bùi Thị Xuân", NGUYEN_DU, **HAI_BA_TRUNG),
    change("split", "00253 Phường Ngô Thì Nhậm", PHAM_DINH_HO, share="main", **HAI_BA_TRUNG),
    change("split", "00253 Phường Ngô Thì Nhậm", NGUYEN_DU, share="part", **HAI_BA_TRUNG),
    change("renamed", "09727 Xã Xuân Phú", XUAN_DINH, **PHUC_THO),
    change("merged", "09736 Xã Cẩm Đình", XUAN_DINH, **PHUC_THO),
    change("renamed", "09733 Xã Sen Chiểu", SEN_PHUONG, **PHUC_THO),
    change("merged", "09730 Xã Phương Độ", SEN_PHUONG, **PHUC_THO),
    change("renamed", "10282 Xã Văn Nhân", NAM_TIEN, **PHU_XUYEN),
    change("merged", "10285 Xã Thụy Phú", NAM_TIEN, **PHU_XUYEN),
]
# A dissolved, a divided and a merged one.
OPEN_IN_JANUARY = {"00253", "09736", "10285"}
VALID_ON = (
    "SELECT count(*), count(DISTINCT commune_code) FROM register.commune "
    "WHERE ?::DATE BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')"
)


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse whose register is that of before the changes, tracked from January 2020; and the file."""
    folder = tmp_path_factory.mktemp("replay")
    settings = Settings(
        _env_file=None, home=folder / "home", baseline_period="2020-01", baseline_as_of=date(2020, 1, 31)
    )
    landed = _landed(folder, settings)
    rows = [row | RESOLUTION for row in CHANGES_2020]
    stamp(change_file(landed, rows), moment("2020-02-20"))
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        _as_before(warehouse)
        _reported_by_all(warehouse)
        open_obligations(warehouse, settings, moment("2020-04-06"))
        receive(settings, moment("2020-02-21"))
        (outcome,) = ingest(warehouse, settings, moment("2020-02-21"), "run-1")
        assert outcome.verdict == "accepted"
        know_register(warehouse, moment("2020-04-06"), settings)
        yield warehouse


def _landed(folder: Path, settings: Settings) -> Path:
    (Path(settings.inbox_url) / FOLDER).mkdir(parents=True)
    return Path(settings.inbox_url) / FOLDER / "phieu.xlsx"


def _as_before(warehouse: duckdb.DuckDBPyConnection) -> None:
    # What the reference register knows of the changes is what the file is to bring.
    warehouse.execute("DELETE FROM reference.commune WHERE valid_from = DATE '2020-03-01'")
    warehouse.execute(
        "UPDATE reference.commune SET valid_to = DATE '2025-06-30' WHERE valid_to = DATE '2020-02-29'"
    )


def _reported_by_all(warehouse: duckdb.DuckDBPyConnection) -> None:
    # Every commune of January 2020: twenty people before the scheme, twelve now; three of them are not done.
    communes = warehouse.execute(
        "SELECT district_code, commune_code, commune_name FROM reference.commune "
        "WHERE DATE '2020-01-31' BETWEEN valid_from AND valid_to ORDER BY ALL"
    ).fetchall()
    for district in sorted({district for district, _, _ in communes}):
        warehouse.execute(
            """
            INSERT INTO ledger.submission BY NAME
            SELECT $district || '-a' AS submission_id, 'run-0' AS run_id, $district AS district_code,
                'thang-1.xlsx' AS file_name, TIMESTAMPTZ '2020-02-03 08:00:00+07' AS received_at,
                received_at AS known_at, $district AS sha256, 9000 AS size_bytes, 'accepted' AS verdict,
                true AS is_simulated, false AS has_declared_no_petitions, '2020-01' AS period,
                DATE '2020-01-31' AS as_of_date, 1 AS seq
            """,
            {"district": district},
        )
    warehouse.executemany(
        """
        INSERT INTO core.commune_report
        SELECT $district || '-a', $district, '2020-01', TIMESTAMPTZ '2020-02-03 08:00:00+07', '01_CapXa',
            $row, 'H' || $row, $code, $code, $name, '2', 20, 12, 0, 0,
            if($is_open, 'in_progress', 'completed'),
            if($is_open, NULL, DATE '2019-12-02'), if($is_open, NULL, '12/QĐ-UBND'), NULL
        """,
        [
            {"district": district, "row": row, "code": code, "name": name, "is_open": code in OPEN_IN_JANUARY}
            for row, (district, code, name) in enumerate(communes, 3)
        ],
    )


def test_584_become_579(replayed: duckdb.DuckDBPyConnection) -> None:
    assert replayed.execute(VALID_ON, [date(2020, 2, 29)]).fetchall() == [(584, 584)]
    assert replayed.execute(VALID_ON, [date(2020, 3, 1)]).fetchall() == [(579, 579)]


def test_the_register_is_then_the_reference_register_of_2021(replayed: duckdb.DuckDBPyConnection) -> None:
    with open_warehouse(None, "Asia/Ho_Chi_Minh") as reference:
        known = reference.execute(
            "SELECT commune_code, commune_name, short_name, commune_kind, district_code "
            "FROM reference.commune WHERE valid_to > DATE '2021-01-01' ORDER BY commune_code"
        ).fetchall()

    assert (
        replayed.execute(
            "SELECT commune_code, commune_name, short_name, commune_kind, district_code "
            "FROM register.commune "
            "WHERE DATE '2021-03-24' BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31') "
            "ORDER BY commune_code"
        ).fetchall()
        == known
    )


def test_a_code_that_is_used_again_is_another_unit(replayed: duckdb.DuckDBPyConnection) -> None:
    assert replayed.execute(
        "SELECT unit_id, commune_name, valid_from::VARCHAR, valid_to::VARCHAR FROM register.commune "
        "WHERE commune_code IN ('09727', '09733', '10282') ORDER BY unit_id"
    ).fetchall() == [
        ("09727", "Xã Xuân Phú", "2008-08-01", "2020-02-29"),
        ("09727@2020-03-01", "Xã Xuân Đình", "2020-03-01", None),
        ("09733", "Xã Sen Chiểu", "2008-08-01", "2020-02-29"),
        ("09733@2020-03-01", "Xã Sen Phương", "2020-03-01", None),
        ("10282", "Xã Văn Nhân", "2008-08-01", "2020-02-29"),
        ("10282@2020-03-01", "Xã Nam Tiến", "2020-03-01", None),
    ]


def test_each_former_unit_has_its_successors(replayed: duckdb.DuckDBPyConnection) -> None:
    assert replayed.execute(
        "SELECT predecessor_id, successor_id, is_main FROM register.succession ORDER BY ALL"
    ).fetchall() == [
        ("00250", "00241", True),
        ("00253", "00241", False),
        ("00253", "00247", True),
        ("09727", "09727@2020-03-01", True),
        ("09730", "09733@2020-03-01", True),
        ("09733", "09733@2020-03-01", True),
        ("09736", "09727@2020-03-01", True),
        ("10282", "10282@2020-03-01", True),
        ("10285", "10282@2020-03-01", True),
    ]


def test_people_and_what_is_open_come_through(replayed: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None, home=tmp_path, baseline_period="2020-01", baseline_as_of=date(2020, 1, 31)
    )
    tables = materialize(replayed, settings, moment("2020-04-06"), "run-1")

    with duckdb.connect(str(tables), read_only=True) as reader:
        figures = (
            "SELECT period, sum(communes_total), sum(people_before), sum(people_now) "
            "FROM marts.progress_by_district JOIN marts.staffing USING (period, district_code) "
            "GROUP BY period ORDER BY period"
        )
        assert reader.execute(figures).fetchall() == [
            ("2020-01", 584, 584 * 20, 584 * 12),
            ("2020-02", 584, 584 * 20, 584 * 12),
            ("2020-03", 579, 584 * 20, 584 * 12),
        ]
        # The divided one is open in both of its parts, until they report.
        assert reader.execute(
            "SELECT period, communes_remaining, left_by_change, entered_by_change FROM marts.countdown"
        ).fetchall() == [("2020-01", 3, 0, 0), ("2020-02", 3, 0, 0), ("2020-03", 4, 3, 4)]
        assert reader.execute(
            "SELECT commune_code, commune_name, months_outstanding FROM marts.remaining_communes ORDER BY ALL"
        ).fetchall() == [
            ("00241", "Phường Nguyễn Du", 3),
            ("00247", "Phường Phạm Đình Hổ", 3),
            ("09727", "Xã Xuân Đình", 3),
            ("10282", "Xã Nam Tiến", 3),
        ]
