-- The old unit bears another name on the day before the change.
SELECT
    submission_id,
    'unit_change' AS table_name,
    source_sheet,
    source_row,
    'old_name' AS column_name,
    old_name AS value,
    known_old_name AS expected
FROM batch.change
WHERE
    CASE
        WHEN unit_level IN ('thon', 'tdp') THEN village_key(old_name) <> village_key(known_old_name)
        ELSE commune_key(old_name) <> commune_key(known_old_name)
    END
