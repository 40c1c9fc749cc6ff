-- One row an archived file: exactly one submission in the ledger says what became of it.
SELECT
    arrival.submission_id AS subject,
    arrival.district_code,
    arrival.file_name,
    1 AS expected,
    count(submission.verdict) AS actual
FROM arrival
LEFT JOIN ledger.submission AS submission USING (submission_id)
GROUP BY ALL
ORDER BY subject
