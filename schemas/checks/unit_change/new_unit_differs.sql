-- Rows that lead into one new unit write its name, kind or parent differently.
SELECT
    entry.submission_id,
    'unit_change' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'new_name' AS column_name,
    concat_ws(', ', entry.new_name, entry.new_kind, entry.parent_code) AS value,
    concat_ws(', ', other.new_name, other.new_kind, other.parent_code, 'dòng ' || other.source_row) AS expected
FROM batch.change AS entry
JOIN batch.change AS other
    ON other.submission_id = entry.submission_id
    AND other.unit_level = entry.unit_level
    AND other.new_code = entry.new_code
    AND other.effective_on = entry.effective_on
WHERE
    row(entry.new_name, entry.new_kind, entry.parent_code)
    IS DISTINCT FROM row(other.new_name, other.new_kind, other.parent_code)
