-- The old unit's change on that day stands in another document already.
SELECT
    entry.submission_id,
    'unit_change' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'old_code' AS column_name,
    entry.old_code || ' ' || entry.old_name AS value,
    string_agg(DISTINCT 'phiếu ' || known.doc_no || ' (' || known.decision_no || ')', ', ') AS expected
FROM batch.change AS entry
JOIN register.unit_change AS known
    ON known.unit_level = entry.unit_level
    AND known.old_code = entry.old_code
    AND known.effective_on = entry.effective_on
GROUP BY ALL
