SELECT
    submission.submission_id,
    getvariable('run_id') AS run_id,
    submission.district_code,
    submission.file_name,
    submission.received_at,
    submission.known_at,
    submission.sha256,
    submission.size_bytes,
    verdict.verdict,
    submission.is_simulated,
    submission.has_declared_no_petitions,
    info.period,
    info.as_of_date,
    info.seq,
    info.doc_no,
    info.prepared_by,
    info.contact_email,
    info.signed_by
FROM batch.submission AS submission
JOIN batch.verdict AS verdict ON verdict.submission_id = submission.submission_id
LEFT JOIN batch.info AS info ON info.submission_id = submission.submission_id
