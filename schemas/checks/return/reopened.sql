-- Completed in the last accepted report of an earlier period, not completed now.
SELECT
    unit.submission_id,
    unit.table_name,
    unit.source_sheet,
    unit.source_row,
    'status' AS column_name,
    NULL AS value,
    'Hoàn thành' AS expected
FROM batch.reported_unit AS unit
JOIN batch.prior_report AS prior
    ON prior.submission_id = unit.submission_id AND prior.unit_id = unit.unit_id AND prior.is_last_of_earlier_periods
WHERE prior.status = 'completed' AND unit.status IN ('in_progress', 'not_started')
