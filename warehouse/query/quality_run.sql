-- Runs before this one, the latest first: what came of each and which expectations it did not meet.
WITH judged AS (
    SELECT
        run_id,
        count(*) AS expectations,
        count(*) FILTER (NOT success) AS failing,
        string_agg(expectation, ', ' ORDER BY expectation) FILTER (NOT success) AS failing_names
    FROM ledger.expectation_result
    GROUP BY run_id
)

SELECT
    r.run_id,
    r.started_at::TIMESTAMP AS started_at,
    r.as_known_at::TIMESTAMP AS as_known_at,
    r.outcome,
    r.submissions,
    j.expectations,
    j.failing,
    j.failing_names
FROM ledger.run AS r
LEFT JOIN judged AS j USING (run_id)
WHERE r.run_id <> ?
ORDER BY r.started_at DESC, r.run_id DESC
