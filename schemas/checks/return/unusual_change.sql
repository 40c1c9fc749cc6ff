-- A people figure that moved by more than the usual share, and by more than a person or two.
SELECT
    unit.submission_id,
    unit.table_name,
    unit.source_sheet,
    unit.source_row,
    'people_now' AS column_name,
    unit.people_now::VARCHAR AS value,
    prior.people_now::VARCHAR AS expected
FROM batch.reported_unit AS unit
JOIN batch.prior_report AS prior
    ON prior.submission_id = unit.submission_id AND prior.unit_id = unit.unit_id AND prior.is_last_of_earlier_periods
WHERE
    abs(unit.people_now - prior.people_now) >= getvariable('unusual_people')
    AND abs(unit.people_now - prior.people_now) > getvariable('unusual_share') * prior.people_now
