-- Every accepted report of a unit that a submission of the batch may be held against.
SELECT
    declared.submission_id,
    report.unit_id,
    period.position < declared.position AS is_earlier_period,
    report.status,
    report.people_before,
    report.people_now,
    report.villages_before,
    row_number() OVER (
        PARTITION BY declared.submission_id, report.unit_id
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC
    ) = 1 AS is_last,
    row_number() OVER (
        PARTITION BY declared.submission_id, report.unit_id, period.position < declared.position
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC
    ) = 1 AND period.position < declared.position AS is_last_of_earlier_periods,
    row_number() OVER (
        PARTITION BY declared.submission_id, report.unit_id
        ORDER BY period.position, submission.seq DESC, submission.received_at DESC
    ) = 1 AS is_baseline
FROM batch.declared AS declared
JOIN (
    SELECT submission_id, period, unit_id, status, people_before, people_now, villages_before
    FROM core.commune_report
    UNION ALL
    SELECT submission_id, period, unit_id, status, people_before, people_now, NULL
    FROM core.village_report
) AS report ON true
JOIN core.period AS period ON period.period = report.period AND period.position <= declared.position
JOIN ledger.submission AS submission
    ON submission.submission_id = report.submission_id AND submission.district_code = declared.district_code
