-- Completed after the day the figures speak of, or before the pilots began; or before the work was taken over.
WITH completed AS (
    SELECT 'commune' AS table_name, submission_id, source_sheet, source_row, completed_on FROM batch.commune
    UNION ALL
    SELECT 'village', submission_id, source_sheet, source_row, completed_on FROM batch.village
)

SELECT
    completed.submission_id,
    completed.table_name,
    completed.source_sheet,
    completed.source_row,
    'completed_on' AS column_name,
    strftime(completed.completed_on, '%d/%m/%Y') AS value,
    strftime(try_cast(legal_limit.value AS DATE), '%d/%m/%Y') || ' – ' || strftime(declared.as_of_date, '%d/%m/%Y') AS expected
FROM completed
JOIN batch.declared AS declared ON declared.submission_id = completed.submission_id
JOIN reference.legal_limit AS legal_limit ON legal_limit.rule = 'completion_earliest'
WHERE completed.completed_on NOT BETWEEN try_cast(legal_limit.value AS DATE) AND declared.as_of_date
UNION ALL
-- a unit that took over open work has completed it at the earliest on that day: older evidence is not about it
SELECT
    unit.submission_id,
    unit.table_name,
    unit.source_sheet,
    unit.source_row,
    'completed_on',
    strftime(unit.completed_on, '%d/%m/%Y'),
    strftime(taken.starts_on, '%d/%m/%Y') || ' – ' || strftime(declared.as_of_date, '%d/%m/%Y')
    || ' (từ ngày nhận việc chưa xong của ' || taken.outstanding || ')'
FROM batch.reported_unit AS unit
JOIN batch.declared AS declared ON declared.submission_id = unit.submission_id
JOIN batch.taken_over AS taken
    ON taken.submission_id = unit.submission_id AND taken.unit_id = unit.unit_id AND taken.is_last
    AND taken.outstanding IS NOT NULL
WHERE unit.status = 'completed' AND unit.completed_on < taken.starts_on
