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
    document.as_of_date,
    document.seq,
    document.doc_no,
    document.prepared_by,
    document.contact_email,
    document.signed_by
FROM batch.submission AS submission
JOIN batch.verdict AS verdict ON verdict.submission_id = submission.submission_id
LEFT JOIN batch.change_document AS document ON document.submission_id = submission.submission_id
