-- When each of the submissions asked for was taken in, the first before.
SELECT submission_id, known_at
FROM ledger.submission
WHERE list_contains($1::VARCHAR[], submission_id)
ORDER BY known_at, submission_id
