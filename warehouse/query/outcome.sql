-- What became of one submission.
SELECT
    submission.submission_id,
    submission.district_code,
    submission.file_name,
    submission.received_at,
    submission.period,
    submission.seq,
    submission.verdict,
    (
        SELECT count(*) FROM ledger.source_row AS source_row
        WHERE source_row.submission_id = submission.submission_id AND source_row.state = 'loaded'
    ) AS rows_loaded,
    (
        SELECT count(*) FROM ledger.source_row AS source_row
        WHERE source_row.submission_id = submission.submission_id AND source_row.state = 'quarantined'
    ) AS rows_quarantined,
    (
        SELECT count(*) FROM ledger.finding AS finding
        WHERE finding.submission_id = submission.submission_id
    ) AS findings
FROM ledger.submission AS submission
WHERE submission.submission_id = $1
