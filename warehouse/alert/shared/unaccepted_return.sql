-- Returns owed and not accepted, as published, that no later period's return stands in for.
SELECT owed.*, period.lock_at
FROM published.marts.submission_compliance AS owed
JOIN core.period AS period USING (period)
WHERE
    owed.state IN ('missing', 'rejected')
    AND NOT EXISTS (
        FROM published.marts.submission_compliance AS later
        WHERE
            later.district_code = owed.district_code
            AND later.period > owed.period
            AND later.state IN ('on_time', 'late')
    )
