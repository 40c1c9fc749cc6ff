"""A warehouse and a release in literal rows: only what the causes of alerts read of them."""

from pathlib import Path

import duckdb

from schemas.settings import Settings

_COUNTDOWN = "period, communes_remaining, thon_remaining, tdp_remaining, districts_due, communes_unreported"
_MARTS = {
    "release": "as_known_at",
    "submission_compliance": "period, district_code, district_name, state, due_at",
    "unit_history": "unit_id, unit_name, district_code, period, step, status_from, status_to",
    "remaining_communes": "district_code, district_name, commune_code, commune_name, obstacle_text, due_on, "
    "times_due_slipped, is_overdue",
    "remaining_villages": "district_code, district_name, commune_name, village_id, village_name, "
    "obstacle_text, due_on, times_due_slipped, is_overdue",
    "countdown": f"{_COUNTDOWN}, villages_remaining, villages_unreported",
    "progress_by_district": "period, district_code, district_name, communes_remaining, thon_remaining, "
    "tdp_remaining, communes_unreported, villages_unreported",
    "completion": "is_complete, completed_period",
}
# A table without rows still has its types.
_NOTHING = {
    "release": "(TIMESTAMP '2021-06-06 07:00')",
    "submission_compliance": "('2021-01', '', '', '', TIMESTAMP '2021-02-05')",
    "unit_history": "('', '', '', '2021-01', '', '', '')",
    "remaining_communes": "('', '', '', '', '', DATE '2021-01-01', 0, false)",
    "remaining_villages": "('', '', '', '', '', '', DATE '2021-01-01', 0, false)",
    "countdown": "('2021-01', 0, 0, 0, 0, 0, 0, 0)",
    "progress_by_district": "('2021-01', '', '', 0, 0, 0, 0, 0)",
    "completion": "(false, '')",
}


def publish(settings: Settings, **tables: list[str]) -> None:
    """Write a release whose tables hold the given rows (`('2021-03', 1, …)`); the others are empty."""
    folder = settings.home / "releases" / "literal"
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "scheme21.duckdb")) as release:
        release.execute("CREATE SCHEMA marts")
        for name, columns in _MARTS.items():
            given = tables.get(name, [])
            rows = ", ".join([_NOTHING[name], *given])
            offset = 0 if name == "release" else 1
            release.execute(
                f"CREATE TABLE marts.{name} AS FROM (VALUES {rows}) AS t({columns}) OFFSET {offset}"
            )
    settings.published.symlink_to(Path("releases") / "literal", target_is_directory=True)
