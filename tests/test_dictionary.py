"""The dictionary on disk is the one that the contracts and the SQL give."""

from schemas.faults import catalogue
from schemas.form.sheets import SHEETS
from schemas.published.tables import TABLES
from tasks.dictionary import DICTIONARY, render


def test_the_dictionary_on_disk_is_current() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == render(), "run: python -m tasks.dictionary"


def test_the_dictionary_names_everything() -> None:
    text = render()

    for table in TABLES:
        assert f"### {table.name}\n\n{table.title}. {table.en}." in text
        assert all(f"| `{column.name}` |" in text for column in table.columns)
    assert all(f"| {column.header} |" in text for sheet in SHEETS for column in sheet.columns)
    assert all(f"| `{fault}` |" in text for fault in catalogue())


def test_the_lineage_runs_from_the_ledger_to_the_published_tables() -> None:
    lines = render().splitlines()

    assert "  ledger_submission --> intermediate_submission" in lines
    assert "  intermediate_remaining_unit --> marts_remaining_communes" in lines
