"""The tables built in both ways, onward and from nothing, held against each other."""

import duckdb
from literal_city import City

from schemas.published.tables import TABLES
from warehouse.picture import Picture
from warehouse.runner import build, build_onward


def differing(city: City, picture: Picture) -> dict[str, int]:
    """Table → rows in which what is built onward differs from what is built from nothing."""
    onward, anew = (city.pictured(picture, way).candidate for way in (build_onward, build))
    with duckdb.connect() as reader:
        reader.execute(f"ATTACH '{onward}' AS onward (READ_ONLY); ATTACH '{anew}' AS anew (READ_ONLY)")
        counts = {table.name: _differing(reader, table.name) for table in TABLES}
    return {table: rows for table, rows in counts.items() if rows}


def _differing(reader: duckdb.DuckDBPyConnection, table: str) -> int:
    one, other = f"FROM onward.marts.{table}", f"FROM anew.marts.{table}"
    [(rows,)] = reader.execute(
        f"SELECT count(*) FROM (({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one}))"
    ).fetchall()
    return int(rows)
