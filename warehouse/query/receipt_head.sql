-- The head of one submission's receipt.
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
    submission.verdict,
    submission.duplicate_of,
    submission.is_simulated
FROM ledger.submission AS submission
LEFT JOIN reference.district AS district ON district.district_code = submission.district_code
WHERE submission.submission_id = $1
