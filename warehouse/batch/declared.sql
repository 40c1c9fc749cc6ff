-- What each submission of the batch says of itself, beside what the calendar knows of its period.
SELECT
    submission.submission_id,
    submission.district_code,
    submission.received_at,
    submission.known_at,
    submission.is_readable,
    submission.has_declared_no_petitions,
    info.source_sheet,
    info.district_code AS declared_district,
    info.period,
    info.as_of_date,
    info.seq,
    period.position,
    period.starts_on,
    period.ends_on,
    period.lock_at,
    coalesce(info.as_of_date, period.ends_on, submission.received_at::DATE) AS register_date,
    coalesce(period.ends_on, submission.received_at::DATE) AS units_on
FROM batch.submission AS submission
LEFT JOIN batch.info AS info ON info.submission_id = submission.submission_id
-- a period that had not begun when the file arrived is as unknown as one before the baseline
LEFT JOIN core.period AS period
    ON period.period = info.period AND period.starts_on <= submission.received_at::DATE
