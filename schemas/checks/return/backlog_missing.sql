-- A unit reported as not completed has no row in sheet 04.
SELECT
    reported.submission_id,
    reported.table_name,
    reported.source_sheet,
    reported.source_row,
    'status' AS column_name,
    split_part(reported.unit_id, '@', 1) || ' ' || reported.unit_name AS value,
    'một dòng ở biểu 04' AS expected
FROM batch.reported_unit AS reported
LEFT JOIN batch.outstanding_unit AS unit
    ON unit.submission_id = reported.submission_id AND unit.unit_id = reported.unit_id
WHERE reported.status IN ('in_progress', 'not_started') AND unit.unit_id IS NULL
