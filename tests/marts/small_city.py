"""The small city before anything is reported."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from literal_city import COMMUNES, DISTRICTS, SETTINGS, City, moment

from schemas.calendar import Calendar
from warehouse.connection import open_warehouse


@contextmanager
def small_city(folder: Path, file: Path | None = None) -> Iterator[City]:
    """The small city with nothing reported, in memory or in `file`; its tables are built into `folder`."""
    calendar = Calendar(SETTINGS)
    with open_warehouse(file, SETTINGS.time_zone) as warehouse:
        for position, period in enumerate(calendar.until(moment("2021-09-10"))):
            due_at, lock_at = calendar.due_at(period), calendar.lock_at(period)
            row = [str(period), position, period.starts_on, period.ends_on, due_at, lock_at]
            warehouse.execute("INSERT INTO core.period VALUES (?, ?, ?, ?, ?, ?)", row)
            for district in DISTRICTS:
                row = [district, str(period), due_at, lock_at]
                warehouse.execute("INSERT INTO ledger.obligation VALUES (?, ?, ?, ?)", row)
        warehouse.execute(
            "DELETE FROM reference.district WHERE NOT list_contains(?, district_code)", [DISTRICTS]
        )
        warehouse.execute(
            "DELETE FROM reference.commune WHERE NOT list_contains(?, commune_code)", [COMMUNES]
        )
        yield City(warehouse, folder)
