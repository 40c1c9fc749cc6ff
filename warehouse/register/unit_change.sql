-- The accepted changes of units as known at known_at: of each document its last version. known_from is since when the
-- document is known at all: what was judged later was judged by it.
SELECT change.* EXCLUDE (known_at), document.doc_no, document.known_from
FROM core.unit_change AS change
JOIN (
    SELECT
        submission_id,
        doc_no,
        -- of what one run took in, what came first was judged first
        min({'known_at': known_at, 'received_at': received_at}) OVER (PARTITION BY doc_no) AS known_from
    FROM (
        SELECT document.*, submission.received_at
        FROM core.unit_change_document AS document
        JOIN ledger.submission AS submission USING (submission_id)
    )
    WHERE known_at <= getvariable('known_at') AND doc_no IS DISTINCT FROM getvariable('document_left_out')::VARCHAR
    QUALIFY row_number() OVER (PARTITION BY doc_no ORDER BY seq DESC) = 1
) AS document USING (submission_id)
