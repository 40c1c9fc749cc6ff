-- The sequence number is not above the last accepted one of that document.
WITH last_accepted AS (
    SELECT doc_no, max(seq) AS seq
    FROM core.unit_change_document
    GROUP BY doc_no
)

SELECT
    document.submission_id,
    'change_document' AS table_name,
    document.source_sheet,
    NULL::BIGINT AS source_row,
    'seq' AS column_name,
    NULL AS value,
    'từ ' || (coalesce(last_accepted.seq, 0) + 1) || ' trở lên' AS expected
FROM batch.change_document AS document
LEFT JOIN last_accepted ON last_accepted.doc_no = document.doc_no
WHERE coalesce(document.seq, 0) <= coalesce(last_accepted.seq, 0)
