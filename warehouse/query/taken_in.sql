-- When each of the submissions asked for was taken in, the first before, and in which part of those of that moment its
-- receipt is drawn. A query costs what it costs, and what a part says is held at once: fifty files, or fewer that say much.
WITH said AS (
    SELECT submission_id, count(*) AS lines
    FROM (
        SELECT submission_id FROM ledger.finding
        UNION ALL
        SELECT submission_id FROM ledger.repair
    )
    WHERE list_contains($1::VARCHAR[], submission_id)
    GROUP BY submission_id
)

SELECT
    submission.submission_id,
    submission.known_at,
    sum(200 + coalesce(said.lines, 0)) OVER (
        PARTITION BY submission.known_at ORDER BY submission.submission_id
    ) // 10_000 AS part
FROM ledger.submission AS submission
LEFT JOIN said ON said.submission_id = submission.submission_id
WHERE list_contains($1::VARCHAR[], submission.submission_id)
ORDER BY submission.known_at, submission.submission_id
