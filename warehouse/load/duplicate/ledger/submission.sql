SELECT
    getvariable('submission_id') AS submission_id,
    getvariable('run_id') AS run_id,
    district_code,
    getvariable('file_name') AS file_name,
    getvariable('received_at')::TIMESTAMPTZ AS received_at,
    getvariable('known_at')::TIMESTAMPTZ AS known_at,
    sha256,
    size_bytes,
    'duplicate' AS verdict,
    submission_id AS duplicate_of,
    is_simulated,
    has_declared_no_petitions,
    period,
    as_of_date,
    seq,
    doc_no,
    prepared_by,
    contact_email,
    signed_by
FROM ledger.submission
WHERE submission_id = getvariable('duplicate_of')
