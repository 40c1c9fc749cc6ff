-- This version takes back, or moves to a later period, a change by which a return of the new unit was judged and accepted.
WITH former AS (
    SELECT document.submission_id, document.source_sheet, known.*
    FROM batch.change_document AS document
    JOIN register.change_version AS known ON known.doc_no = document.doc_no AND known.known_until IS NULL
),

report AS (
    SELECT DISTINCT reported.*, period.ends_on,
        {'known_at': submission.known_at, 'received_at': submission.received_at} AS judged_at
    FROM (
        SELECT submission_id, period, commune_code AS code FROM core.commune_report
        UNION ALL
        SELECT submission_id, period, unit_id FROM core.village_report
    ) AS reported
    JOIN core.period AS period ON period.period = reported.period
    JOIN ledger.submission AS submission ON submission.submission_id = reported.submission_id
)

SELECT
    former.submission_id,
    'change_document' AS table_name,
    former.source_sheet,
    NULL::BIGINT AS source_row,
    'seq' AS column_name,
    coalesce(former.old_code || ' → ', '') || former.new_code || ' từ ' || strftime(former.effective_on, '%d/%m/%Y')
        AS value,
    string_agg(DISTINCT report.submission_id, ', ' ORDER BY report.submission_id) AS expected
FROM former
JOIN report ON report.code = former.new_code
WHERE
    EXISTS (
        FROM register.change_version AS judged_by
        WHERE judged_by.doc_no = former.doc_no
            AND judged_by.unit_level = former.unit_level
            AND judged_by.old_code IS NOT DISTINCT FROM former.old_code
            AND judged_by.new_code = former.new_code
            AND judged_by.share = former.share
            AND judged_by.known_from <= report.judged_at
            AND (judged_by.known_until IS NULL OR judged_by.known_until > report.judged_at)
            AND judged_by.effective_on <= report.ends_on
    )
    AND NOT EXISTS (
        FROM batch.change AS entry
        WHERE entry.submission_id = former.submission_id
            AND entry.unit_level = former.unit_level
            AND entry.old_code IS NOT DISTINCT FROM former.old_code
            AND entry.new_code = former.new_code
            AND entry.share = former.share
            AND entry.effective_on <= report.ends_on
    )
GROUP BY ALL
