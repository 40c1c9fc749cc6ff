"""What may be spoilt in the small warehouse, one statement each, and which expectations must refuse it."""

import re

from small_warehouse import MARCH, REJECTED
from spoilt_changes import SPOILT_CHANGES

Case = tuple[str, list[str], str | None]

_MARCH, _REJECTED = f"'{MARCH.submission_id}'", f"'{REJECTED.submission_id}'"

# What is spoilt, the expectations that must refuse (and no others), and a subject that the first must name.
SPOILT: list[Case] = [
    *SPOILT_CHANGES,
    (
        f"DELETE FROM ledger.source_row WHERE submission_id = {_MARCH} AND source_sheet = '02_ThonTDP' "
        "AND state = 'layout'",
        ["rows_add_up"],
        f"{MARCH.submission_id} · 02_ThonTDP",
    ),
    (
        f"UPDATE ledger.sheet SET rows_in_file = 99 WHERE submission_id = {_MARCH} "
        "AND form_sheet = '05_DonThu'",
        ["rows_add_up"],
        f"{MARCH.submission_id} · 05_DonThu",
    ),
    (
        f"DELETE FROM ledger.sheet WHERE submission_id = {_MARCH} AND form_sheet = '00_ThongTin'",
        ["accepted_files_are_whole", "rows_add_up"],
        MARCH.submission_id,
    ),
    (
        f"DELETE FROM core.post_report WHERE submission_id = {_MARCH}",
        ["loaded_rows_have_facts"],
        f"{MARCH.submission_id} · 03_ChucDanh",
    ),
    (
        f"INSERT INTO core.activity_report SELECT * REPLACE ('05_DonThu' AS source_sheet) "
        f"FROM core.activity_report WHERE submission_id = {_MARCH}",
        ["loaded_rows_have_facts"],
        f"{MARCH.submission_id} · 05_DonThu",
    ),
    (
        f"INSERT INTO core.activity_report SELECT * REPLACE (9 AS source_row) "
        f"FROM core.activity_report WHERE submission_id = {_MARCH}",
        ["facts_come_from_loaded_rows"],
        f"{MARCH.submission_id} · 06_HoatDong",
    ),
    (
        f"UPDATE ledger.source_row SET state = 'quarantined' WHERE submission_id = {_MARCH} "
        "AND source_sheet = '06_HoatDong' AND source_row = 2",
        ["facts_come_from_loaded_rows"],
        f"{MARCH.submission_id} · 06_HoatDong",
    ),
    (
        f"INSERT INTO ledger.source_row VALUES ({_REJECTED}, '00_ThongTin', 1, 'loaded', 'data')",
        ["rejected_files_load_nothing", "rows_add_up"],
        REJECTED.submission_id,
    ),
    (
        f"DELETE FROM ledger.submission WHERE submission_id = {_REJECTED}",
        ["arrivals_have_a_verdict"],
        REJECTED.submission_id,
    ),
    (
        "DELETE FROM marts.submission_compliance WHERE period = '2021-05'",
        ["obligations_have_one_row"],
        "2021-05 · 001",
    ),
    (
        "INSERT INTO marts.submission_compliance "
        "FROM marts.submission_compliance WHERE district_code = '268'",
        ["obligation_is_named_once", "obligations_have_one_row", "contract_of_submission_compliance"],
        None,
    ),
    (
        "UPDATE marts.submission_compliance SET state = NULL WHERE district_code = '268'",
        ["obligation_state_is_known", "contract_of_submission_compliance"],
        None,
    ),
    (
        "UPDATE marts.submission_compliance SET state = 'forgotten' WHERE district_code = '268'",
        ["obligation_state_is_valid", "contract_of_submission_compliance"],
        None,
    ),
    (
        "UPDATE marts.progress_by_district SET communes_remaining = 0 "
        "WHERE period = '2021-03' AND district_code = '001'",
        ["districts_sum_to_city"],
        "2021-03 · communes_remaining",
    ),
    (
        "UPDATE marts.progress_by_district SET tdp_remaining = 0 "
        "WHERE period = '2021-04' AND district_code = '001'",
        ["unit_tables_equal_districts", "districts_sum_to_city"],
        "001 · tdp_remaining",
    ),
    (
        "UPDATE marts.countdown SET completed_in_period = 2 WHERE period = '2021-04'",
        ["countdown_steps_add_up"],
        "2021-04",
    ),
    (
        "DELETE FROM marts.remaining_communes",
        ["countdown_equals_unit_tables", "unit_tables_equal_districts", "units_leave_only_by_evidence"],
        "remaining_communes",
    ),
    (
        "INSERT INTO marts.remaining_communes FROM marts.remaining_communes",
        [
            "remaining_commune_is_named_once",
            "countdown_equals_unit_tables",
            "unit_tables_equal_districts",
            "units_leave_only_by_evidence",
            "contract_of_remaining_communes",
        ],
        None,
    ),
    (
        "INSERT INTO marts.remaining_villages FROM marts.remaining_villages",
        [
            "remaining_village_is_named_once",
            "countdown_equals_unit_tables",
            "unit_tables_equal_districts",
            "units_leave_only_by_evidence",
            "contract_of_remaining_villages",
        ],
        None,
    ),
    (
        "UPDATE marts.progress_by_district SET pct_completed = 100.5 WHERE district_code = '001'",
        ["progress_is_a_share"],
        None,
    ),
    (
        "UPDATE marts.countdown SET districts_reported = 99 WHERE period = '2021-03'",
        ["districts_report_at_most_once"],
        "2021-03",
    ),
    (
        "UPDATE marts.staffing SET reduction_pct = 44.2 WHERE period = '2021-04' AND district_code = '001'",
        ["staffing_is_computed_from_its_parts"],
        "2021-04 · 001",
    ),
    (
        "UPDATE marts.staffing SET people_now = people_before, reduction_pct = 0 "
        "WHERE period = '2021-03' AND district_code = '001'",
        ["staffing_sums_to_city"],
        "people_now",
    ),
    ("UPDATE marts.posts SET posts_vacant = 0", ["posts_add_up"], "2021-03 · 001 · X01"),
    (
        "UPDATE marts.petitions SET closing = 5 WHERE period = '2021-03' AND petition_kind = 'complaint'",
        ["petitions_balance"],
        "2021-03 · 001 · complaint",
    ),
    (
        "UPDATE marts.unit_history SET decision_no = NULL WHERE unit_id = '00004-002'",
        ["completions_have_evidence"],
        "00004-002 · 2021-04",
    ),
    (
        "UPDATE marts.unit_history SET completed_on = NULL WHERE unit_id = '00001'",
        ["completions_have_evidence"],
        "00001 · 2021-03",
    ),
    (
        f"UPDATE ledger.source_row SET state = 'quarantined' WHERE submission_id = {_MARCH} "
        "AND source_sheet = '01_CapXa' AND source_row = 2",
        ["completions_have_evidence", "facts_come_from_loaded_rows"],
        "00001 · 2021-03",
    ),
    (
        "DELETE FROM marts.unit_history WHERE unit_id = '00004-002' AND period = '2021-04'",
        ["units_leave_only_by_evidence"],
        "00004-002",
    ),
    ("UPDATE marts.completion SET is_complete = true", ["completion_is_earned"], "2021-04"),
    (
        "DELETE FROM marts.reconciliation WHERE figure = 'remaining_tdp'",
        ["published_figures_are_all_compared"],
        "remaining_tdp",
    ),
    (
        "UPDATE marts.reconciliation SET verdict = NULL WHERE figure = 'remaining_tdp'",
        ["published_figures_have_a_verdict", "contract_of_reconciliation"],
        None,
    ),
    (
        "UPDATE marts.reconciliation SET verdict = 'differs' WHERE figure = 'remaining_tdp'",
        ["published_figures_reconcile"],
        None,
    ),
    ("INSERT INTO marts.completion FROM marts.completion", ["completion_is_one_row"], None),
    ("INSERT INTO marts.release FROM marts.release", ["release_is_one_row"], None),
    ("UPDATE marts.activities SET attend_commune = -1", ["contract_of_activities"], None),
    (
        "DELETE FROM marts.districts WHERE district_code = '002'",
        ["districts_are_listed"],
        "progress_by_district · 002",
    ),
]

# The same against what readers see now: what is spoilt in the next candidate, and which one refuses.
SHRUNK = [
    ("UPDATE marts.countdown SET districts_reported = 0 WHERE period = '2021-04'", "coverage_of_periods"),
    (
        "UPDATE marts.progress_by_district SET villages_total = 1 WHERE district_code = '001'",
        "coverage_of_units",
    ),
    ("DELETE FROM marts.unit_history WHERE unit_id = '00001'", "coverage_of_history"),
    (
        "UPDATE marts.release SET as_known_at = as_known_at - INTERVAL 1 SECOND",
        "release_does_not_go_back",
    ),
]


def rounds() -> list[list[Case]]:
    """The cases of SPOILT packed so that those of one round touch neither the same table nor expectation.

    A gate takes a second or two: a round is judged once.
    """
    packed: list[list[Case]] = []
    for case in SPOILT:
        free = (round_ for round_ in packed if not any(_touches(case) & _touches(other) for other in round_))
        if (home := next(free, None)) is None:
            packed.append([case])
        else:
            home.append(case)
    return packed


def _touches(case: Case) -> set[str]:
    statement, refusing, _ = case
    return {*re.findall(r"(?:marts|ledger|core)\.\w+", statement), *refusing}
