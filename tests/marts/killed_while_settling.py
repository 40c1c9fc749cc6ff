"""`python killed_while_settling.py WAREHOUSE FOLDER`: kills itself when half of what is new is settled."""

import os
import signal
import sys
from pathlib import Path

import duckdb
from literal_city import SETTINGS, City, moment

from warehouse import settling
from warehouse.picture import Picture
from warehouse.runner import build_onward


def _killed(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


with duckdb.connect(sys.argv[1]) as warehouse:
    warehouse.execute("SET TimeZone = ?", [SETTINGS.time_zone])
    city = City(warehouse, Path(sys.argv[2]))
    city.commune(city.returns("001", "2021-04", "2021-06-01T09:00"), "00001", "completed")
    settling._keep_whole = _killed
    city.pictured(Picture.at(moment("2021-09-06T00:00")), build_onward)
