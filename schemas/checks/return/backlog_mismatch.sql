-- A row of sheet 04 whose unit is not outstanding: completed in this file with
-- its evidence or, absent from it, completed before.
SELECT
    entry.submission_id,
    'outstanding' AS table_name,
    entry.source_sheet,
    entry.source_row,
    'unit_ref' AS column_name,
    concat_ws(' ', entry.unit_ref, entry.unit_name) AS value,
    CASE
        WHEN reported.unit_id IS NULL THEN 'kỳ trước đã hoàn thành'
        ELSE 'ghi Hoàn thành ở dòng ' || reported.source_row || ' biểu ' || reported.source_sheet
    END AS expected
FROM batch.outstanding AS entry
JOIN batch.outstanding_unit AS unit
    ON
        unit.submission_id = entry.submission_id
        AND unit.source_sheet = entry.source_sheet
        AND unit.source_row = entry.source_row
LEFT JOIN batch.reported_unit AS reported
    ON reported.submission_id = unit.submission_id AND reported.unit_id = unit.unit_id
LEFT JOIN batch.prior_report AS prior
    ON prior.submission_id = unit.submission_id AND prior.unit_id = unit.unit_id AND prior.is_last
WHERE
    (reported.status = 'completed' AND reported.has_evidence)
    OR (reported.unit_id IS NULL AND prior.status = 'completed')
