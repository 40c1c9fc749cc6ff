-- Rows that lead into one new unit, in this file or in another document, write its name, kind or parent differently.
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
UNION ALL
SELECT
    entry.submission_id,
    'unit_change',
    entry.source_sheet,
    entry.source_row,
    'new_name',
    concat_ws(', ', entry.new_name, entry.new_kind, entry.parent_code),
    concat_ws(', ', known.new_name, known.new_kind, known.parent_code, 'phiếu ' || known.doc_no)
FROM batch.change AS entry
JOIN register.unit_change AS known
    ON known.unit_level = entry.unit_level
    AND known.new_code = entry.new_code
    AND known.effective_on = entry.effective_on
WHERE
    row(entry.new_name, entry.new_kind, entry.parent_code)
    IS DISTINCT FROM row(known.new_name, known.new_kind, known.parent_code)
