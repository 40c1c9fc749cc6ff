-- Returns that are due and not accepted, as published, of periods not yet locked, and that no later period's return
-- stands in for.
SELECT
    owed.district_code || '/' || owed.period AS subject,
    owed.district_code,
    NULL::VARCHAR AS news,
    owed.district_name,
    owed.period,
    owed.state = 'rejected' AS was_rejected,
    strftime(owed.due_at, '%d/%m/%Y %H:%M') AS due,
    strftime(period.lock_at, '%d/%m/%Y %H:%M') AS lock
FROM published.marts.submission_compliance AS owed
JOIN core.period AS period USING (period)
WHERE
    owed.state IN ('missing', 'rejected')
    AND period.due_at <= getvariable('known_at')
    AND period.lock_at > getvariable('known_at')
    AND NOT EXISTS (
        FROM published.marts.submission_compliance AS later
        WHERE
            later.district_code = owed.district_code
            AND later.period > owed.period
            AND later.state IN ('on_time', 'late')
    )
ORDER BY owed.period, owed.district_code
