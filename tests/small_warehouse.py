"""A warehouse small enough to read: three files of one district, every row of them spelt out."""

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from schemas.settings import Settings
from tasks.materialize import materialize
from tasks.obligations import open_obligations
from tasks.receive import Arrival

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2021, 5, 10, tzinfo=HANOI)
TAKEN = [datetime(2021, *day, tzinfo=HANOI) for day in ((4, 3), (5, 4), (5, 5))]
MARCH = Arrival("001", "thang 3.xlsx", TAKEN[0], "a" * 64, 9000, TAKEN[0])
APRIL = Arrival("001", "thang 4.xlsx", TAKEN[1], "b" * 64, 9000, TAKEN[1])
REJECTED = Arrival("001", "anh.xlsx", TAKEN[2], "c" * 64, 10, TAKEN[2])
SHEETS = (
    "00_ThongTin",
    "01_CapXa",
    "02_ThonTDP",
    "03_ChucDanh",
    "04_ChuaHoanThanh",
    "05_DonThu",
    "06_HoatDong",
)
# Rows of each sheet below its header row; of sheet 02 the last one is quarantined.
DATA_ROWS = {
    MARCH.submission_id: (9, 2, 4, 1, 3, 1, 1),
    APRIL.submission_id: (9, 2, 4, 1, 2, 1, 1),
}


def settings_for(home: Path) -> Settings:
    return Settings(_env_file=None, home=home)


