-- Every row of every accepted version of a document, with the time for which that version was the last: what a return
-- that was judged meanwhile was judged by.
SELECT
    document.doc_no,
    document.known_from,
    document.known_until,
    change.unit_level,
    change.old_code,
    change.new_code,
    change.share,
    change.effective_on
FROM core.unit_change AS change
JOIN (
    SELECT document.submission_id, document.doc_no, known_from, lead(known_from) OVER versions AS known_until
    FROM core.unit_change_document AS document
    JOIN (
        -- of what one run took in, what came first was judged first
        SELECT submission_id, {'known_at': known_at, 'received_at': received_at} AS known_from
        FROM ledger.submission
    ) AS submission USING (submission_id)
    WHERE document.known_at <= getvariable('known_at')
    WINDOW versions AS (PARTITION BY document.doc_no ORDER BY document.seq)
) AS document USING (submission_id)
