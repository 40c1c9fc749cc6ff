"""What may be spoilt about changes of units in the small warehouse, and which expectations must refuse it."""

from small_warehouse import MARCH

# A change of units that stands on a loaded row: 00001 goes into 00004, with its people of today.
_CHANGE = (
    f"INSERT INTO marts.unit_changes BY NAME SELECT '{MARCH.submission_id}' AS submission_id, "
    "'01_CapXa' AS sheet, 2 AS row, 'A2' AS cell, '07' AS doc_no, DATE '2021-04-10' AS effective_on, "
    "'merged' AS change_kind, 'commune' AS unit_level, 'whole' AS share, '895' AS decision_no, "
    "DATE '2021-03-30' AS decided_on, 'Phường Phúc Xá' AS predecessor_name, '00004' AS successor_id, "
    "'001' AS predecessor_district_code, 12 AS predecessor_people_now, 12 AS people_now_handed_over"
)
SPOILT_CHANGES: list[tuple[str, list[str], str | None]] = [
    (_CHANGE, ["unit_changes_find_their_units"], "07 · dòng 2"),
    (
        f"{_CHANGE}, '00001' AS predecessor_id, 20 AS predecessor_people_before, "
        "19 AS people_before_handed_over",
        ["unit_changes_conserve_people"],
        "00001 Phường Phúc Xá",
    ),
    (
        f"{_CHANGE}, '2021-04' AS period, '00001' AS predecessor_id, 20 AS predecessor_people_before, "
        "20 AS people_before_handed_over; "
        "UPDATE marts.staffing SET people_before = people_before - 1 WHERE period = '2021-04' "
        "-- beside no case that takes the change its ledger.source_row",
        ["people_before_stay_the_same", "staffing_is_computed_from_its_parts"],
        "2021-04",
    ),
    (
        "UPDATE marts.countdown SET left_by_change = 1, entered_by_change = 1 WHERE period = '2021-04'",
        ["unit_changes_conserve_work"],
        "2021-04 · left_by_change",
    ),
    (
        "UPDATE marts.progress_by_district SET communes_total = communes_total + 1 "
        "WHERE district_code = '002' AND period = '2021-04'",
        ["register_units_are_tracked"],
        "2021-04 · 002",
    ),
]
