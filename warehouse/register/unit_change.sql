-- The accepted changes of units as known at known_at: of each document its last version.
SELECT change.* EXCLUDE (known_at), document.doc_no
FROM core.unit_change AS change
JOIN (
    SELECT submission_id, doc_no
    FROM core.unit_change_document
    WHERE known_at <= getvariable('known_at') AND doc_no IS DISTINCT FROM getvariable('document_left_out')::VARCHAR
    QUALIFY row_number() OVER (PARTITION BY doc_no ORDER BY seq DESC) = 1
) AS document USING (submission_id)
