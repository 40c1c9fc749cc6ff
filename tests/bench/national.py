"""A country made in SQL: 63 provinces, 10,600 communes, 90,000 villages, in the warehouse's own tables."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas.settings import Settings
from tasks.obligations import open_obligations
from tests.bench.inboxes import locked_at
from warehouse.connection import open_warehouse

_HERE = Path(__file__).parent / "country"
# Facts of a period, in the order in which they read each other.
_FACTS = (
    *("ledger.submission", "ledger.source_row", "core.commune_report", "core.village_report"),
    *("core.post_report", "core.outstanding_report"),
)


@dataclass(frozen=True)
class Country:
    """How large it is. 10,600 communes with 32 posts each are 40 million post rows in 119 periods."""

    provinces: int = 63
    communes: int = 10_600
    villages: int = 90_000
    posts: int = 32

    def __str__(self) -> str:
        return f"{self.provinces} provinces, {self.communes:,} communes, {self.villages:,} villages"

    @property
    def rows_a_period(self) -> int:
        """Rows of sheets 01, 02 and 03 in one period."""
        return self.communes + self.villages + self.communes * self.posts


def found(file: Path, country: Country, periods: int) -> None:
    """Make a warehouse without a return in `file`: the register, `periods` periods, what is owed for them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=file.parent, _env_file=None)
    with open_warehouse(file, settings.time_zone) as warehouse:
        for name in ("provinces", "communes", "villages", "posts"):
            warehouse.execute(f"SET VARIABLE {name} = {getattr(country, name)}")
        for path in sorted((_HERE / "reference").glob("*.sql")):
            warehouse.execute(
                f"CREATE OR REPLACE TABLE reference.{path.stem} AS {path.read_text(encoding='utf-8')}"
            )
        open_obligations(warehouse, settings, locked_at(periods - 1))
        warehouse.execute("DELETE FROM core.period WHERE position >= $1", [periods])
        warehouse.execute("SET VARIABLE baseline_period = $1", [settings.baseline_period])
        villages = (_HERE / "facts" / "core" / "village.sql").read_text(encoding="utf-8")
        warehouse.execute(f"INSERT INTO core.village BY NAME {villages}")


def report(
    warehouse: duckdb.DuckDBPyConnection, position: int, only: str | None = None, seq: int = 1
) -> None:
    """Load what every province (or `only` one) reports for a period, as return number `seq`."""
    for name, value in {"position": position, "reporter": only, "seq": seq}.items():
        warehouse.execute(f"SET VARIABLE {name} = $1", [value])
    warehouse.execute("BEGIN")
    for target in _FACTS:
        select = (_HERE / "facts" / f"{target.replace('.', '/')}.sql").read_text(encoding="utf-8")
        warehouse.execute(f"INSERT INTO {target} BY NAME {select}")
    warehouse.execute("COMMIT")


def opened(file: Path, time_zone: str = "Asia/Ho_Chi_Minh") -> duckdb.DuckDBPyConnection:
    """Open such a warehouse; the production opening would put the city's register in its place."""
    warehouse = duckdb.connect(str(file))
    warehouse.execute("SET TimeZone = ?", [time_zone])
    return warehouse
