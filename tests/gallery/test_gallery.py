"""Every file of the gallery through the production way in: verdict, rows, repairs, findings."""

from pathlib import Path
from typing import Any

import pytest

from schemas.form.sheets import COMMUNE, PETITION, TABLE_SHEETS, VILLAGE
from tests.gallery.book import changed
from tests.gallery.case import Case
from tests.gallery.edits import cell
from tests.gallery.format_cases import FONTS, FORMATS
from tests.gallery.layout_cases import FAULTY, LAYOUTS
from tests.gallery.reading import Answer, Table, answers
from tests.gallery.styles import in_tcvn3
from tests.gallery.truth import ARRIVED, true_rows
from tests.gallery.value_cases import VALUES
from tests.gallery.writers import xlsx
from tests.intake.returns import Office, moment

GALLERY = {**LAYOUTS, **VALUES, **FORMATS, **FONTS, **FAULTY}


@pytest.fixture(scope="module")
def answered() -> dict[str, Answer]:
    return answers({name: case.content() for name, case in GALLERY.items()})


@pytest.mark.parametrize("name", GALLERY)
def test_gallery(answered: dict[str, Answer], name: str) -> None:
    case, answer = GALLERY[name], answered[name]

    assert answer.findings == sorted(case.findings)
    assert answer.loaded == expected_rows(case)
    assert answer.repairs == case.repairs
    assert answer.verdict == case.verdict
    assert sorted(answer.hidden) == sorted(case.hidden)
    assert answer.is_accounted


def expected_rows(case: Case) -> dict[str, Table]:
    """The true rows with what the case says otherwise, without those it holds back."""
    rows: dict[str, Table] = {}
    for sheet in TABLE_SHEETS:
        kept = [
            _stored(case, sheet.table, n, row)
            for n, row in enumerate(true_rows()[sheet.table])
            if not {"*", f"{sheet.table}.{n}"} & set(case.held)
        ]
        rows[sheet.table] = [tuple(row[column.name] for column in sheet.columns) for row in kept]
    return rows


def _stored(case: Case, table: str, n: int, row: dict[str, Any]) -> dict[str, Any]:
    return {name: case.said.get(f"{table}.{n}.{name}", value) for name, value in row.items()}


def test_a_file_in_two_fonts_loads_no_name_that_could_be_another() -> None:
    in_unicode = ["Cụm Đồi Dâu", "Khu Lâm Tân"]
    names = [cell("village", n, "village_name", name) for n, name in enumerate(in_unicode)]
    answer = answers({"mixed": xlsx(changed(in_tcvn3, *names))})["mixed"]

    at = [column.name for column in VILLAGE.columns].index("village_name")
    loaded = {row[at] for row in answer.loaded["village"]}
    assert loaded <= {"Cụm Đồi Dâu", "Tổ dân phố 1", "Tổ dân phố 2"}
    assert ("02_ThonTDP!D4", "wrong_type") in answer.findings
    assert answer.is_accounted


@pytest.mark.parametrize("name", ["everything_at_once", "tcvn3_messy", "ods_messy", "csv_messy"])
def test_a_file_of_the_gallery_stands_in_the_warehouse_as_it_says(tmp_path: Path, name: str) -> None:
    path = tmp_path / "bao-cao.xlsx"
    path.write_bytes(GALLERY[name].content())
    office = Office(tmp_path)
    office.send(path, moment("2021-04-02"))

    (outcome,) = office.take_in(moment(ARRIVED))

    assert outcome.verdict == "accepted"
    rows = expected_rows(GALLERY[name])
    for sheet, fact in ((COMMUNE, "commune_report"), (PETITION, "petition_report")):
        columns = ", ".join(column.name for column in sheet.columns)
        said = office.rows(f"SELECT {columns} FROM core.{fact} ORDER BY source_row")
        assert said == rows[sheet.table]
    assert office.rows(
        "SELECT unit_id, village_name, households FROM core.village_report ORDER BY source_row"
    ) == [
        (f"{row['commune_code']}-{n % 2 + 1:03d}", row["village_name"], row["households"])
        for n, row in enumerate(true_rows()["village"])
    ]


def test_the_gallery_is_large_enough() -> None:
    assert len(GALLERY) >= 40
