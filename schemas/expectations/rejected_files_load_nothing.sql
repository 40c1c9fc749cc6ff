-- One row a submission that was rejected or is a duplicate: it has no loaded row. (Its facts: facts_come_from_loaded_rows.)
SELECT
    submission.submission_id AS subject,
    submission.verdict,
    0 AS expected,
    count(source_row.source_row) FILTER (source_row.state = 'loaded') AS actual
FROM ledger.submission AS submission
LEFT JOIN ledger.source_row AS source_row USING (submission_id)
WHERE submission.verdict IN ('rejected', 'duplicate')
GROUP BY ALL
ORDER BY subject
