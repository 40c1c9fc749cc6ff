"""What a return is held against: the accepted reports of its own units, however many others there are."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from schemas.settings import Settings
from tasks.check import checked_by_register
from tasks.ingest import ingest, waiting
from tasks.obligations import open_obligations
from tasks.opening import register_of
from tasks.opening_ahead import opening_ahead
from tasks.receive import receive
from tasks.workers import examined
from warehouse.connection import open_warehouse

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MARCH_TAKEN, APRIL_TAKEN = (datetime(2021, month, 20, tzinfo=HANOI) for month in (4, 5))
OF_THE_DISTRICT = """
SELECT count(*)
FROM (FROM core.commune_report SELECT submission_id UNION ALL FROM core.village_report SELECT submission_id)
JOIN ledger.submission USING (submission_id)
WHERE district_code = '001'
"""


def test_reports_of_other_districts_are_not_looked_at(sample_inbox: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, _env_file=None)
    for file in (*sample_inbox.glob("00[123]/*2021-03*"), *sample_inbox.glob("001/*2021-04*")):
        landed = Path(settings.inbox_url) / file.parent.name / file.name
        landed.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, landed)
    with open_warehouse(settings.warehouse, settings.time_zone) as warehouse:
        open_obligations(warehouse, settings, MARCH_TAKEN)
        receive(settings, MARCH_TAKEN)
        assert len(ingest(warehouse, settings, MARCH_TAKEN, "march")) >= 3
        open_obligations(warehouse, settings, APRIL_TAKEN)
        receive(settings, APRIL_TAKEN)
        arrivals = waiting(warehouse, settings, APRIL_TAKEN)[:1]
        with opening_ahead(settings, arrivals, register_of(warehouse)) as ahead:
            found = examined(settings, ahead, arrivals, "april")
        with checked_by_register(warehouse, found, settings):
            compared = warehouse.execute("SELECT count(*) FROM batch.accepted_report").fetchall()
        assert compared == warehouse.execute(OF_THE_DISTRICT).fetchall() != [(0,)]
