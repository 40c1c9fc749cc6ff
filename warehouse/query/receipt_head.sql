-- The heads of receipts, of the submissions asked for.
SELECT
    submission.submission_id,
    submission.district_code,
    coalesce(district.district_name, '') AS district_name,
    submission.file_name,
    submission.received_at,
    submission.known_at,
    submission.sha256,
    submission.size_bytes,
    submission.period,
    submission.seq,
    submission.doc_no,
    submission.verdict,
    submission.duplicate_of,
    submission.is_simulated,
    (
        SELECT coalesce(sum(content.rows), 0)::BIGINT FROM ledger.fact_content AS content
        WHERE content.submission_id = submission.submission_id
    ) AS fact_rows,
    facts_sha256(submission.submission_id) AS facts_sha256
FROM ledger.submission AS submission
LEFT JOIN register.district_name AS district ON district.district_code = submission.district_code
WHERE list_contains($1::VARCHAR[], submission.submission_id)
ORDER BY submission.submission_id
