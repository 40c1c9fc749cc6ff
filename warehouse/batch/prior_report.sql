-- Every accepted report of a unit that a submission of the batch may be held against.
SELECT
    submission_id,
    unit_id,
    is_earlier_period,
    status,
    people_before,
    people_now,
    villages_before,
    row_number() OVER (PARTITION BY submission_id, unit_id ORDER BY position DESC, seq DESC, received_at DESC) = 1
        AS is_last,
    row_number() OVER (
        PARTITION BY submission_id, unit_id, is_earlier_period ORDER BY position DESC, seq DESC, received_at DESC
    ) = 1 AND is_earlier_period AS is_last_of_earlier_periods,
    row_number() OVER (PARTITION BY submission_id, unit_id ORDER BY position, seq DESC, received_at DESC) = 1
        AS is_baseline
FROM batch.accepted_report
WHERE is_of_present_spell
