-- Districts whose latest accepted return, by period then sequence, was accepted in part.
WITH latest AS (
    SELECT submission.*
    FROM ledger.submission AS submission
    JOIN core.period AS period USING (period)
    WHERE
        submission.verdict IN ('accepted', 'accepted_with_warnings', 'partially_accepted')
        AND submission.received_at <= getvariable('known_at')
    QUALIFY row_number() OVER (
        PARTITION BY submission.district_code
        ORDER BY period.position DESC, submission.seq DESC, submission.received_at DESC
    ) = 1
),

held_back AS (
    SELECT submission_id, count(*) AS rows_quarantined
    FROM ledger.source_row
    WHERE state = 'quarantined'
    GROUP BY submission_id
),

found AS (
    SELECT submission_id, fault, count(*) AS n
    FROM ledger.finding
    GROUP BY submission_id, fault
),

counted AS (
    SELECT submission_id, sum(n)::BIGINT AS findings, list({'fault': fault, 'n': n} ORDER BY n DESC, fault) AS faults
    FROM found
    GROUP BY submission_id
)

SELECT
    latest.district_code || '/' || latest.period AS subject,
    latest.district_code,
    latest.submission_id AS news,
    latest.submission_id,
    district.district_name,
    latest.period,
    latest.file_name,
    strftime(latest.received_at, '%d/%m/%Y %H:%M') AS received,
    coalesce(held_back.rows_quarantined, 0) AS rows_quarantined,
    coalesce(counted.findings, 0) AS findings,
    coalesce(counted.faults, []) AS faults
FROM latest
JOIN register.district_name AS district USING (district_code)
LEFT JOIN held_back USING (submission_id)
LEFT JOIN counted USING (submission_id)
WHERE latest.verdict = 'partially_accepted'
ORDER BY latest.district_code
