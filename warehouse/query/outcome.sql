-- What became of each of the submissions asked for.
WITH counted AS (
    SELECT
        submission_id,
        count(*) FILTER (state = 'loaded') AS rows_loaded,
        count(*) FILTER (state = 'quarantined') AS rows_quarantined
    FROM ledger.source_row
    WHERE list_contains($1::VARCHAR[], submission_id)
    GROUP BY submission_id
),

found AS (
    SELECT submission_id, count(*) AS findings
    FROM ledger.finding
    WHERE list_contains($1::VARCHAR[], submission_id)
    GROUP BY submission_id
)

SELECT
    submission.submission_id,
    submission.district_code,
    submission.file_name,
    submission.received_at,
    submission.period,
    submission.seq,
    submission.verdict,
    coalesce(counted.rows_loaded, 0) AS rows_loaded,
    coalesce(counted.rows_quarantined, 0) AS rows_quarantined,
    coalesce(found.findings, 0) AS findings
FROM ledger.submission AS submission
LEFT JOIN counted USING (submission_id)
LEFT JOIN found USING (submission_id)
WHERE list_contains($1::VARCHAR[], submission.submission_id)
