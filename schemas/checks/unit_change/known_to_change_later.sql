-- The old unit, or the new one's code, has its part in a later change of another document: this one would take away what
-- that one builds on.
WITH continued AS (
    SELECT DISTINCT submission_id, unit_level, old_code, effective_on
    FROM batch.change
    WHERE old_code = new_code AND goes_on
),

known_change AS (
    SELECT
        *,
        coalesce(old_code || ' → ', '') || coalesce(new_code, '') || ' từ '
        || strftime(effective_on, '%d/%m/%Y') || ', phiếu ' || doc_no AS said
    FROM register.unit_change
)

SELECT
    entry.submission_id,
    'unit_change' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'effective_on' AS column_name,
    strftime(entry.effective_on, '%d/%m/%Y') AS value,
    string_agg(DISTINCT known.said, '; ' ORDER BY known.said) AS expected
FROM batch.change AS entry
LEFT JOIN continued
    ON continued.submission_id = entry.submission_id
    AND continued.unit_level = entry.unit_level
    AND continued.old_code = entry.old_code
    AND continued.effective_on = entry.effective_on
JOIN known_change AS known
    ON known.effective_on > entry.effective_on
    AND (known.unit_level = entry.unit_level OR [known.unit_level, entry.unit_level] <@ ['thon', 'tdp'])
    AND (
        (entry.old_code IN (known.old_code, known.new_code) AND continued.old_code IS NULL)
        OR (entry.new_code IN (known.old_code, known.new_code) AND NOT entry.goes_on)
    )
GROUP BY ALL
