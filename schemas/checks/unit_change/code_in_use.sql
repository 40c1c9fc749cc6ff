-- The new unit's code is another's on that day: one that neither goes on as the new unit nor gives the code up here.
SELECT
    entry.submission_id,
    'unit_change' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'new_code' AS column_name,
    entry.new_code AS value,
    entry.holder_name AS expected
FROM batch.change AS entry
WHERE
    entry.holder_name IS NOT NULL
    AND NOT entry.goes_on
    AND NOT EXISTS (
        FROM batch.change AS given_up
        WHERE given_up.submission_id = entry.submission_id
            AND given_up.old_code = entry.new_code
            AND given_up.unit_level = entry.unit_level
            AND given_up.effective_on = entry.effective_on
    )