def fill(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Put the three files into archive and ledger, and the facts of the two accepted ones into core."""
    open_obligations(warehouse, settings, NOW)
    for arrival in (MARCH, APRIL, REJECTED):
        archive(settings, arrival)
    _submission(warehouse, MARCH, "partially_accepted", "2021-03", date(2021, 3, 24))
    _submission(warehouse, APRIL, "partially_accepted", "2021-04", date(2021, 4, 30))
    _submission(warehouse, REJECTED, "rejected", None, None)
    for submission_id, counts in DATA_ROWS.items():
        for sheet, rows in zip(SHEETS, counts, strict=True):
            _rows(warehouse, submission_id, sheet, rows)
    _facts(warehouse)


def build_candidate(warehouse: duckdb.DuckDBPyConnection, settings: Settings, run_id: str) -> Path:
    """Build the marts of the small warehouse into the run's folder, as a cycle does."""
    return materialize(warehouse, settings, NOW, run_id)


def archive(settings: Settings, arrival: Arrival) -> None:
    path = settings.archive / "arrivals" / f"{arrival.submission_id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(arrival), default=datetime.isoformat), encoding="utf-8")


def _submission(
    warehouse: duckdb.DuckDBPyConnection,
    arrival: Arrival,
    verdict: str,
    period: str | None,
    as_of: date | None,
) -> None:
    warehouse.execute(
        """
        INSERT INTO ledger.submission BY NAME
        SELECT
            $submission_id AS submission_id, 'run-0' AS run_id, '001' AS district_code,
            $file_name AS file_name,
            $received_at::TIMESTAMPTZ AS received_at, $known_at::TIMESTAMPTZ AS known_at,
            $sha256 AS sha256, $size_bytes AS size_bytes,
            $verdict AS verdict, true AS is_simulated, false AS has_declared_no_petitions,
            $period AS period, $as_of::DATE AS as_of_date, 1 AS seq
        """,
        {
            **{name: value for name, value in asdict(arrival).items() if name != "district_code"},
            "received_at": arrival.received_at.isoformat(),
            "known_at": arrival.known_at.isoformat(),
            "submission_id": arrival.submission_id,
            "verdict": verdict,
            "period": period,
            "as_of": as_of,
        },
    )


def _rows(warehouse: duckdb.DuckDBPyConnection, submission_id: str, sheet: str, rows: int) -> None:
    warehouse.execute(
        "INSERT INTO ledger.sheet VALUES (?, ?, ?, ?, NULL)", [submission_id, sheet, sheet, rows + 1]
    )
    dispositions = [(1, "layout", "header")] + [(n + 2, "loaded", "data") for n in range(rows)]
    if sheet == "02_ThonTDP":
        dispositions[-1] = (rows + 1, "quarantined", "data")
    warehouse.executemany(
        "INSERT INTO ledger.source_row VALUES (?, ?, ?, ?, ?)",
        [(submission_id, sheet, row, state, detail) for row, state, detail in dispositions],
    )


def _facts(warehouse: duckdb.DuckDBPyConnection) -> None:
    march = (MARCH.submission_id, "001", "2021-03", MARCH.received_at.isoformat())
    april = (APRIL.submission_id, "001", "2021-04", APRIL.received_at.isoformat())
    # In April the group 00004-002 completes; the commune 00004 and the group 00004-003 do not.
    done, none = (date(2020, 3, 2), "12/QĐ-UBND"), (None, None)
    done_in_april = (date(2021, 4, 20), "=1+1/QĐ-UBND")
    words = ("KHAC", "Chờ quyết định", "=HYPERLINK(1)", "Chủ tịch")
    facts: dict[str, list[tuple[object, ...]]] = {
        "village": [
            ("00004-001", "00004", "tdp", "Tổ dân phố 1", "tổ dân phố 1", *march[:1], *march[2:]),
            ("00004-002", "00004", "tdp", "Tổ dân phố 2", "tổ dân phố 2", *march[:1], *march[2:]),
            ("00004-003", "00004", "tdp", "Tổ dân phố 3", "tổ dân phố 3", *march[:1], *march[2:]),
        ],
        "commune_report": [
            (
                *known,
                "01_CapXa",
                row,
                f"H{row}",
                code,
                code,
                name,
                "2",
                20,
                12,
                4,
                villages,
                status,
                *proof,
                None,
            )
            for known in (march, april)
            for row, code, name, villages, status, proof in (
                (2, "00001", "Phường Phúc Xá", 0, "completed", done),
                (3, "00004", "Phường Trúc Bạch", 4, "in_progress", none),
            )
        ],
        "village_report": [
            (*known, "02_ThonTDP", row, f"I{row}", code, "00004", "tdp", name, None, 90, 6, 3, status, *proof)
            for known, row, code, name, status, proof in (
                (march, 2, "00004-001", "Tổ dân phố 1", "completed", done),
                (march, 3, "00004-002", "Tổ dân phố 2", "not_started", none),
                (march, 4, "00004-003", "Tổ dân phố 3", "not_started", none),
                (april, 2, "00004-001", "Tổ dân phố 1", "completed", done),
                (april, 3, "00004-002", "Tổ dân phố 2", "completed", done_in_april),
                (april, 4, "00004-003", "Tổ dân phố 3", "in_progress", none),
            )
        ],
        "post_report": [
            (*known, "03_ChucDanh", 2, "E2", "00004", "X01", 2, 1, 0, 1.0, 1.5) for known in (march, april)
        ],
        "outstanding_report": [
            (*known, "04_ChuaHoanThanh", row, f"E{row}", unit, level, flags, *words, due_on)
            for known, row, unit, level, flags, due_on in (
                (march, 2, "00004", "commune", "crowded;religious", date(2021, 6, 30)),
                (march, 3, "00004-002", "tdp", None, date(2021, 4, 30)),
                (march, 4, "00004-003", "tdp", None, date(2021, 4, 30)),
                (april, 2, "00004", "commune", "crowded;religious", date(2021, 7, 31)),
                (april, 3, "00004-003", "tdp", None, date(2021, 5, 31)),
            )
        ],
        "petition_report": [
            (*known, "05_DonThu", 2, "F2", "00004", "complaint", 0, 1, 1, 0) for known in (march, april)
        ],
        "activity_report": [
            (*known, "06_HoatDong", 2, "A2", "training", "Tập huấn công tác", held, "BTC", 10, None)
            for known, held in ((march, date(2021, 3, 10)), (april, date(2021, 4, 10)))
        ],
    }
    for table, rows in facts.items():
        marks = ", ".join("?" * len(rows[0]))
        warehouse.executemany(f"INSERT INTO core.{table} VALUES ({marks})", rows)
