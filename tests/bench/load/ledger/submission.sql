SELECT
    submission_id,
    'bench' AS run_id,
    district_code,
    file_name,
    received_at,
    sha256,
    size_bytes,
    verdict,
    true AS is_simulated,
    has_declared_no_petitions,
    period,
    as_of_date,
    seq,
    doc_no,
    prepared_by,
    contact_email,
    signed_by
FROM raw.file
