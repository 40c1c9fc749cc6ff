"""Opening the warehouse: its one connection, its schema, its reference data."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

import schemas
from schemas.access import owners_files
from schemas.names import commune_key, village_key
from schemas.published.snapshot import attach_read_only
from schemas.text import fold

_HERE = Path(__file__).parent
_RULES = Path(schemas.__file__).parent / "rules"


@contextmanager
def open_warehouse(path: Path | None, time_zone: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse at `path` (None: in memory, for a dry run), creating what is missing.

    Raises duckdb.IOException when another process holds the file or it is not a database.
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if path is None:  # what little a dry run holds is handed over to other threads for longer than it takes
        config["threads"] = 1
    with owners_files():
        connection = duckdb.connect(str(path) if path else ":memory:", config=config)
    with connection as warehouse:
        warehouse.execute("SET TimeZone = ?", [time_zone])
        with owners_files():
            _create(warehouse)
        yield warehouse


@contextmanager
def read_warehouse(path: Path, time_zone: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse at `path` and change nothing in it: a table that is not there stays away.

    Only for the holder of the writer lock: a cycle could not write meanwhile. Raises duckdb.IOException when
    another process holds the file or it is not a database.
    """
    with duckdb.connect(config={"autoload_known_extensions": False}) as reader:
        reader.execute("SET TimeZone = ?", [time_zone])
        attach_read_only(reader, path.resolve(), "warehouse")
        reader.execute("USE warehouse")
        _teach_hashes(reader)
        yield reader


def journal_of(database: Path) -> Path:
    """The write-ahead log of `database`: DuckDB replays what it finds there into whatever bears the name."""
    return database.with_name(f"{database.name}.wal")


def query(name: str) -> str:
    """The SELECT of `warehouse/query/<name>.sql`."""
    return (_HERE / "query" / f"{name}.sql").read_text(encoding="utf-8")


def metric(name: str) -> str:
    """The SELECT of `warehouse/metrics/<name>.sql`, over the published tables as `snapshot.marts`."""
    return (_HERE / "metrics" / f"{name}.sql").read_text(encoding="utf-8")


def rebuild_sql(name: str) -> str:
    """The statements of `warehouse/rebuild/<name>.sql`, with the former warehouse attached as `former`."""
    return (_HERE / "rebuild" / f"{name}.sql").read_text(encoding="utf-8")


def manifest_sql(name: str) -> str:
    """The statements of `warehouse/manifest/<name>.sql`; the others need those of `macros`."""
    return (_HERE / "manifest" / f"{name}.sql").read_text(encoding="utf-8")


def ddl(name: str) -> str:
    """The statements of `warehouse/ddl/<name>.sql`, which create what is missing."""
    return (_HERE / "ddl" / f"{name}.sql").read_text(encoding="utf-8")


def _create(warehouse: duckdb.DuckDBPyConnection) -> None:
    # SQL compares names under the same keys as the rest of the pipeline.
    for key in (fold, commune_key, village_key):
        warehouse.create_function(key.__name__, key, ["VARCHAR"], "VARCHAR")
    for path in sorted((_HERE / "ddl").glob("*.sql")):
        warehouse.execute(ddl(path.stem))
    _teach_hashes(warehouse)
    warehouse.execute("CREATE SCHEMA IF NOT EXISTS reference")
    for csv in sorted([*(_HERE / "reference").glob("*.csv"), *_RULES.glob("*.csv")]):
        _load_reference(warehouse, csv)


def _teach_hashes(warehouse: duckdb.DuckDBPyConnection) -> None:
    for macros in ("macros", "fact_macros"):
        warehouse.execute(manifest_sql(macros))


def _load_reference(warehouse: duckdb.DuckDBPyConnection, csv: Path) -> None:
    # Codes keep their zeros: nothing is guessed, and what a column holds is told by its name.
    names = csv.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    types = {name: _type_of(name) for name in names}
    warehouse.execute(
        f"CREATE OR REPLACE TABLE reference.{csv.stem} AS FROM read_csv(?, columns = {types}, "
        "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"')",
        [str(csv)],
    )


def _type_of(column: str) -> str:
    if column in {"valid_from", "valid_to", "effective_on", "as_of"}:
        return "DATE"
    if column in {"tile_row", "tile_col"}:
        return "BIGINT"
    return "DOUBLE" if column == "published" else "VARCHAR"
