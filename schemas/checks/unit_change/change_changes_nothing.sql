-- A unit alone on its row that stays as it is.
SELECT
    entry.submission_id,
    'unit_change' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'new_name' AS column_name,
    entry.new_code || ' ' || entry.new_name AS value,
    NULL AS expected
FROM batch.change AS entry
WHERE
    entry.change_kind IN ('renamed', 'reclassified', 'transferred')
    AND entry.old_code = entry.new_code
    AND entry.goes_on
    AND (
        entry.unit_level NOT IN ('thon', 'tdp')
        OR (entry.parent_code IS NULL AND entry.holder_name = entry.new_name AND entry.holder_kind = entry.new_kind)
    )
