"""The published tables keep their own contracts: columns in order, types, keys, lists, words, examples."""

import unicodedata

import duckdb
import pytest
from literal_city import City, Tables, moment

from schemas.published.table import PublishedTable
from schemas.published.tables import TABLES


@pytest.fixture
def tables(two_villages: City) -> Tables:
    """A city in which every published table has at least one row."""
    report = two_villages.returns("280", "2021-03", "2021-04-04T09:00", seq=2)
    two_villages.post(report, "10282", "X01", (2, 1, 0), 1.3)
    two_villages.activity(report, "Tập huấn")
    two_villages.finding(report, 1, "due_date_slipped", severity="warning")
    two_villages.exempts("001", "2021-04", "2021-04-05T00:00", "2021-12-31T23:59:59")
    _establish(two_villages)
    return two_villages.as_known("2021-04-10T00:00")


def _establish(city: City) -> None:
    # A commune that a unit change file established.
    known_at, submission_id = moment("2021-04-01T09:00"), city.returns("don-vi", None, "2021-04-01T09:00")
    city.warehouse.execute(
        "INSERT INTO core.unit_change_document VALUES (?, '07', 1, ?)", [submission_id, known_at]
    )
    city.warehouse.execute(
        "INSERT INTO core.unit_change VALUES (?, ?, '01_ThayDoi', 3, 'A3', 'established', "
        "'commune', NULL, NULL, '30003', 'Xã Mới', 'xã', '280', 'whole', '895/NQ', '2021-03-30', "
        "'2021-04-01', NULL)",
        [submission_id, known_at],
    )


def test_what_is_built_keeps_the_contracts(tables: Tables) -> None:
    for table in TABLES:
        rows = tables.frame(table.name)
        assert list(rows.columns) == [column.name for column in table.columns]
        assert len(rows) > 0, table.name
        table.contract.validate(rows, lazy=True)


def test_a_row_that_breaks_the_contract_is_refused(tables: Tables) -> None:
    table = next(t for t in TABLES if t.name == "countdown")
    rows = tables.frame("countdown").assign(communes_remaining=-1)

    with pytest.raises(Exception, match="communes_remaining"):
        table.contract.validate(rows)


def test_every_table_and_column_says_what_it_is_in_both_languages(tables: Tables) -> None:
    comments = tables.rows(
        "SELECT table_name, NULL, comment FROM duckdb_tables() "
        "UNION ALL SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = 'marts'"
    )

    assert {(table, column) for table, column, _ in comments} == {
        (table.name, name) for table in TABLES for name in (None, *(c.name for c in table.columns))
    }
    for table, column, comment in comments:
        vietnamese, english = comment.split(" — ")
        assert vietnamese, (table, column)
        assert english, (table, column)
        assert unicodedata.is_normalized("NFC", comment)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_headers_of_a_table_differ(table: PublishedTable) -> None:
    headers = [column.header for column in table.columns]

    assert len(set(headers)) == len(headers)


def test_the_examples_of_the_dictionary_run(tables: Tables) -> None:
    with duckdb.connect(str(tables.candidate), read_only=True) as reader:
        for table in TABLES:
            assert reader.execute(table.example).description
